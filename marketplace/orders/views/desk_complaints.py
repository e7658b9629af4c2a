"""A complaint as the shop reads and answers it."""

from flask import Blueprint, Response, abort, url_for

from marketplace.accounts.access import allow
from marketplace.db import db
from marketplace.orders.models import Order
from marketplace.orders.queries import order_of_shop
from marketplace.orders.views import complaining
from marketplace.sellers.current import SELLER, current_shop

bp = Blueprint("complaintdesk", __name__, url_prefix="/jualan/pesanan/<number>/komplain")


@bp.get("")
@bp.post("")
@allow(SELLER)
def show(number: str) -> complaining.Answer:
    """What the buyer says, and the shop's side of it."""
    return complaining.answer_page(lambda: _own(number), url_for("orderdesk.show", number=number))


@bp.get("/foto/<int:photo_id>")
@allow(SELLER)
def photo(number: str, photo_id: int) -> Response:
    """A picture that the buyer shows."""
    return complaining.photo_of(_own(number), photo_id)


def _own(number: str) -> Order:
    return db.session.scalar(order_of_shop(current_shop().id, number)) or abort(404)
