"""A market that takes cards, at the fake Stripe."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.payments import card_pages, ledger
from marketplace.payments.card_models import CardEvent, CardSession
from marketplace.payments.ledger import Balances
from marketplace.payments.models import Payment, PaymentState
from marketplace.wiring import CHECKS
from tests.fakestripe.bank import Item
from tests.fakestripe.server import API_KEY, FakeStripe
from tests.payments.money import Things, make_payment

SECRET = "whsec_fake"
BACK = "http://localhost/lacak/abc"


@dataclass
class Till:
    """The market's side of card payments."""

    app: Flask
    fake: FakeStripe
    things: Things

    def ask(self, *amounts: int) -> int:
        """A payment by card for things worth so many rupiah; its id."""
        with self.app.app_context(), writing():
            return make_payment(None, *(amounts or (37_500, 12_500)), way="stripe_card", account="stripe").id

    def open(self, payment_id: int) -> str:
        """Open the hosted page of a payment; the session's id."""
        with self.app.app_context():
            url = card_pages.page_url(payment_id, BACK, "id")
        return url.rsplit("/", 1)[1]

    def look(self, payment_id: int) -> None:
        """What the return page does."""
        with self.app.app_context():
            for id in db.session.scalars(select(CardSession.id).where(CardSession.payment_id == payment_id)).all():
                card_pages.look(id)

    def state(self, payment_id: int) -> PaymentState:
        """How a payment stands."""
        with self.app.app_context():
            return db.session.get_one(Payment, payment_id).state

    def balances(self) -> Balances:
        """The ledger."""
        with self.app.app_context():
            return ledger.balances()

    def rows(self, model: Any) -> list[Any]:
        """Every row of a table."""
        with self.app.app_context():
            return list(db.session.scalars(select(model).order_by(model.id)))

    def breaches(self) -> list[str]:
        """What `flask check` says."""
        with self.app.app_context():
            return [line for check in CHECKS for line in check()]

    def events(self, session_id: str) -> list[Item]:
        """What Stripe has told, or would have, of a session."""
        from stripe import Event

        found = [event for event in self.fake.bank.all(Event) if event["data"]["object"]["id"] == session_id]
        return found[::-1]

    def hear(self, event: Item, signature: str | None = None, body: bytes | None = None) -> int:
        """Deliver a webhook; the status of the answer."""
        right_body, right_signature = self.fake.postman.signed(event)
        headers = {"Stripe-Signature": right_signature if signature is None else signature}
        data = right_body if body is None else body
        with self.app.test_client() as client:
            return client.post("/webhook/stripe", data=data, headers=headers).status_code

    def count_events(self) -> int:
        """How many events are kept."""
        return len(self.rows(CardEvent))


def settings_of(fake: FakeStripe) -> dict[str, Any]:
    """The settings of a market that takes cards there."""
    return {"stripe_secret_key": API_KEY, "stripe_api_url": fake.url, "stripe_webhook_secrets": (SECRET,)}
