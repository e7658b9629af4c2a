"""Money that goes back: what a shop was paid directly, the shop owes; it shows a proof, the buyer confirms."""

from flask_babel import gettext as _
from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult

from marketplace.clock import now
from marketplace.db import db
from marketplace.payments import ledger, states
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.models import Actor, Payment, PaymentState, Refund, RefundState
from marketplace.refusal import Refusal


class TooMuch(Refusal):
    """More than what was paid can never go back."""


class RefundMoved(Refusal):
    """The refund has gone on meanwhile."""


def owe(payment_id: int, amount: int, reason: str) -> Refund:
    """Inside writing(): so many rupiah of a payment are owed to its buyer, by whom was paid. Raises TooMuch."""
    promise = update(Payment).where(
        Payment.id == payment_id,
        Payment.state.in_(states.SETTLED_STATES),
        Payment.refunded + amount <= Payment.due,
    )
    result = db.session.execute(
        promise.values(refunded=Payment.refunded + amount).execution_options(synchronize_session=False)
    )
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise TooMuch(_("Dana yang dikembalikan tidak boleh melebihi yang dibayar."))
    refund = Refund(payment_id=payment_id, amount=amount, reason=reason, created_at=now())
    db.session.add(refund)
    db.session.flush()
    shop_id = db.session.scalars(select(Payment.shop_id).where(Payment.id == payment_id)).one()
    owed_by = Side(Account.SHOP_PAYABLE, amount, shop_id) if shop_id else Side(Account.BUYER_HELD, amount)
    sides = [owed_by, Side(Account.REFUND_CLEARING, -amount)]
    ledger.post(JournalKind.REFUND_DUE, str(refund.id), sides)
    return refund


def owe_rest(payment_id: int, reason: str) -> Refund | None:
    """Inside writing(): everything that has not been promised back yet; None when that is nothing."""
    rest = select(Payment.due - Payment.refunded).where(Payment.id == payment_id).with_for_update()
    left = db.session.scalars(rest).one()
    return owe(payment_id, left, reason) if left else None


def send(refund_id: int, digest: str) -> None:
    """Inside writing(): the shop has sent the money and shows it by a picture; again before the answer replaces it."""
    values = {"state": RefundState.SENT, "digest": digest, "sent_at": now()}
    _move(refund_id, (RefundState.DUE, RefundState.SENT), **values)


def finish(refund_id: int, *, by: Actor, actor_id: int | None) -> bool:
    """Inside writing(): the buyer has the money; False when that was known. Raises RefundMoved before it was sent."""
    refund = db.session.scalars(select(Refund).where(Refund.id == refund_id).with_for_update()).one()
    if refund.state == RefundState.DONE:
        return False
    _move(refund_id, (RefundState.SENT,), state=RefundState.DONE, done_at=now())
    payment = db.session.get_one(Payment, refund.payment_id)
    sides = [
        Side(Account.REFUND_CLEARING, refund.amount),
        Side(payment.booked_on, -refund.amount, payment.shop_id),
    ]
    ledger.post(JournalKind.REFUND_PAID, str(refund_id), sides)
    whole = _done(payment.id) == payment.due
    to = PaymentState.REFUNDED if whole else PaymentState.PART_REFUNDED
    states.transition(payment.id, to, by=by, actor_id=actor_id)
    return True


def finish_at_once(refund_id: int, *, by: Actor) -> None:
    """Inside writing(): the provider has sent the money, and nobody needs to confirm it."""
    _move(refund_id, (RefundState.DUE,), state=RefundState.SENT, sent_at=now())
    finish(refund_id, by=by, actor_id=None)


def refunds_of(payment_ids: list[int]) -> list[Refund]:
    """Every refund of these payments, the oldest first."""
    return list(db.session.scalars(select(Refund).where(Refund.payment_id.in_(payment_ids)).order_by(Refund.id)))


def _done(payment_id: int) -> int:
    """Rupiah that are back with the buyer."""
    total = select(func.coalesce(func.sum(Refund.amount), 0))
    done = total.where(Refund.payment_id == payment_id, Refund.state == RefundState.DONE)
    return int(db.session.scalars(done).one())


def _move(refund_id: int, sources: tuple[RefundState, ...], **values: object) -> None:
    move = update(Refund).where(Refund.id == refund_id, Refund.state.in_(sources)).values(**values)
    result = db.session.execute(move.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise RefundMoved(_("Pengembalian dana ini sudah berubah. Muat ulang halaman ini."))
