"""Money that comes while its order is called off: each waits for the other's end, never in a circle."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import fulfilment, holds, money_moves
from marketplace.orders.models import Actor, Order, State
from marketplace.payments import card_pages, expiring
from marketplace.payments.models import Payment
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_promises import order_by_card
from tests.payments.cards import Till
from tests.payments.conftest import till as till  # a fixture
from tests.payments.shopping import buy_by_transfer
from tests.races.test_stock import breaches

Move = Callable[[Order, Payment], object]
SECONDS_TO_WAIT = 0.5  # so that the second has come to where it waits


def call_off_during(app: Flask, monkeypatch: pytest.MonkeyPatch, move: Move) -> None:
    """Let the buyer call the order off, and `move` begin while that has got as far as the order."""
    has_order, goes_on = Event(), Event()
    undo = holds.undo

    def slowly(order_id: int, **how: bool) -> None:
        has_order.set()
        assert goes_on.wait(20)
        undo(order_id, **how)

    monkeypatch.setattr(holds, "undo", slowly)

    def run(step: Move) -> None:
        with app.app_context():
            order, payment = db.session.scalars(select(Order)).one(), db.session.scalars(select(Payment)).one()
            step(order, payment)

    with ThreadPoolExecutor(2) as crowd:
        first = crowd.submit(run, lambda order, _: fulfilment.cancel(order.id, by=Actor.BUYER, actor_id=None))
        assert has_order.wait(20)
        second = crowd.submit(run, move)
        time.sleep(SECONDS_TO_WAIT)
        goes_on.set()
        first.result(30)
        second.result(30)
    with app.app_context():
        assert db.session.scalars(select(Order.state)).one() == State.CANCELLED
    assert breaches(app) == []


def confirm(order: Order, payment: Payment) -> None:
    money_moves.confirm(order.id, payment.reference, by=Actor.SELLER, actor_id=None)


def expire(_order: Order, payment: Payment) -> None:
    expiring.expire(payment.id)


@pytest.mark.parametrize("move", [confirm, expire])
def test_a_transfer(app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch, move: Move) -> None:
    buy_by_transfer(app, client, market)
    with app.app_context(), writing() as session:
        session.execute(update(Payment).values(deadline=now() - timedelta(days=1)))
    call_off_during(app, monkeypatch, move)


def test_a_card(till: Till, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    till.fake.pay(order_by_card(till, market))
    call_off_during(till.app, monkeypatch, lambda _, payment: card_pages.look_at_payment(payment.id))
