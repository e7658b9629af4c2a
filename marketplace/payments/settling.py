"""Money has come: it is booked on its payment, once, or into suspense where everybody sees it."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from marketplace import audit, jobs
from marketplace.clock import now
from marketplace.db import db
from marketplace.payments import ledger, locks, states
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.models import Actor, Payment, PaymentState
from marketplace.payments.payables import News, payable


@dataclass(frozen=True)
class Place:
    """Where money arrives: its name in payments (cash:3, bank:12), the ledger's account, the shop that has it."""

    name: str
    booked_on: Account
    shop_id: int | None = None


@dataclass(frozen=True)
class Receipt:
    """Somebody says that money has come: how much, for which payment, where. `source` names this money, once.

    `amount` is positive, in whole units of `currency`.
    """

    reference: str
    amount: int
    currency: str
    place: Place
    source: str
    by: Actor
    actor_id: int | None = None


class Outcome(StrEnum):
    """What became of a receipt."""

    BOOKED = "booked"
    ALREADY = "already"
    SUSPENSE = "suspense"


def settle(receipt: Receipt) -> Outcome:
    """Book a receipt inside writing(); the same receipt again changes nothing.

    Reference, amount, currency and place must be those of the payment, and it must not have been paid before: any
    other money goes to suspense, and the officers are told. What was paid for hears of it in the same transaction,
    late money included. Raises PaymentMoved where the table of states has no way to the money (cash for an order that
    was called off).
    """
    payment_id = db.session.scalar(select(Payment.id).where(Payment.reference == receipt.reference))
    payment = locks.locked(payment_id) if payment_id else None
    if payment is not None and payment.source == receipt.source:
        return Outcome.ALREADY
    reason = _mismatch(payment, receipt)
    if payment is None or reason:
        return _suspend(receipt, payment, reason)
    to = PaymentState.COLLECTED if payment.booked_on == Account.COD_RECEIVABLE else PaymentState.CAPTURED
    states.transition(payment.id, to, by=receipt.by, actor_id=receipt.actor_id)
    payment.source, payment.settled_at = receipt.source, now()
    ledger.post(JournalKind.CAPTURE, payment.reference, capture_sides(payment))
    for part in payment.parts:
        payable(part.kind).captured(part.item_id, News(payment, receipt.by, receipt.actor_id))
    return Outcome.BOOKED


def capture_sides(payment: Payment) -> list[Side]:
    """The sides of the journal: what a shop was paid directly, it has both earned and got."""
    if payment.shop_id is None:
        return [Side(payment.booked_on, payment.due), Side(Account.BUYER_HELD, -payment.due)]
    return [
        Side(payment.booked_on, payment.due, payment.shop_id),
        Side(Account.SHOP_PAYABLE, -payment.due, payment.shop_id),
    ]


def _mismatch(payment: Payment | None, receipt: Receipt) -> str:
    """Why this money is not this payment's, in a word for the officers; empty when all is well."""
    if payment is None:
        return "reference"
    if payment.account != receipt.place.name:
        return "account"
    if payment.currency != receipt.currency:
        return "currency"
    if payment.due != receipt.amount:
        return "amount"
    return "paid before" if payment.state in states.SETTLED_STATES else ""


def _suspend(receipt: Receipt, payment: Payment | None, reason: str) -> Outcome:
    """Keep the money where it is seen, and tell the officers, both once."""
    place = receipt.place
    sides = [Side(place.booked_on, receipt.amount, place.shop_id), Side(Account.SUSPENSE, -receipt.amount)]
    note = f"{reason}: {receipt.reference}"
    journal = ledger.post(JournalKind.SUSPENSE, receipt.source, sides, currency=receipt.currency, note=note)
    if journal is not None:
        audit.record("suspend", "payment", payment.id if payment else 0, actor_id=receipt.actor_id, note=reason)
        jobs.enqueue("payments.tell_suspense", source=receipt.source)
    return Outcome.SUSPENSE
