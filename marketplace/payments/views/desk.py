"""The ways to pay of a shop, and the cash that it takes."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import allow
from marketplace.payments.forms import CashForm
from marketplace.payments.terms import change_cash
from marketplace.payments.views.blueprint import bp
from marketplace.payments.ways import terms_of
from marketplace.sellers.current import SELLER, current_shop


@bp.get("")
@bp.post("")
@allow(SELLER)
def cash() -> Response | tuple[str, int]:
    """Where and up to how much the shop takes cash."""
    shop_id = current_shop().id
    form = CashForm.of(terms_of([shop_id])[shop_id])
    if not form.validate_on_submit():
        return render_template("payments/cash.html", form=form), 422 if form.errors else 200
    change_cash(shop_id, current_user.id, form.terms())
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("paydesk.cash"), 303)
