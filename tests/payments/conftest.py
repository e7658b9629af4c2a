"""The till of a market that takes cards."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask

from marketplace.payments import stripe_client
from tests.browser import Browser
from tests.factories import Market
from tests.fakestripe.server import FakeStripe
from tests.payments.cards import Till, settings_of
from tests.payments.money import wire
from tests.payments.shopping import SignIn


@pytest.fixture
def till(app: Flask, change_settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Till]:
    """Keys, a fake Stripe that is not waited for as long as the real one, and things to pay for."""
    monkeypatch.setattr(stripe_client, "TIMEOUT_SECONDS", 2)
    with FakeStripe() as fake:
        change_settings(**settings_of(fake))
        yield Till(app, fake, wire(app, monkeypatch))


@pytest.fixture
def shop_ids(market: Market) -> list[int]:
    """Both shops."""
    return [market.shops["bu_ani"], market.shops["pak_budi"]]


@pytest.fixture
def ani(signed_in: SignIn) -> Browser:
    """The browser of the shop."""
    return signed_in("bu_ani")


@pytest.fixture
def rina(signed_in: SignIn) -> Browser:
    """The browser of the office."""
    return signed_in("bu_rina")
