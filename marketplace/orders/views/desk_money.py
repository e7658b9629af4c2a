"""What a shop does about the money of an order: it has come, it has not, it goes back."""

from flask import Blueprint, Response, abort, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from marketplace.accounts.access import allow
from marketplace.db import db
from marketplace.orders import fulfilment, money_moves
from marketplace.orders.models import Actor, Order
from marketplace.orders.queries import order_of_shop
from marketplace.orders.views import answering, desk, refunding
from marketplace.orders.views.paying import sent_picture
from marketplace.orders.views.pdfs import pdf_of
from marketplace.orders.views.proof_pictures import picture_of
from marketplace.payments.wording import refund_label
from marketplace.refusal import Refusal
from marketplace.sellers.current import SELLER, current_shop
from marketplace.web import row_id

bp = Blueprint("moneydesk", __name__, url_prefix="/jualan/pesanan/<number>")
bp.add_app_template_global(refund_label)


@bp.post("/tunai")
@allow(SELLER)
def collect(number: str) -> Answer:
    """The cash of an order that the buyer has said to have got."""
    fulfilment.collect(_own(number).id, by=Actor.SELLER, actor_id=current_user.id)
    return _back(number)


@bp.post("/uang-masuk")
@allow(SELLER)
def confirm(number: str) -> Answer:
    """The money is on the shop's account: one tap says "paid" and "accepted"."""
    answering.confirm(_own(number).id, Actor.SELLER)
    return _back(number)


@bp.post("/bukti/tolak")
@allow(SELLER)
def refuse(number: str) -> Answer | tuple[str, int]:
    """No such money has come."""
    order = _own(number)
    refusal = answering.refuse(order.id, Actor.SELLER)
    return (desk.page(order, refusal=refusal), 422) if refusal else _back(number)


@bp.get("/bukti/<int:proof_id>")
@allow(SELLER)
def proof(number: str, proof_id: int) -> Response:
    """The picture that the buyer has sent."""
    return picture_of(_own(number), proof_id)


@bp.get("/dokumen/<int:paper_id>-<any('a4','80mm'):size>.pdf")
@allow(SELLER)
def paper(number: str, paper_id: int, size: str) -> Answer:
    """An invoice, a receipt, or what cancels it."""
    return pdf_of(_own(number), paper_id, size)


@bp.post("/pengembalian")
@allow(SELLER)
def refund(number: str) -> Answer | tuple[str, int]:
    """The shop has sent money back and shows it."""
    order, refund_id = _own(number), row_id(request.form.get("pengembalian")) or 0
    try:
        money_moves.show_refund(order.id, refund_id, sent_picture(), actor_id=current_user.id)
    except Refusal as refusal:
        return desk.page(order, wrong={f"kembali-{refund_id}": str(refusal)}), 422
    flash(_("Berhasil disimpan"), "success")
    return _back(number)


@bp.get("/kembalikan-dana")
@bp.post("/kembalikan-dana")
@allow(SELLER)
def give_back(number: str) -> refunding.Answer:
    """Give back some of the money while the order goes on."""
    back = url_for("orderdesk.show", number=number)
    return refunding.refund_page(lambda: _own(number), Actor.SELLER, "orders/desk_refund.html", back)


def _own(number: str) -> Order:
    order = db.session.scalar(order_of_shop(current_shop().id, number))
    return order or abort(404)


def _back(number: str) -> Answer:
    return redirect(url_for("orderdesk.show", number=number), 303)
