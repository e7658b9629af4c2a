"""A checkout's own page, opened by its unguessable link: receipt, time line, cancel; for guests and members alike."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.session import user_id
from marketplace.db import db
from marketplace.orders import fulfilment
from marketplace.orders.complaining import complaints_of
from marketplace.orders.models import Actor, Order
from marketplace.orders.papers import papers_of
from marketplace.orders.queries import orders_of_token
from marketplace.orders.views import complaining, doors, paying
from marketplace.orders.views.again import to_cart
from marketplace.orders.views.money import money_of
from marketplace.orders.views.pdfs import pdf_of
from marketplace.orders.views.reviewing import Answer, review_page
from marketplace.orders.views.shopper import show_count

bp = Blueprint("tracking", __name__, url_prefix="/lacak/<token>")
bp.after_request(show_count)


@bp.get("")
@allow(ANYONE)
def show(token: str) -> str:
    """Every order of the checkout with its state; right after ordering it is the receipt."""
    return _page(token, {})


def _page(token: str, wrong: Mapping[str, str]) -> str:
    orders = _orders(token)
    group, is_new = orders[0].group, "baru" in request.args
    ways = {order.id: doors.of_link(order, token) for order in orders}
    told = {"doors": ways, "money": money_of(orders, wrong=wrong), "papers": papers_of([order.id for order in orders])}
    told |= {"complaints": complaints_of(orders), "wrong": wrong}
    return render_template("orders/group.html", orders=orders, group=group, is_new=is_new, **told)


@bp.get("/nota")
@allow(ANYONE)
def receipt(token: str) -> str:
    """The receipt alone, on one A4."""
    orders = _orders(token)
    return render_template("orders/receipt.html", orders=orders, group=orders[0].group)


@bp.get("/<number>/dokumen/<int:paper_id>-<any('a4','80mm'):size>.pdf")
@allow(ANYONE)
def paper(token: str, number: str, paper_id: int, size: str) -> Response:
    """An invoice, a receipt, or what cancels it."""
    return pdf_of(_order(token, number), paper_id, size)


@bp.post("/<number>/batal")
@allow(ANYONE)
def cancel(token: str, number: str) -> Response:
    """The buyer calls off an order that the shop has not accepted yet."""
    order = _order(token, number)
    fulfilment.cancel(order.id, by=Actor.BUYER, actor_id=user_id())
    flash(_("Pesanan %(number)s dibatalkan.", number=number), "success")
    return redirect(url_for("tracking.show", token=token), 303)


@bp.post("/<number>/sampai")
@allow(ANYONE)
def confirm(token: str, number: str) -> Response:
    """The buyer says that the goods have come."""
    order = _order(token, number)
    fulfilment.deliver(order.id, by=Actor.BUYER, actor_id=user_id())
    flash(_("Terima kasih. Pesanan %(number)s sudah sampai.", number=number), "success")
    return redirect(url_for("tracking.show", token=token), 303)


@bp.post("/<number>/bukti")
@allow(ANYONE)
def prove(token: str, number: str) -> paying.Answer:
    """The buyer shows that the money was sent."""
    return paying.hand_in(_order(token, number), partial(_page, token), url_for("tracking.show", token=token))


@bp.post("/<number>/bayar")
@allow(ANYONE)
def pay(token: str, number: str) -> paying.Answer:
    """The buyer pays again, or another way."""
    return paying.pay_by(_order(token, number), partial(_page, token), url_for("tracking.show", token=token))


@bp.get("/<number>/qris.png")
@allow(ANYONE)
def qris(token: str, number: str) -> Response:
    """The code to pay with, to keep on the phone."""
    return paying.qris_picture(_order(token, number))


@bp.post("/<number>/dana-kembali")
@allow(ANYONE)
def refunded(token: str, number: str) -> Response:
    """The buyer has got money back."""
    return paying.finish_refund(_order(token, number), url_for("tracking.show", token=token))


@bp.get("/<number>/komplain")
@bp.post("/<number>/komplain")
@allow(ANYONE)
def complaint(token: str, number: str) -> complaining.Answer:
    """What is the matter with the order."""
    return complaining.open_page(lambda: _order(token, number), url_for("tracking.show", token=token))


@bp.get("/<number>/komplain/foto/<int:photo_id>")
@allow(ANYONE)
def complaint_photo(token: str, number: str, photo_id: int) -> Response:
    """A picture that the buyer has shown."""
    return complaining.photo_of(_order(token, number), photo_id)


@bp.get("/ulasan/<int:line_id>")
@bp.post("/ulasan/<int:line_id>")
@allow(ANYONE)
def review(token: str, line_id: int) -> Answer:
    """What the buyer says of one line."""
    return review_page(_orders(token), line_id, url_for("tracking.show", token=token))


@bp.post("/<number>/beli-lagi")
@allow(ANYONE)
def buy_again(token: str, number: str) -> Response:
    """The same goods into the cart."""
    return to_cart(_order(token, number))


def _orders(token: str) -> list[Order]:
    return list(db.session.scalars(orders_of_token(token))) or abort(404)


def _order(token: str, number: str) -> Order:
    return next((order for order in _orders(token) if order.number == number), None) or abort(404)
