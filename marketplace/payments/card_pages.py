"""Hosted pages from asking to the end: opened for a buyer, read again by everyone who wants to know, closed in time."""

from datetime import timedelta

import stripe
import structlog
from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace import jobs
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.payments import locks, states, stripe_card
from marketplace.payments.card_models import LIVE_STATES, CardSession, CardState
from marketplace.payments.models import Actor, Payment, PaymentState
from marketplace.payments.payables import News, payable
from marketplace.payments.settling import Outcome, settle
from marketplace.payments.stripe_card import HostedPage
from marketplace.refusal import Refusal

OPEN_FOR = timedelta(minutes=31)  # Stripe refuses less than 30 by its own clock
HELD_FOR = timedelta(minutes=35)  # the goods wait a little longer than the page
MOST_PAGES = 5
END = "payments.end_card"
log = structlog.get_logger()


class CardUnreachable(Refusal):
    """Stripe does not answer; nothing is lost, the buyer may try again."""


def page_url(payment_id: int, back_url: str, language: str) -> str:
    """Where the buyer pays by card: the page that is open, or a new one.

    Raises PaymentMoved when there is nothing to pay (any more), CardUnreachable.
    """
    asked_id = _ask(payment_id, back_url, language)
    try:
        look(asked_id)
    except stripe.StripeError as error:
        log.warning("card.unreachable", error=type(error).__name__)
        raise CardUnreachable(
            _("Halaman pembayaran kartu sedang tidak bisa dibuka. Coba lagi sebentar lagi.")
        ) from error
    page = db.session.get_one(CardSession, asked_id, populate_existing=True)
    if page.state != CardState.OPEN:
        raise _moved()
    return page.url


def _ask(payment_id: int, back_url: str, language: str) -> int:
    """The id of the payment's live page, or of a new one; the goods are held as long as it can be paid."""
    with writing() as session:
        payment = session.scalar(select(Payment).where(Payment.id == payment_id).with_for_update())
        live = _live(payment_id)
        if live is not None:
            return live
        count = session.scalar(select(func.count()).where(CardSession.payment_id == payment_id)) or 0
        if payment is None or payment.state != PaymentState.OPEN or count >= MOST_PAGES:
            raise _moved()
        at = now()
        asked = CardSession(
            payment_id=payment_id,
            key=f"{payment.reference}-{count + 1}",
            back_url=back_url,
            language=language,
            expires_at=at + OPEN_FOR,
        )
        session.add(asked)
        session.flush()
        payment.deadline = at + HELD_FOR
        jobs.enqueue(END, due_at=payment.deadline, payment_id=payment_id)
        return asked.id


def look(card_id: int) -> None:
    """Ask Stripe how a page stands and act on it. Raises stripe.StripeError.

    Whoever looks first settles, everybody else changes nothing. A page whose time is over is closed first: the goods
    are free only when Stripe says that nobody can pay any more.
    """
    asked = db.session.get_one(CardSession, card_id, populate_existing=True)
    if asked.state == CardState.PAID:
        return
    payment = db.session.get_one(Payment, asked.payment_id, populate_existing=True)
    try:
        page = _read(asked, payment)
    except stripe_card.NeverOpened:
        page = HostedPage("", asked.key, CardState.OVER, "")
    with writing():
        learn(card_id, page)


def look_at_payment(payment_id: int) -> None:
    """What the return page does: look at the page that may have been paid on. Raises stripe.StripeError."""
    live = _live(payment_id)
    if live is not None:
        look(live)


def end(payment_id: int) -> None:
    """Job `payments.end_card`: the time of a payment is over, whether or not somebody has opened a page for it."""
    look_at_payment(payment_id)
    with writing():
        deadline = locks.locked(payment_id).deadline
        if _live(payment_id) is None and deadline is not None and deadline <= now():
            _give_up(payment_id)


def withdraw(payment_id: int) -> None:
    """Close the open page of a payment that stays open itself. Raises CardUnreachable, PaymentMoved (it was paid)."""
    live = _live(payment_id)
    if live is None:
        return
    try:
        asked, payment = db.session.get_one(CardSession, live), db.session.get_one(Payment, payment_id)
        page = stripe_card.close_page(asked.session_id or _read(asked, payment).id, payment)
    except (stripe.StripeError, stripe_card.NeverOpened) as error:
        raise _unreachable(error) from error
    with writing():
        learn(live, page, ends_payment=False)
    if page.state != CardState.OVER:
        raise _moved()


def _live(payment_id: int) -> int | None:
    mine = (CardSession.payment_id == payment_id, CardSession.state.in_(LIVE_STATES))
    return db.session.scalar(select(CardSession.id).where(*mine))


def _read(asked: CardSession, payment: Payment) -> HostedPage:
    if asked.session_id is None:
        page = stripe_card.open_page(asked, payment, _("Pesanan %(number)s", number=payment.reference))
    else:
        page = stripe_card.read_page(asked.session_id, payment)
    if page.state == CardState.OPEN and payment.deadline is not None and payment.deadline <= now():
        return stripe_card.close_page(page.id, payment)
    return page


def learn(card_id: int, page: HostedPage, *, ends_payment: bool = True) -> None:
    """Inside writing(): keep what Stripe said of a page, and let the payment follow."""
    payment_id = db.session.get_one(CardSession, card_id).payment_id
    locks.locked(payment_id)
    found = select(CardSession).where(CardSession.id == card_id).with_for_update()
    asked = db.session.scalars(found.execution_options(populate_existing=True)).one()
    if asked.state == CardState.PAID or (asked.state == CardState.OVER and page.state != CardState.PAID):
        return
    asked.session_id, asked.url, asked.state = page.id or None, page.url, page.state
    db.session.flush()
    if page.receipt is not None and settle(page.receipt) != Outcome.SUSPENSE:
        return
    if page.state == CardState.PAID or (page.state == CardState.OVER and ends_payment):
        _give_up(asked.payment_id)


def _give_up(payment_id: int) -> None:
    """Nobody can pay this any more: what it was for hears of it, once."""
    payment = locks.locked(payment_id)
    if payment.state not in states.PAYABLE_STATES:
        return
    states.transition(payment.id, PaymentState.EXPIRED, by=Actor.SYSTEM)
    for part in payment.parts:
        payable(part.kind).expired(part.item_id, News(payment, Actor.SYSTEM))


def _moved() -> states.PaymentMoved:
    return states.PaymentMoved(_("Pembayaran ini sudah berubah. Muat ulang halaman ini."))


def _unreachable(error: Exception) -> CardUnreachable:
    log.warning("card.unreachable", error=type(error).__name__)
    return CardUnreachable(_("Halaman pembayaran kartu sedang tidak bisa dibuka. Coba lagi sebentar lagi."))
