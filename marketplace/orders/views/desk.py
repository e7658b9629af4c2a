"""The shop's inbox: what is new, until when to answer, and every step to the buyer's door."""

from functools import partial
from typing import Unpack

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import allow
from marketplace.db import db
from marketplace.orders import fulfilment
from marketplace.orders.complaining import complaints_of
from marketplace.orders.forms import ReasonForm, ShippingForm
from marketplace.orders.models import Actor, Order
from marketplace.orders.papers import papers_of
from marketplace.orders.queries import DESK_TABS, PAGE_SIZE, order_of_shop, orders_of_shop
from marketplace.orders.views.money import Answered, money_of
from marketplace.sellers.current import SELLER, current_shop
from marketplace.web import row_id

bp = Blueprint("orderdesk", __name__, url_prefix="/jualan")
Answer = str | Response | tuple[str, int]


@bp.get("")
@allow(SELLER)
def home() -> str:
    """The inbox, one tab at a time: new orders by deadline, orders in progress, finished ones."""
    tab = request.args.get("tab", "baru")
    tab = tab if tab in DESK_TABS else "baru"
    before_id = row_id(request.args.get("sesudah"))
    orders = list(db.session.scalars(orders_of_shop(current_shop().id, tab, before_id)))
    pages_on = tab != "baru" and len(orders) > PAGE_SIZE
    more = orders[PAGE_SIZE - 1].id if pages_on else None
    return render_template("orders/desk.html", orders=orders[:PAGE_SIZE] if pages_on else orders, tab=tab, more=more)


@bp.get("/pesanan")
@allow(SELLER)
def index() -> Response:
    """The inbox under its other name."""
    return redirect(url_for("orderdesk.home"), 302)


@bp.get("/pesanan/<number>")
@allow(SELLER)
def show(number: str) -> str:
    """One order with all that the shop needs to fulfil it."""
    return page(_own(number))


@bp.post("/pesanan/<number>/terima")
@allow(SELLER)
def accept(number: str) -> Response:
    """Take the order on."""
    fulfilment.accept(_own(number).id, by=Actor.SELLER, actor_id=current_user.id)
    return _back(number)


@bp.post("/pesanan/<number>/tolak")
@allow(SELLER)
def cancel(number: str) -> Answer:
    """Refuse it, or call it off later; the buyer is told why."""
    order, form = _own(number), ReasonForm()
    if not form.validate():
        return page(order, reason=form), 422
    fulfilment.cancel(order.id, by=Actor.SELLER, actor_id=current_user.id, reason=form.alasan.data or "")
    return _back(number)


@bp.post("/pesanan/<number>/siap")
@allow(SELLER)
def make_ready(number: str) -> Response:
    """It can be picked up."""
    fulfilment.make_ready(_own(number).id, by=Actor.SELLER, actor_id=current_user.id)
    return _back(number)


@bp.post("/pesanan/<number>/kirim")
@allow(SELLER)
def ship(number: str) -> Answer:
    """It is on its way, with a tracking number if a courier has it."""
    order, form = _own(number), ShippingForm()
    if not form.validate():
        return page(order, shipping=form), 422
    fulfilment.ship(order.id, by=Actor.SELLER, actor_id=current_user.id, tracking_number=form.resi.data or "")
    return _back(number)


@bp.post("/pesanan/<number>/sampai")
@allow(SELLER)
def deliver(number: str) -> Response:
    """The buyer has it, and has paid."""
    fulfilment.deliver(_own(number).id, by=Actor.SELLER, actor_id=current_user.id)
    return _back(number)


def _own(number: str) -> Order:
    order = db.session.scalar(order_of_shop(current_shop().id, number))
    return order or abort(404)


def _back(number: str) -> Response:
    return redirect(url_for("orderdesk.show", number=number), 303)


def page(
    order: Order, reason: ReasonForm | None = None, shipping: ShippingForm | None = None, **answer: Unpack[Answered]
) -> str:
    """The order, with forms that could not be taken; `answer` is one about its money."""
    told = {
        "money": money_of([order], **answer)[order.id],
        "reason": reason or ReasonForm(formdata=None),
        "shipping": shipping or ShippingForm(formdata=None),
        "papers": papers_of([order.id])[order.id],
        "paper_url": partial(url_for, "moneydesk.paper", number=order.number),
        "complaint": complaints_of([order]).get(order.id),
    }
    return render_template("orders/desk_order.html", order=order, **told)
