"""Money that belongs to nothing we know: the office says what it is for, or sends it back, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, exists, false, select
from sqlalchemy.orm import aliased

from marketplace import audit
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.payments import ledger, states, stripe_card
from marketplace.payments.books import Account, Entry, Journal, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.models import Actor, Payment
from marketplace.payments.settling import Outcome, Place, Receipt, settle
from marketplace.refusal import GoneAway, Refusal

RETURN, TELL = "payments.return_suspense", "payments.tell_unreturned"
LOOK_AGAIN = timedelta(hours=1)
MOST = 100
AT_STRIPE = "stripe:"


class NothingFits(Refusal):
    """No payment asks for just this money."""


class AlreadyEnded(Refusal):
    """Somebody has said already what becomes of this money."""


@dataclass(frozen=True)
class Money:
    """Money in suspense: `amount` in whole units of `currency`, on which account (and of which shop) it lies.

    `why` it is nobody's is a word of `settling.py`, `told` the payment's reference that came with it, `source` names
    the money. It `is_returning` from the moment at which the office has said so until it is sent.
    """

    id: int
    amount: int
    currency: str
    at: datetime
    source: str
    why: str
    told: str
    account: Account
    shop_id: int | None
    is_returning: bool


def in_suspense() -> list[Money]:
    """What waits for the office, or is on its way back, the oldest first."""
    return [_money(*row) for row in db.session.execute(_open().order_by(Journal.id).limit(MOST))]


def money_of(journal_id: int) -> Money:
    """One of them. Raises GoneAway when it is none, AlreadyEnded when it is none any more."""
    row = db.session.execute(_open().where(Journal.id == journal_id)).one_or_none()
    if row is not None:
        return _money(*row)
    if db.session.scalar(select(Journal.id).where(Journal.id == journal_id, Journal.kind == JournalKind.SUSPENSE)):
        raise AlreadyEnded(_("Uang ini sudah diselesaikan."))
    raise GoneAway(_("Uang ini tidak ada."))


def _waiting(journal_id: int) -> Money:
    money = money_of(journal_id)
    if money.is_returning:
        raise AlreadyEnded(_("Uang ini sudah diselesaikan."))
    return money


def assign(journal_id: int, payment_ids: Sequence[int], officer_id: int) -> None:
    """Book it on the one of these payments that asks for it, as if it had been told right. Raises NothingFits."""
    with writing():
        money = _waiting(journal_id)
        payment = db.session.scalar(_fitting(money).where(Payment.id.in_(payment_ids)).limit(1))
        if payment is None:
            raise NothingFits(_("Tidak ada pembayaran pesanan ini yang menunggu uang sebesar itu."))
        _end(money, Side(money.account, -money.amount, money.shop_id), officer_id, payment.reference)
        place = Place(payment.account, payment.booked_on, payment.shop_id)
        told = {"currency": money.currency, "source": money.source, "by": Actor.OFFICER, "actor_id": officer_id}
        if settle(Receipt(payment.reference, money.amount, place=place, **told)) != Outcome.BOOKED:  # type: ignore[arg-type]
            raise NothingFits(_("Tidak ada pembayaran pesanan ini yang menunggu uang sebesar itu."))


def give_back(journal_id: int, reason: str, officer_id: int) -> None:
    """Send it back to where it came from; what Stripe has is sent by a job, anything else by hand."""
    with writing():
        money = _waiting(journal_id)
        _end(money, Side(Account.REFUND_CLEARING, -money.amount), officer_id, reason)
        _send(money, again=False)


def send_again(journal_id: int) -> None:
    """Try once more what the bank had not taken; nothing when it is not on its way back."""
    with writing():
        money = money_of(journal_id)
        if money.is_returning:
            _send(money, again=True)


def send_back(journal_id: int, again: bool) -> None:
    """Job `payments.return_suspense`; `again` after the bank had not taken it.

    Raises stripe.StripeError, and then asks again under the same key.
    """
    try:
        money = money_of(journal_id)
    except AlreadyEnded:
        return
    status = stripe_card.refund_whole(money.source.removeprefix(AT_STRIPE), f"suspense-{journal_id}", again)
    if status == "succeeded":
        sent(journal_id, None)
        return
    with writing():
        if status == "failed":
            enqueue(TELL, journal_id=journal_id)
        else:
            enqueue(RETURN, due_at=now() + LOOK_AGAIN, journal_id=journal_id, again=False)


def sent(journal_id: int, officer_id: int | None) -> None:
    """It is back with whoever had paid it, as Stripe or the officer says."""
    with writing():
        money = money_of(journal_id)
        sides = [Side(Account.REFUND_CLEARING, money.amount), Side(money.account, -money.amount, money.shop_id)]
        if money.is_returning and ledger.post(JournalKind.SUSPENSE_SENT, money.source, sides, currency=money.currency):
            audit.record("sent_back", "suspense", money.id, actor_id=officer_id)


def _send(money: Money, *, again: bool) -> None:
    if money.source.startswith(AT_STRIPE):
        enqueue(RETURN, journal_id=money.id, again=again)


def _end(money: Money, to: Side, officer_id: int, note: str) -> None:
    """Take it out of suspense, once: whoever comes second is told so."""
    sides = [Side(Account.SUSPENSE, money.amount), to]
    if ledger.post(JournalKind.SUSPENSE_ENDED, money.source, sides, currency=money.currency, note=note) is None:
        raise AlreadyEnded(_("Uang ini sudah diselesaikan."))
    audit.record("end", "suspense", money.id, actor_id=officer_id)


def _fitting(money: Money) -> Select[Payment]:
    """Payments that ask for this money and have not got it; money on a strange account is none of ours."""
    same = (Payment.due == money.amount, Payment.currency == money.currency, Payment.booked_on == money.account)
    where = Payment.shop_id.is_(None) if money.shop_id is None else Payment.shop_id == money.shop_id
    found = select(Payment).where(*same, where, Payment.state.not_in(states.SETTLED_STATES))
    return (found.where(false()) if money.why == "account" else found).order_by(Payment.id.desc())


def _open() -> Select[Journal, int, Account, int | None, bool]:
    """Money in suspense with where it lies, and whether it goes back."""
    ended, done = aliased(Journal), aliased(Journal)
    has_ended = exists().where(ended.kind == JournalKind.SUSPENSE_ENDED, ended.reference == Journal.reference)
    going = has_ended.where(Entry.journal_id == ended.id, Entry.account == Account.REFUND_CLEARING)
    is_sent = exists().where(done.kind == JournalKind.SUSPENSE_SENT, done.reference == Journal.reference)
    lies = aliased(Entry)
    found = select(Journal, lies.amount, lies.account, lies.shop_id, going.correlate(Journal))
    found = found.join(lies, (lies.journal_id == Journal.id) & (lies.account != Account.SUSPENSE))
    return found.where(Journal.kind == JournalKind.SUSPENSE, ~has_ended | (going.correlate(Journal) & ~is_sent))


def _money(journal: Journal, amount: int, account: Account, shop_id: int | None, is_returning: bool) -> Money:
    why, _colon, told = journal.note.partition(": ")
    return Money(
        id=journal.id,
        amount=amount,
        currency=journal.currency,
        at=journal.at,
        source=journal.reference,
        why=why,
        told=told,
        account=account,
        shop_id=shop_id,
        is_returning=is_returning,
    )
