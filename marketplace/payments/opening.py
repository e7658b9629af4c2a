"""Payments begin: one row for what is asked, one for each thing that it pays for, and the first step of its history."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.clock import now
from marketplace.db import db
from marketplace.payments import expiring, states
from marketplace.payments.models import Actor, Payment, PaymentPart
from marketplace.payments.port import Sale, WayToPay


@dataclass(frozen=True)
class Thing:
    """What is paid for: its `kind` as in `wiring.PAYABLES`, its id, its name in the payment's reference, its shop."""

    kind: str
    id: int
    name: str
    shop_id: int


def open_payment(
    thing: Thing, way: WayToPay, sale: Sale, *, by: Actor, actor_id: int | None, attempt: int = 1
) -> Payment:
    """Ask for the money of one thing, inside writing(); earlier payments for it must have ended.

    The reference is the thing's name and the number of the attempt: `PM-261122-7K3F2-1`. A second payable payment for
    the same thing raises IntegrityError.
    """
    return _open([(thing, sale.amount)], way, sale, by, actor_id, attempt)


def open_shared(
    things: Sequence[tuple[Thing, int]], way: WayToPay, *, by: Actor, actor_id: int | None, attempt: int = 1
) -> Payment:
    """The same for several things at once, each with its rupiah; the reference names the first."""
    total = sum(amount for _, amount in things)
    return _open(things, way, Sale(0, total, ""), by, actor_id, attempt)


def _open(
    things: Sequence[tuple[Thing, int]], way: WayToPay, sale: Sale, by: Actor, actor_id: int | None, attempt: int
) -> Payment:
    start = way.start(sale)
    payment = Payment(
        reference=f"{things[0][0].name}-{attempt}",
        way=way.code,
        state=start.state,
        account=start.place.name,
        booked_on=start.place.booked_on,
        amount=sale.amount,
        code=start.code,
        due=sale.amount + start.code,
        opened_at=now(),
        shop_id=start.place.shop_id,
        deadline=start.deadline,
    )
    db.session.add(payment)
    db.session.flush()
    for thing, amount in things:
        db.session.add(_part(payment.id, thing, amount))
    states.record(payment.id, None, start.state, by=by, at=payment.opened_at, actor_id=actor_id)
    if start.deadline:
        expiring.remember(payment.id, start.deadline)
    way.opened(payment)
    return payment


def _part(payment_id: int, thing: Thing, amount: int) -> PaymentPart:
    return PaymentPart(payment_id=payment_id, kind=thing.kind, item_id=thing.id, amount=amount, shop_id=thing.shop_id)
