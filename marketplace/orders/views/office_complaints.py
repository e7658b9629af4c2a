"""Complaints at the office: which wait, and how each is decided."""

from flask import Blueprint, Response, abort, render_template, url_for

from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.orders.complaining import open_complaints
from marketplace.orders.models import Order
from marketplace.orders.queries import whole_order
from marketplace.orders.views import complaining

bp = Blueprint("complaintoffice", __name__, url_prefix="/kantor")


@bp.get("/komplain")
@allow(OFFICER)
def index() -> str:
    """Those that nobody has decided, the oldest first."""
    return render_template("orders/office_complaints.html", complaints=open_complaints())


@bp.get("/pesanan/<number>/komplain")
@bp.post("/pesanan/<number>/komplain")
@allow(OFFICER)
def show(number: str) -> complaining.Answer:
    """What both sides say, and the decision."""
    return complaining.decide_page(lambda: _order(number), url_for("orderoffice.show", number=number))


@bp.get("/pesanan/<number>/komplain/foto/<int:photo_id>")
@allow(OFFICER)
def photo(number: str, photo_id: int) -> Response:
    """A picture that the buyer shows."""
    return complaining.photo_of(_order(number), photo_id)


def _order(number: str) -> Order:
    return db.session.scalar(whole_order().where(Order.number == number)) or abort(404)
