"""What a buyer does about the money of an order: the same for a member and for a guest with the link."""

from collections.abc import Callable, Mapping
from contextlib import closing

from flask import abort, flash, redirect, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts.session import user_id
from marketplace.catalog.picture_files import read_upload
from marketplace.config import settings
from marketplace.orders import money_moves
from marketplace.orders.models import Actor, Order
from marketplace.orders.paying import payments_of
from marketplace.payments.qris import QRIS, is_payable, png
from marketplace.refusal import Refusal
from marketplace.web import row_id

Answer = Response | tuple[str, int]
# Draws the page again, with what is wrong by the ids of fields.
Page = Callable[[Mapping[str, str]], str]


def sent_picture() -> bytes:
    """The picture of the form's field `bukti`, empty without one. Raises PictureTooHeavy."""
    request.max_content_length = 2 * settings().photo_megabytes * 1024 * 1024
    file = request.files.get("bukti")
    if file is None:
        return b""
    with closing(file):
        return read_upload(file.stream)


def hand_in(order: Order, page: Page, back: str) -> Answer:
    """Take the picture of a payment; what is wrong with it stands beside its field."""
    id, field = order.id, f"bukti-{order.number}"
    try:
        money_moves.hand_in(id, sent_picture(), by=Actor.BUYER, actor_id=user_id())
    except Refusal as refusal:
        return page({field: str(refusal)}), 422
    flash(_("Terima kasih. Bukti Anda sudah dikirim ke penjual."), "success")
    return redirect(back, 303)


def pay_by(order: Order, page: Page, back: str) -> Answer:
    """Begin to pay again, or another way; why not stands beside the ways."""
    id, field = order.id, f"cara-{order.number}"
    try:
        money_moves.pay_by(id, request.form.get("cara", ""), by=Actor.BUYER, actor_id=user_id())
    except Refusal as refusal:
        return page({field: str(refusal)}), 422
    return redirect(back, 303)


def qris_picture(order: Order) -> Response:
    """The QRIS code of an order's payment as a file; 404 when nobody is to pay so (any more)."""
    payment = payments_of([order.id])[order.id]
    if payment.way != QRIS.code or not is_payable(payment):
        abort(404)
    answer = Response(png(payment), mimetype="image/png")
    answer.headers.set("Content-Disposition", "attachment", filename=f"qris-{payment.reference}.png")
    return answer


def finish_refund(order: Order, back: str) -> Response:
    """The buyer has got the money back."""
    refund_id = row_id(request.form.get("pengembalian")) or 0
    money_moves.finish_refund(order.id, refund_id, by=Actor.BUYER, actor_id=user_id())
    flash(_("Terima kasih. Pengembalian dana sudah selesai."), "success")
    return redirect(back, 303)
