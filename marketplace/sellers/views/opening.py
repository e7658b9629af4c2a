"""Opening a shop."""

from flask import redirect, request, url_for
from flask_login import current_user

from marketplace.accounts.access import SIGNED_IN, allow
from marketplace.once import AlreadyDone, new_key
from marketplace.sellers.current import shop_of_user
from marketplace.sellers.forms.profile import OpeningForm
from marketplace.sellers.opening import open_shop
from marketplace.sellers.views.blueprint import Answer, bp, page


@bp.get("/jualan/toko/buka")
@bp.post("/jualan/toko/buka")
@allow(SIGNED_IN)
def opening() -> Answer:
    """The form that opens a shop; whoever has one already is sent there."""
    if shop_of_user():
        return redirect(url_for("sellers.shop"), 303)
    form = OpeningForm()
    key = request.form.get("kunci") or new_key()
    if not form.validate_on_submit():
        return page("sellers/opening.html", form, key=key)
    try:
        open_shop(current_user.id, form.profile(), key)
    except AlreadyDone:
        pass
    return redirect(url_for("sellers.shop"), 303)
