"""Pickup and the shop's own delivery."""

from marketplace.accounts.access import allow
from marketplace.sellers import shops
from marketplace.sellers.current import SELLER, current_shop
from marketplace.sellers.forms.delivery import DeliveryForm
from marketplace.sellers.views.blueprint import Answer, bp, page, saved


@bp.get("/jualan/toko/pengiriman")
@bp.post("/jualan/toko/pengiriman")
@allow(SELLER)
def delivery() -> Answer:
    """Pickup, and a fee for each zone."""
    mine = current_shop()
    form = DeliveryForm(obj=mine)
    if not form.validate_on_submit():
        return page("sellers/delivery.html", form)
    shops.change_delivery(mine.id, form.terms())
    return saved()
