"""Paying by card on Stripe's hosted page: the operator is paid, once for all orders of a checkout."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db
from marketplace.jobs import enqueue
from marketplace.payments import card_pages, card_refunds
from marketplace.payments.card_models import LIVE_STATES, CardSession, CardState
from marketplace.payments.models import Payment, PaymentState, Refund
from marketplace.payments.port import Sale, ShopTerms, Start, WayToPay
from marketplace.payments.stripe_card import PLACE


class Card(WayToPay):
    """The page is opened after the order stands; the goods are held until Stripe says that nobody can pay any more."""

    code = "stripe_card"
    is_prepaid = True
    is_shared = True
    ends_by_clock = False

    def label(self) -> str:
        """As on every page."""
        return _("Kartu debit atau kredit")

    def is_offered(self, sale: Sale, terms: ShopTerms) -> bool:
        """Whatever the shop says: the operator is paid. Not without keys, and not for less than the minimum."""
        known = settings()
        return bool(known.stripe_secret_key) and sale.amount >= known.card_minimum

    def start(self, sale: Sale) -> Start:
        """Its end is not a matter of our clock, so `opened` sees to that."""
        return Start(PaymentState.OPEN, PLACE)

    def opened(self, payment: Payment) -> None:
        """The goods are held for so long, page or no page."""
        payment.deadline = now() + card_pages.HELD_FOR
        enqueue(card_pages.END, due_at=payment.deadline, payment_id=payment.id)

    def shown(self, payment: Payment) -> dict[str, Any]:
        """A button, as long as it can be paid; what the bank has not told yet."""
        return {"template": "payments/_card.html", "is_waiting": _live_state(payment) == CardState.WAITING}

    def confirm(self, payment: Payment) -> str:
        """Only Stripe can say so."""
        raise NotImplementedError("money by card is booked from what Stripe says")

    def cancel(self, payment: Payment) -> bool:
        """The page is closed outside this transaction; until then somebody may pay on it, and others wait with it."""
        payment.deadline = now()
        enqueue(card_pages.END, payment_id=payment.id)
        return False

    def refund(self, refund: Refund) -> None:
        """Stripe sends it."""
        enqueue(card_refunds.SEND, refund_id=refund.id)

    def withdraw(self, payment: Payment) -> None:
        """Close the page; the payment itself stays open for what the buyer does next."""
        card_pages.withdraw(payment.id)


def _live_state(payment: Payment) -> CardState | None:
    mine = (CardSession.payment_id == payment.id, CardSession.state.in_(LIVE_STATES))
    return db.session.scalar(select(CardSession.state).where(*mine))


CARD = Card()
