"""A fake Stripe for each test, and the SDK that talks to it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from stripe import StripeClient
from stripe.checkout import Session

from tests.fakestripe.server import FakeStripe


@pytest.fixture
def fake() -> Iterator[FakeStripe]:
    """A fresh one on a free port."""
    with FakeStripe() as running:
        yield running


@pytest.fixture
def sdk(fake: FakeStripe) -> StripeClient:
    """The real SDK, with little patience."""
    return fake.client(timeout=2)


@pytest.fixture
def open_session(sdk: StripeClient) -> Callable[..., Session]:
    """`open_session(rupiah=50_000)`: a session as the market would open it."""

    def open_one(rupiah: int = 50_000, key: str | None = None, **more: Any) -> Session:
        price = {"currency": "idr", "unit_amount": rupiah * 100, "product_data": {"name": "Onde-onde"}}
        given: Any = {
            "mode": "payment",
            "line_items": [{"price_data": price, "quantity": 1}],
            "success_url": "http://shop.test/back?session={CHECKOUT_SESSION_ID}",
            "cancel_url": "http://shop.test/cancel",
            "metadata": {"payment": "7"},
        }
        options: Any = {"idempotency_key": key} if key else {}
        return sdk.v1.checkout.sessions.create(given | more, options)

    return open_one
