"""When the shop is open, and closing it for a while."""

from werkzeug.wrappers import Response

from marketplace.accounts.access import allow
from marketplace.clock import WEEKDAYS
from marketplace.language import language
from marketplace.sellers import shops
from marketplace.sellers.current import SELLER, current_shop
from marketplace.sellers.forms.hours import ClosingForm, HoursForm
from marketplace.sellers.views.blueprint import Answer, bp, page, saved


@bp.get("/jualan/toko/jam")
@bp.post("/jualan/toko/jam")
@allow(SELLER)
def opening_hours() -> Answer:
    """The hours of the week."""
    mine = current_shop()
    form = HoursForm.of(mine.hours)
    if not form.validate_on_submit():
        return page("sellers/hours.html", form, weekdays=WEEKDAYS[language()])
    shops.change_hours(mine.id, form.hours())
    return saved()


@bp.get("/jualan/toko/tutup")
@bp.post("/jualan/toko/tutup")
@allow(SELLER)
def closing() -> Answer:
    """Close the shop until a moment; open orders go on."""
    mine = current_shop()
    form = ClosingForm()
    if not form.validate_on_submit():
        return page("sellers/closing.html", form)
    shops.close_until(mine.id, form.until())
    return saved()


@bp.post("/jualan/toko/buka-lagi")
@allow(SELLER)
def reopening() -> Response:
    """End a temporary closing."""
    shops.reopen(current_shop().id)
    return saved()
