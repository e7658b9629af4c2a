"""Payments that nobody has made in time: after the deadline and a grace, what was to be paid for hears of it."""

from datetime import datetime, timedelta

from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import writing
from marketplace.jobs import enqueue
from marketplace.payments import locks, states
from marketplace.payments.models import Actor, PaymentState
from marketplace.payments.payables import News, payable
from marketplace.payments.ways import ways


def remember(payment_id: int, deadline: datetime) -> None:
    """Inside writing(): look at the payment when its deadline and the grace are over."""
    enqueue("payments.expire", due_at=_end(deadline), payment_id=payment_id)


def expire(payment_id: int) -> None:
    """Job `payments.expire`: end what is still open, and tell what was to be paid for.

    A proof has stopped the clock; after a refused proof the deadline is the one until which the buyer may try again.
    """
    with writing():
        payment = locks.locked(payment_id)
        if payment.deadline is None or _end(payment.deadline) > now() or not ways()[payment.way].ends_by_clock:
            return
        if payment.state == PaymentState.OPEN:
            states.transition(payment_id, PaymentState.EXPIRED, by=Actor.SYSTEM)
        elif payment.state != PaymentState.REFUSED:
            return
        for part in payment.parts:
            payable(part.kind).expired(part.item_id, News(payment, Actor.SYSTEM))


def _end(deadline: datetime) -> datetime:
    return deadline + timedelta(minutes=settings().pay_grace_minutes)
