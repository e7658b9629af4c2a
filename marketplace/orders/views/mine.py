"""A member's orders."""

from collections.abc import Mapping
from functools import partial

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import SIGNED_IN, allow
from marketplace.accounts.addresses import address_line, copy_for_order
from marketplace.db import db
from marketplace.orders import fulfilment, wording
from marketplace.orders.complaining import complaints_of, may_complain
from marketplace.orders.models import Actor, Order
from marketplace.orders.papers import papers_of
from marketplace.orders.promises import promised_by
from marketplace.orders.queries import PAGE_SIZE, order_of_user, orders_of_user
from marketplace.orders.reviewing import may_review
from marketplace.orders.views import complaining, doors, paying
from marketplace.orders.views.again import to_cart
from marketplace.orders.views.money import money_of
from marketplace.orders.views.pdfs import pdf_of
from marketplace.orders.views.reviewing import Answer, review_page
from marketplace.orders.views.shopper import show_count
from marketplace.sellers.whatsapp import chat_url
from marketplace.web import row_id

bp = Blueprint("orders", __name__, url_prefix="/pesanan")
bp.after_request(show_count)
for word in (
    address_line,
    chat_url,
    copy_for_order,
    may_complain,
    may_review,
    promised_by,
    wording.complaint_reason,
    wording.buyer_chat_url,
    wording.delivery_label,
    wording.discount_label,
    wording.pay_label,
    wording.state_label,
    wording.state_look,
    wording.timeline_of,
    wording.variant_of,
    wording.whatsapp_text,
    wording.why_cancelled,
):
    bp.add_app_template_global(word)


@bp.get("")
@allow(SIGNED_IN)
def index() -> str:
    """All orders, newest first."""
    before_id = row_id(request.args.get("sesudah"))
    orders = list(db.session.scalars(orders_of_user(current_user.id, before_id)))
    more = orders[PAGE_SIZE - 1].id if len(orders) > PAGE_SIZE else None
    return render_template("orders/index.html", orders=orders[:PAGE_SIZE], more=more)


@bp.get("/<number>")
@allow(SIGNED_IN)
def show(number: str) -> str:
    """One order with its time line."""
    return _page(number, {})


def _page(number: str, wrong: Mapping[str, str]) -> str:
    order = _mine(number)
    money = money_of([order], wrong=wrong)[order.id]
    told = {
        "money": money,
        "wrong": wrong,
        "papers": papers_of([order.id])[order.id],
        "complaint": complaints_of([order]).get(order.id),
    }
    return render_template("orders/show.html", order=order, doors=doors.of_member(order), **told)


@bp.get("/<number>/nota")
@allow(SIGNED_IN)
def receipt(number: str) -> str:
    """The receipt of one order, on one A4."""
    order = _mine(number)
    return render_template("orders/receipt.html", orders=[order], group=order.group)


@bp.get("/<number>/dokumen/<int:paper_id>-<any('a4','80mm'):size>.pdf")
@allow(SIGNED_IN)
def paper(number: str, paper_id: int, size: str) -> Response:
    """An invoice, a receipt, or what cancels it."""
    return pdf_of(_mine(number), paper_id, size)


@bp.post("/<number>/batal")
@allow(SIGNED_IN)
def cancel(number: str) -> Response:
    """Call off an order that the shop has not accepted yet."""
    fulfilment.cancel(_mine(number).id, by=Actor.BUYER, actor_id=current_user.id)
    flash(_("Pesanan %(number)s dibatalkan.", number=number), "success")
    return redirect(url_for("orders.show", number=number), 303)


@bp.post("/<number>/sampai")
@allow(SIGNED_IN)
def confirm(number: str) -> Response:
    """The goods have come."""
    fulfilment.deliver(_mine(number).id, by=Actor.BUYER, actor_id=current_user.id)
    flash(_("Terima kasih. Pesanan %(number)s sudah sampai.", number=number), "success")
    return redirect(url_for("orders.show", number=number), 303)


@bp.post("/<number>/bukti")
@allow(SIGNED_IN)
def prove(number: str) -> paying.Answer:
    """The buyer shows that the money was sent."""
    return paying.hand_in(_mine(number), partial(_page, number), url_for("orders.show", number=number))


@bp.post("/<number>/bayar")
@allow(SIGNED_IN)
def pay(number: str) -> paying.Answer:
    """The buyer pays again, or another way."""
    return paying.pay_by(_mine(number), partial(_page, number), url_for("orders.show", number=number))


@bp.get("/<number>/qris.png")
@allow(SIGNED_IN)
def qris(number: str) -> Response:
    """The code to pay with, to keep on the phone."""
    return paying.qris_picture(_mine(number))


@bp.post("/<number>/dana-kembali")
@allow(SIGNED_IN)
def refunded(number: str) -> Response:
    """The buyer has got money back."""
    return paying.finish_refund(_mine(number), url_for("orders.show", number=number))


@bp.get("/<number>/komplain")
@bp.post("/<number>/komplain")
@allow(SIGNED_IN)
def complaint(number: str) -> complaining.Answer:
    """What is the matter with the order."""
    return complaining.open_page(lambda: _mine(number), url_for("orders.show", number=number))


@bp.get("/<number>/komplain/foto/<int:photo_id>")
@allow(SIGNED_IN)
def complaint_photo(number: str, photo_id: int) -> Response:
    """A picture that the buyer has shown."""
    return complaining.photo_of(_mine(number), photo_id)


@bp.get("/<number>/ulasan/<int:line_id>")
@bp.post("/<number>/ulasan/<int:line_id>")
@allow(SIGNED_IN)
def review(number: str, line_id: int) -> Answer:
    """What the buyer says of one line."""
    return review_page([_mine(number)], line_id, url_for("orders.show", number=number))


@bp.post("/<number>/beli-lagi")
@allow(SIGNED_IN)
def buy_again(number: str) -> Response:
    """The same goods into the cart."""
    return to_cart(_mine(number))


def _mine(number: str) -> Order:
    order = db.session.scalar(order_of_user(current_user.id, number))
    return order or abort(404)
