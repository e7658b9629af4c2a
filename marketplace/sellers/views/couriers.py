"""The shop's own table of courier fees, a service a row."""

from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts.access import allow
from marketplace.db import db
from marketplace.refusal import GoneAway
from marketplace.sellers import shops
from marketplace.sellers.couriers import service_title
from marketplace.sellers.current import SELLER, current_shop
from marketplace.sellers.delivery import courier_fees
from marketplace.sellers.forms.delivery import CourierFeesForm, CourierForm
from marketplace.sellers.models import CourierRate
from marketplace.sellers.queries import courier_rates
from marketplace.sellers.views.blueprint import Answer, bp, page, saved


@bp.get("/jualan/toko/kurir")
@bp.post("/jualan/toko/kurir")
@allow(SELLER)
def couriers() -> Answer:
    """The services on offer, and a form for one more."""
    mine = current_shop()
    form = CourierForm()
    if not form.validate_on_submit():
        rates = db.session.scalars(courier_rates(mine.id))
        offered = [(rate, service_title(rate.courier_code, rate.service_code), courier_fees(rate)) for rate in rates]
        return page("sellers/couriers.html", form, offered=offered)
    shops.offer_courier(mine.id, *form.key(), form.fees())
    return saved("sellers.couriers")


@bp.get("/jualan/toko/kurir/<int:rate_id>")
@bp.post("/jualan/toko/kurir/<int:rate_id>")
@allow(SELLER)
def courier(rate_id: int) -> Answer:
    """The fees of one service."""
    mine = current_shop()
    rate = _rate_of(mine.id, rate_id)
    form = CourierFeesForm(obj=rate)
    if not form.validate_on_submit():
        title = service_title(rate.courier_code, rate.service_code)
        return page("sellers/courier.html", form, rate=rate, title=title)
    shops.change_courier(mine.id, rate_id, form.fees())
    return saved("sellers.couriers")


@bp.post("/jualan/toko/kurir/<int:rate_id>/hapus")
@allow(SELLER)
def removal(rate_id: int) -> Response:
    """Stop offering a service."""
    shops.drop_courier(current_shop().id, rate_id)
    return saved("sellers.couriers")


def _rate_of(shop_id: int, rate_id: int) -> CourierRate:
    """The shop's own row; raises GoneAway for everyone else's."""
    rate = db.session.scalar(courier_rates(shop_id).where(CourierRate.id == rate_id))
    if rate is None:
        raise GoneAway(_("Layanan kurir ini sudah tidak ada di toko Anda."))
    return rate
