"""What two do in the same moment happens once, though both have looked before either has written."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, BrokenBarrierError

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.db import db, writing
from marketplace.orders import carts, checkout
from marketplace.orders.checkout import NothingToOrder, place_order
from marketplace.orders.models import Cart, CartLine, Order
from marketplace.orders.summary import summarise
from marketplace.payments import ledger
from marketplace.payments.books import JournalKind
from marketplace.payments.models import Payment, PaymentState
from marketplace.payments.settling import Outcome, settle
from tests.factories import Market
from tests.payments.money import make_payment, receipt_for, wire

PICKUP = {"contact": {"name": "Siti", "phone": "6281200000000"}, "address": None}


def at_once(app: Flask, act: Callable[[int], object], times: int = 2) -> list[object]:
    """What `act(n)` gave or raised in each of several threads that begin together."""
    start = Barrier(times)

    def one(n: int) -> object:
        with app.test_request_context():
            start.wait()
            try:
                return act(n)
            except Exception as error:
                return type(error)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_two_tabs_order_one_cart_once(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.app_context():
        carts.add(market.people["siti"], None, market.variants["onde"], 2)
        cart = db.session.scalars(select(Cart.id)).one()
    slowly = Barrier(2)

    def wait_and_summarise(*given: object) -> object:
        """Both have read the cart before either takes anything, if the lock lets them."""
        priced = summarise(*given)  # type: ignore[arg-type]
        try:
            slowly.wait(1)
        except BrokenBarrierError:
            pass
        return priced

    monkeypatch.setattr(checkout, "summarise", wait_and_summarise)

    def order(n: int) -> str:
        return place_order(cart, PICKUP, key=f"tab {n}", user_id=None, expected_total=50_000)

    answers = at_once(app, order)
    assert answers.count(NothingToOrder) == 1, answers
    with app.app_context():
        assert db.session.scalar(select(func.count(Order.id))) == 1
        assert db.session.scalar(select(func.count(CartLine.id))) == 0


def test_money_settles_once_for_a_crowd(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    things = wire(app, monkeypatch)
    with app.app_context(), writing():
        payment = make_payment(market.shops["bu_ani"], 50_000)
    post, both = ledger.post, Barrier(2)

    def post_together(*given: object, **more: object) -> object:
        try:
            both.wait(1)
        except BrokenBarrierError:
            pass
        return post(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ledger, "post", post_together)

    def tell(_n: int) -> Outcome:
        with writing():
            return settle(receipt_for(payment))

    assert sorted(map(str, at_once(app, tell))) == [Outcome.ALREADY, Outcome.BOOKED]
    assert len(things.heard) == 1
    with app.app_context():
        assert db.session.get_one(Payment, payment.id).state == PaymentState.CAPTURED
        assert db.session.scalar(select(func.count()).where(ledger.Journal.kind == JournalKind.CAPTURE)) == 1


def test_somebodys_first_goods_at_once_make_a_cart_of_their_own(app: Flask, market: Market) -> None:
    names = [name for name in market.variants if name.startswith("sepatu")][:4]
    with app.app_context():
        others = carts.add(market.people["joko"], None, market.variants["onde"], 1)
    put = at_once(app, lambda n: carts.add(market.people["siti"], None, market.variants[names[n]], 1), 4)
    assert len(set(put)) == 1 and others not in put, put
