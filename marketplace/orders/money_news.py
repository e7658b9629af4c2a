"""The jobs that tell buyers and shops what befell the money of an order: proofs, refused proofs, refunds."""

from collections.abc import Callable

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.money import format_rupiah
from marketplace.orders.models import Order
from marketplace.orders.money_moves import refunds_of
from marketplace.orders.news import tracking_link
from marketplace.orders.paying import payments_of
from marketplace.orders.queries import whole_order
from marketplace.payments.models import RefundState
from marketplace.sellers.models import ShopMember

Words = Callable[[], tuple[str, str]]


def tell_proof(order_id: int) -> None:
    """Job `orders.tell_proof`: the shop is to look at its account."""
    order, payment = _order(order_id), payments_of([order_id])[order_id]
    amount = format_rupiah(payment.due)

    def words() -> tuple[str, str]:
        subject = _("Pesanan %(number)s: bukti pembayaran", number=order.number)
        return subject, _(
            "Pembeli mengirim bukti pembayaran %(amount)s. Periksa apakah uangnya sudah masuk.", amount=amount
        )

    _tell_shop(order, words)


def tell_refused_proof(order_id: int) -> None:
    """Job `orders.tell_refused_proof`: the buyer may try again."""
    order, payment = _order(order_id), payments_of([order_id])[order_id]

    def words() -> tuple[str, str]:
        subject = _("Pesanan %(number)s: pembayaran belum ditemukan", number=order.number)
        return subject, _("Penjual belum menemukan pembayaran Anda: %(reason)s", reason=payment.reason)

    _tell_buyer(order, words)


def tell_refund(order_id: int) -> None:
    """Job `orders.tell_refund`: the shop owes, or the buyer is to look for, what goes back."""
    order = _order(order_id)
    for refund in refunds_of(order_id):
        amount, reason = format_rupiah(refund.amount), refund.reason

        def owed(amount: str = amount, reason: str = reason) -> tuple[str, str]:
            subject = _("Pesanan %(number)s: kembalikan %(amount)s", number=order.number, amount=amount)
            return subject, _("Kirim uang ini ke pembeli dan unggah buktinya. Alasan: %(reason)s", reason=reason)

        def sent(amount: str = amount) -> tuple[str, str]:
            subject = _("Pesanan %(number)s: dana %(amount)s dikirim kembali", number=order.number, amount=amount)
            return subject, _("Periksa rekening Anda, lalu tekan “Dana sudah saya terima” di halaman pesanan.")

        if refund.state == RefundState.DUE:
            _tell_shop(order, owed)
        elif refund.state == RefundState.SENT:
            _tell_buyer(order, sent)


def _order(order_id: int) -> Order:
    return db.session.scalars(whole_order().where(Order.id == order_id)).one()


def _tell_shop(order: Order, words: Words) -> None:
    link = f"{settings().base_url}/jualan/pesanan/{order.number}"
    owners = select(User).join(ShopMember, ShopMember.user_id == User.id).where(ShopMember.shop_id == order.shop_id)
    people = [(owner.letterbox, owner.language) for owner in db.session.scalars(owners)]
    phone = "" if order.shop.is_demo else order.shop.whatsapp
    with writing():
        for email, language in people:
            _send(email, phone, language, words, link)


def _tell_buyer(order: Order, words: Words) -> None:
    group = order.group
    email, phone, language, link = group.contact_email, group.contact_phone, group.language, tracking_link(group)
    with writing():
        _send(email, phone, language, words, link)


def _send(email: str, phone: str, language: str, words: Words, link: str) -> None:
    with force_locale(language):
        subject, text = words()
    enqueue("notices.deliver", email=email, phone=phone, subject=subject, text=f"{text}\n\n{link}")
