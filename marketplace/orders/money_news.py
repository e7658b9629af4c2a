"""The jobs that tell buyers and shops what befell the money of an order: proofs, refused proofs, refunds."""

from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.language import speaking
from marketplace.money import format_rupiah
from marketplace.orders.models import Order
from marketplace.orders.money_moves import refunds_of
from marketplace.orders.news import tracking_link
from marketplace.orders.paying import KIND, payments_of
from marketplace.orders.queries import whole_order
from marketplace.payments.alerts import tell_officers
from marketplace.payments.models import Payment, PaymentPart, Refund, RefundState
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

    tell_shop(order, words)


def tell_refused_proof(order_id: int) -> None:
    """Job `orders.tell_refused_proof`: the buyer may try again."""
    order, payment = _order(order_id), payments_of([order_id])[order_id]

    def words() -> tuple[str, str]:
        subject = _("Pesanan %(number)s: pembayaran belum ditemukan", number=order.number)
        return subject, _("Penjual belum menemukan pembayaran Anda: %(reason)s", reason=payment.reason)

    tell_buyer(order, words)


def tell_refund(order_id: int, refund_id: int | None = None) -> None:
    """Job `orders.tell_refund`: shop and buyer hear that money is to go back, the buyer that the shop has sent it.

    Without `refund_id`, as older jobs are, it is the order's last refund.
    """
    order, known = _order(order_id), refunds_of(order_id)
    refund = next((each for each in known if each.id == refund_id), known[-1])
    is_from_shop = db.session.get_one(Payment, refund.payment_id).shop_id is not None
    said = {"number": order.number, "amount": format_rupiah(refund.amount)}
    why = {**said, "reason": refund.reason}
    if refund.state == RefundState.SENT:
        tell_buyer(order, lambda: _sent(**said))
    elif refund.state == RefundState.DUE:
        tell_shop(order, lambda: _owed_by_shop(**why) if is_from_shop else _taken_from_shop(**why))
        tell_buyer(order, lambda: _promised(is_from_shop, **why))


def tell_failed_refund(refund_id: int) -> None:
    """Job `payments.tell_failed_refund`: the office can send again what the buyer's bank has not taken."""
    refund = db.session.get_one(Refund, refund_id)
    if refund.state != RefundState.FAILED:
        return
    of_part = select(Order.number).join(PaymentPart, (PaymentPart.item_id == Order.id) & (PaymentPart.kind == KIND))
    number = db.session.scalars(of_part.where(PaymentPart.id == refund.part_id)).one()
    said = {"number": number, "amount": format_rupiah(refund.amount)}
    tell_officers(lambda: _not_taken(**said), f"/kantor/pesanan/{number}")


def _not_taken(number: str, amount: str) -> tuple[str, str]:
    subject = _("Pesanan %(number)s: pengembalian dana gagal", number=number)
    return subject, _("Bank pembeli tidak menerima %(amount)s. Kirim lagi, atau kirim lewat cara lain.", amount=amount)


def _owed_by_shop(number: str, amount: str, reason: str) -> tuple[str, str]:
    subject = _("Pesanan %(number)s: kembalikan %(amount)s", number=number, amount=amount)
    return subject, _("Kirim uang ini ke pembeli dan unggah buktinya. Alasan: %(reason)s", reason=reason)


def _taken_from_shop(number: str, amount: str, reason: str) -> tuple[str, str]:
    subject = _("Pesanan %(number)s: %(amount)s dikembalikan ke pembeli", number=number, amount=amount)
    return subject, _(
        "Dana ini dikirim lewat kartu pembeli; Anda tidak perlu mengirim apa pun. Alasan: %(reason)s", reason=reason
    )


def _promised(is_from_shop: bool, number: str, amount: str, reason: str) -> tuple[str, str]:
    subject = _("Pesanan %(number)s: %(amount)s dikembalikan kepada Anda", number=number, amount=amount)
    if is_from_shop:
        return subject, _("Penjual akan mengirim uang ini dan mengunggah buktinya. Alasan: %(reason)s", reason=reason)
    return subject, _(
        "Uang ini dikirim ke kartu Anda, biasanya dalam beberapa hari kerja. Alasan: %(reason)s", reason=reason
    )


def _sent(number: str, amount: str) -> tuple[str, str]:
    subject = _("Pesanan %(number)s: dana %(amount)s dikirim kembali", number=number, amount=amount)
    return subject, _("Periksa rekening Anda, lalu tekan “Dana sudah saya terima” di halaman pesanan.")


def _order(order_id: int) -> Order:
    return db.session.scalars(whole_order().where(Order.id == order_id)).one()


def tell_shop(order: Order, words: Words) -> None:
    """Write to every member of the order's shop in their own language; `words` gives subject and text."""
    link = f"{settings().base_url}/jualan/pesanan/{order.number}"
    owners = select(User).join(ShopMember, ShopMember.user_id == User.id).where(ShopMember.shop_id == order.shop_id)
    people = [(owner.letterbox, owner.language) for owner in db.session.scalars(owners)]
    phone = "" if order.shop.is_demo else order.shop.whatsapp
    with writing():
        for email, language in people:
            _send(email, phone, language, words, link)


def tell_buyer(order: Order, words: Words) -> None:
    """Write to the buyer in the order's language; `words` gives subject and text."""
    group = order.group
    email, phone, language, link = group.contact_email, group.contact_phone, group.language, tracking_link(group)
    with writing():
        _send(email, phone, language, words, link)


def _send(email: str, phone: str, language: str, words: Words, link: str) -> None:
    with speaking(language):
        subject, text = words()
    enqueue("notices.deliver", email=email, phone=phone, subject=subject, text=f"{text}\n\n{link}")
