"""Money that goes back: what a shop was paid directly, the shop owes; it shows a proof, the buyer confirms."""

from flask_babel import gettext as _
from sqlalchemy import Update, func, select, update
from sqlalchemy.engine import CursorResult

from marketplace import audit
from marketplace.clock import now
from marketplace.db import db
from marketplace.jobs import enqueue
from marketplace.payments import ledger, states
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.models import Actor, Bearer, Payment, PaymentPart, PaymentState, Refund, RefundState
from marketplace.refusal import Refusal

TELL_FAILED = "payments.tell_failed_refund"


class TooMuch(Refusal):
    """More than what was paid can never go back."""


class RefundMoved(Refusal):
    """The refund has gone on meanwhile."""


def owe(
    part_id: int,
    amount: int,
    reason: str,
    *,
    bearer: Bearer = Bearer.SHOP,
    fee_back: int = 0,
    subsidy_back: int = 0,
) -> Refund:
    """Inside writing(): so many rupiah of a part of a payment are owed to the buyer. Raises TooMuch.

    If the shop bears it, whoever has the money owes it: the shop that was paid or has earned it, else the operator who
    holds it for the thing. `fee_back` is the platform's fee on it that the shop gets back, `subsidy_back` what the shop
    had of the city for it and gives back, in rupiah.
    """
    payment = _promised(part_id, amount, bearer)
    refund = Refund(
        payment_id=payment.id, part_id=part_id, amount=amount, reason=reason, created_at=now(), borne_by=bearer
    )
    db.session.add(refund)
    db.session.flush()
    shop_id = payment.shop_id or _earner(part_id)
    sides = [_borne(bearer, amount, shop_id), Side(Account.REFUND_CLEARING, -amount)]
    for account, back in ((Account.PLATFORM_FEE, fee_back), (Account.SUBSIDY, -subsidy_back)):
        if back:
            sides += [Side(account, back), Side(Account.SHOP_PAYABLE, -back, shop_id)]
    ledger.post(JournalKind.REFUND_DUE, str(refund.id), sides)
    return refund


def _borne(bearer: Bearer, amount: int, shop_id: int | None) -> Side:
    if bearer == Bearer.PLATFORM:
        return Side(Account.SUBSIDY, amount)
    return Side(Account.SHOP_PAYABLE, amount, shop_id) if shop_id else Side(Account.BUYER_HELD, amount)


def _promised(part_id: int, amount: int, bearer: Bearer) -> Payment:
    """Count the amount on the payment and on the part, whose share it must not exceed; the payment."""
    payment_id = db.session.scalars(select(PaymentPart.payment_id).where(PaymentPart.id == part_id)).one()
    whole = update(Payment).where(
        Payment.id == payment_id,
        Payment.state.in_(states.SETTLED_STATES),
        Payment.refunded + amount <= Payment.due,
    )
    _change(whole.values(refunded=Payment.refunded + amount))
    payment = db.session.get_one(Payment, payment_id, populate_existing=True)
    # Unique digits stand on one thing alone.
    share = update(PaymentPart).where(
        PaymentPart.id == part_id, PaymentPart.refunded + amount <= PaymentPart.amount + payment.code
    )
    borne = amount if bearer == Bearer.PLATFORM else 0
    _change(share.values(refunded=PaymentPart.refunded + amount, borne=PaymentPart.borne + borne))
    return payment


def _change(promise: Update) -> None:
    result = db.session.execute(promise.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise TooMuch(_("Dana yang dikembalikan tidak boleh melebihi yang dibayar."))


def _earner(part_id: int) -> int | None:
    """The shop that has earned the money of this part."""
    earned = (PaymentPart.id == part_id, PaymentPart.is_earned)
    return db.session.scalar(select(PaymentPart.shop_id).where(*earned))


def send(refund_id: int, digest: str, *, actor_id: int | None) -> None:
    """Inside writing(): the shop has sent the money and shows it by a picture; again before the answer replaces it."""
    sources = (RefundState.DUE, RefundState.FAILED, RefundState.SENT)
    _move(refund_id, sources, actor_id, state=RefundState.SENT, digest=digest, sent_at=now())


def fail(refund_id: int) -> None:
    """Inside writing(): the buyer's bank has not taken it; it is owed as before, until somebody sends it again.

    The office is told.
    """
    _move(refund_id, (RefundState.DUE,), None, state=RefundState.FAILED)
    enqueue(TELL_FAILED, refund_id=refund_id)


def try_again(refund_id: int, *, actor_id: int | None) -> None:
    """Inside writing(): a failed refund is due once more. Raises RefundMoved."""
    _move(refund_id, (RefundState.FAILED,), actor_id, state=RefundState.DUE, attempt=Refund.attempt + 1)


def finish(refund_id: int, *, by: Actor, actor_id: int | None) -> bool:
    """Inside writing(): the buyer has the money; False when that was known. Raises RefundMoved before it was sent."""
    refund = db.session.scalars(select(Refund).where(Refund.id == refund_id).with_for_update()).one()
    if refund.state == RefundState.DONE:
        return False
    # One after the other: the last of a payment's refunds is to see all of them.
    db.session.execute(select(Payment.id).where(Payment.id == refund.payment_id).with_for_update())
    _move(refund_id, (RefundState.SENT,), actor_id, state=RefundState.DONE, done_at=now())
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


def finish_at_once(refund_id: int, *, by: Actor, actor_id: int | None = None) -> None:
    """Inside writing(): the operator or its provider has sent the money, and nobody needs to confirm it."""
    _move(refund_id, (RefundState.DUE, RefundState.FAILED), actor_id, state=RefundState.SENT, sent_at=now())
    finish(refund_id, by=by, actor_id=actor_id)


def refunds_of(kind: str, item_id: int) -> list[Refund]:
    """Every refund of what was paid for a thing, the oldest first."""
    found = select(Refund).join(PaymentPart, PaymentPart.id == Refund.part_id)
    mine = (PaymentPart.kind == kind, PaymentPart.item_id == item_id)
    return list(db.session.scalars(found.where(*mine).order_by(Refund.id)))


def _done(payment_id: int) -> int:
    """Rupiah that are back with the buyer."""
    total = select(func.coalesce(func.sum(Refund.amount), 0))
    done = total.where(Refund.payment_id == payment_id, Refund.state == RefundState.DONE)
    return int(db.session.scalars(done).one())


def _move(
    refund_id: int, sources: tuple[RefundState, ...], actor_id: int | None, *, state: RefundState, **values: object
) -> None:
    """One step of a refund, and its row in the audit trail. Raises RefundMoved."""
    move = update(Refund).where(Refund.id == refund_id, Refund.state.in_(sources)).values(state=state, **values)
    result = db.session.execute(move.execution_options(synchronize_session=False))
    assert isinstance(result, CursorResult)
    if result.rowcount != 1:
        raise RefundMoved(_("Pengembalian dana ini sudah berubah. Muat ulang halaman ini."))
    audit.record(state, "refund", refund_id, actor_id=actor_id)
