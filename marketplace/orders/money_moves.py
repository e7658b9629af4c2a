"""What buyers, shops and officers do about the money of an order: proof, answer, another way to pay, refund."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace import jobs
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import fulfilment, paying, together
from marketplace.orders.models import Actor, Order, State
from marketplace.orders.paid import place_again
from marketplace.payments import expiring, locks, proofs, refunds, states
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.payments.port import WayToPay
from marketplace.payments.settling import Outcome
from marketplace.payments.ways import offered, terms_of, ways
from marketplace.refusal import GoneAway, Refusal

MOST_ATTEMPTS = 5


class ProofWaits(Refusal):
    """The shop is looking at a proof: paying another way now could mean paying twice."""


class NotToBePaid(Refusal):
    """The order does not wait for money, or not in this way."""


def hand_in(order_id: int, data: bytes, *, by: Actor, actor_id: int | None) -> None:
    """The buyer shows a picture of the payment. Raises NotAPicture, PictureTooLarge, NotWaiting, TooManyProofs."""
    digest = proofs.keep(data)
    with writing():
        payment = _counted(order_id)
        if payment.way not in _told_by_the_shop():
            raise proofs.NotWaiting(_("Pembayaran ini tidak menunggu bukti. Muat ulang halaman ini."))
        proofs.hand_in(payment.id, digest, by=by, actor_id=actor_id)
        jobs.enqueue("orders.tell_proof", order_id=order_id)


def confirm(order_id: int, reference: str, *, by: Actor, actor_id: int | None) -> Outcome:
    """The money of this payment of the order is on the shop's account. Raises GoneAway for another order's payment."""
    with writing():
        if by == Actor.SELLER:
            fulfilment.refuse_suspended(order_id)
        payment = db.session.scalar(paying.every_payment_of(order_id).where(Payment.reference == reference))
        if payment is None or payment.way not in _told_by_the_shop():
            raise GoneAway(_("Pembayaran ini tidak ada."))
        return paying.book(payment, by=by, actor_id=actor_id)


def refuse_proof(order_id: int, reason: str, *, by: Actor, actor_id: int | None) -> None:
    """No such money has come; the buyer reads why and may try again. Raises NotWaiting."""
    with writing():
        if by == Actor.SELLER:
            fulfilment.refuse_suspended(order_id)
        proofs.refuse(_counted(order_id).id, reason, by=by, actor_id=actor_id)
        jobs.enqueue("orders.tell_refused_proof", order_id=order_id)


def other_ways(order: Order) -> list[WayToPay]:
    """How an order that waits for its money could be paid now."""
    return offered(paying.sale_of(order), terms_of([order.shop_id])[order.shop_id])


def pay_by(order_id: int, code: str, *, by: Actor, actor_id: int | None) -> None:
    """Pay again after a refused proof, or another way; one payment at a time can be paid, and stock stays held.

    The same way twice, from two tabs or by the back button, is one payment. Raises ProofWaits, NotToBePaid.
    """
    before = _counted(order_id)
    if before.way != code:
        ways()[before.way].withdraw(before)
    with writing():
        locks.locked(before.id)  # with every order that it is for: those that stay are asked for anew
        order = db.session.get_one(Order, order_id)
        known = list(db.session.scalars(paying.every_payment_of(order_id)))
        _refuse_untimely(order, known[-1])
        if known[-1].state == PaymentState.OPEN and known[-1].way == code:
            return
        way = next((way for way in other_ways(order) if way.code == code), None)
        if way is None or len(known) >= MOST_ATTEMPTS:
            raise NotToBePaid(_("Cara bayar yang Anda pilih tidak tersedia. Pilih yang lain."))
        if known[-1].state == PaymentState.OPEN:
            ways()[known[-1].way].cancel(known[-1])
            states.transition(known[-1].id, PaymentState.EXPIRED, by=by, actor_id=actor_id)
        payment = paying.start(order, way, by=by, actor_id=actor_id, attempt=len(known) + 1)
        _take_over(order, way, payment, known[-1].deadline)
        db.session.flush()
        together.carry_on(known[-1])


def _take_over(order: Order, way: WayToPay, payment: Payment, deadline: datetime | None) -> None:
    """The order follows its new payment; the deadline stays the old one's, so that nobody holds goods for ever."""
    order.pay_by = way.code
    if not way.is_prepaid:
        place_again(order.id)
    elif payment.deadline:
        if deadline and now() < deadline < payment.deadline:
            payment.deadline = deadline
            expiring.remember(payment.id, deadline)
        order.accept_by = payment.deadline


def show_refund(order_id: int, refund_id: int, data: bytes, *, actor_id: int | None) -> None:
    """The shop has sent the money back and shows it. Raises NotAPicture, PictureTooLarge, GoneAway, RefundMoved."""
    digest = proofs.keep(data)
    with writing():
        refunds.send(_refund(order_id, refund_id).id, digest, actor_id=actor_id)
        jobs.enqueue("orders.tell_refund", order_id=order_id, refund_id=refund_id)


def finish_refund(order_id: int, refund_id: int, *, by: Actor, actor_id: int | None) -> None:
    """The buyer has the money (or the office has seen so). Raises GoneAway, RefundMoved.

    What a bank has not taken the office may have sent another way.
    """
    with writing():
        refund = _refund(order_id, refund_id)
        if by == Actor.OFFICER and refund.state == RefundState.FAILED:
            refunds.finish_at_once(refund.id, by=by, actor_id=actor_id)
        else:
            refunds.finish(refund.id, by=by, actor_id=actor_id)


def send_again(order_id: int, refund_id: int, *, actor_id: int | None) -> None:
    """The office has a refund sent once more that the buyer's bank had not taken. Raises GoneAway, RefundMoved."""
    with writing():
        refund = _refund(order_id, refund_id)
        refunds.try_again(refund.id, actor_id=actor_id)
        way = db.session.scalars(select(Payment.way).where(Payment.id == refund.payment_id)).one()
        ways()[way].refund(refund)


def refunds_of(order_id: int) -> list[Refund]:
    """What goes or went back to the buyer of an order."""
    return refunds.refunds_of(paying.KIND, order_id)


def _refuse_untimely(order: Order, payment: Payment) -> None:
    if payment.state == PaymentState.PROOF:
        raise ProofWaits(_("Penjual sedang memeriksa bukti Anda. Tunggu jawabannya dulu."))
    if order.state != State.AWAITING_PAYMENT:
        raise NotToBePaid(_("Pesanan ini tidak menunggu pembayaran."))


def _told_by_the_shop() -> set[str]:
    """Ways whose money the shop sees itself, before it begins to work."""
    return {code for code, way in ways().items() if way.is_prepaid and way.is_seen_by_shop}


def _counted(order_id: int) -> Payment:
    return paying.payments_of([order_id])[order_id]


def _refund(order_id: int, refund_id: int) -> Refund:
    found = next((refund for refund in refunds_of(order_id) if refund.id == refund_id), None)
    if found is None:
        raise GoneAway(_("Pengembalian dana ini tidak ada."))
    return found
