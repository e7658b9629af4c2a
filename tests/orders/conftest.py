"""Fixtures of tests about orders: a worker that links the audit trail, and an order to be paid by transfer."""

from collections.abc import Callable

import pytest
from flask import Flask

from marketplace import chain
from marketplace.wiring import FOLLOWERS
from tests.browser import Browser
from tests.factories import Market
from tests.payments.shopping import Purchase, SignIn, buy_by_transfer


@pytest.fixture
def work(app: Flask, run_jobs: Callable[[], int]) -> Callable[[], None]:
    """What the worker does: link, then the jobs that follow."""

    def once() -> None:
        with app.app_context():
            chain.link(FOLLOWERS)
        run_jobs()

    return once


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market) -> Purchase:
    return buy_by_transfer(app, client, market)


@pytest.fixture
def ani(signed_in: SignIn) -> Browser:
    """The browser of the shop."""
    return signed_in("bu_ani")


@pytest.fixture
def rina(signed_in: SignIn) -> Browser:
    """The browser of the office."""
    return signed_in("bu_rina")
