"""How a shop is paid: the cash that it takes, its own bank account."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import allow
from marketplace.accounts.passwords import WrongPassword
from marketplace.accounts.views.blueprint import network
from marketplace.db import db
from marketplace.payments import receiving
from marketplace.payments.forms import BankForm, CashForm
from marketplace.payments.models import Channel
from marketplace.payments.terms import change_cash
from marketplace.payments.views.blueprint import bp
from marketplace.payments.ways import terms_of
from marketplace.sellers.current import SELLER, current_shop

Answer = Response | tuple[str, int]


@bp.get("")
@bp.post("")
@allow(SELLER)
def cash() -> Answer:
    """Where and up to how much the shop takes cash, and the accounts on which it is paid."""
    shop_id = current_shop().id
    terms = terms_of([shop_id])[shop_id]
    form = CashForm.of(terms.cash)
    if not form.validate_on_submit():
        waiting = db.session.scalars(receiving.waiting(shop_id)).all()
        page = render_template("payments/cash.html", form=form, in_use=terms.receiving, waiting=waiting)
        return page, 422 if form.errors else 200
    change_cash(shop_id, current_user.id, form.terms())
    return _saved()


@bp.get("/rekening")
@bp.post("/rekening")
@allow(SELLER)
def bank() -> Answer:
    """Another bank account; it asks for the password and counts after a day, or when the office agrees."""
    form = BankForm()
    if form.validate_on_submit():
        try:
            password = form.password.data or ""
            receiving.change(current_shop().id, current_user.id, form.account(), password=password, network=network())
            return _saved()
        except WrongPassword as refusal:
            form.password.errors = [str(refusal)]
    return render_template("payments/bank.html", form=form), 422 if form.errors else 200


@bp.post("/<any(bank,qris):channel>/berhenti")
@allow(SELLER)
def stop(channel: str) -> Answer:
    """Take no money this way any more."""
    receiving.stop(current_shop().id, current_user.id, Channel(channel))
    return _saved()


def _saved() -> Response:
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("paydesk.cash"), 303)
