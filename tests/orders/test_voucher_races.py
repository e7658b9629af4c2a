"""Many checkouts want one voucher, or two people call its orders off: uses are counted right, whoever is faster."""

from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from marketplace import counters
from marketplace.db import db
from marketplace.orders import carts, checkout, fulfilment, vouchers
from marketplace.orders.models import Actor
from marketplace.orders.summary import Summary, summarise
from marketplace.orders.voucher_models import Voucher, VoucherBuyer
from marketplace.orders.vouchers import NotUsable
from tests.browser import Browser
from tests.factories import Market
from tests.guards.test_at_once import at_once
from tests.orders.offers import buy_with, held, offer, orders
from tests.orders.test_vouchers import breaches


def test_twenty_at_once_on_a_voucher_of_five(app: Flask, market: Market) -> None:
    voucher = offer(app, market, "LIMA", "bu_ani", total=5)
    assert _rush(app, market, "LIMA", range(20)) == {"ordered": 5, "refused": 15}
    assert (held(app, voucher), breaches(app)) == (5, [])


def test_one_phone_number_in_six_tabs(app: Flask, market: Market) -> None:
    voucher = offer(app, market, "DUA", "bu_ani", per_buyer=2)
    assert _rush(app, market, "DUA", [1] * 6) == {"ordered": 2, "refused": 4}
    assert (held(app, voucher), breaches(app)) == (2, [])


def test_without_the_guard_more_would_use_it(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    offer(app, market, "LIMA", "bu_ani", total=5)
    monkeypatch.setattr(counters, "take", lambda *_given: True)
    assert _rush(app, market, "LIMA", range(8))["ordered"] > 5
    assert breaches(app)


@pytest.mark.parametrize("whose", ["everybody's", "this number's"])
def test_a_use_that_goes_after_the_price_was_looked_at_is_not_taken_twice(
    app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    voucher = offer(app, market, "SATU", "bu_ani")
    cart_id, draft, total = _priced(app, market, "SATU", "6281200000000")

    def and_then_it_is_gone(*given: Any) -> Summary:
        summary = summarise(*given)
        if whose == "everybody's":
            db.session.execute(
                update(Voucher).values(held=Voucher.on_hand).execution_options(synchronize_session=False)
            )
        else:
            db.session.add(VoucherBuyer(voucher_id=voucher, phone="6281200000000", on_hand=1, held=1))
        return summary

    monkeypatch.setattr(checkout, "summarise", and_then_it_is_gone)
    with app.test_request_context(), pytest.raises(NotUsable):
        checkout.place_order(cart_id, draft, key="late", user_id=None, expected_total=total)
    assert (orders(app), held(app, voucher), breaches(app)) == ([], 0, [])


def _rush(app: Flask, market: Market, code: str, phones: Sequence[int]) -> Counter[str]:
    """What comes of as many checkouts in the same moment, each with a cart of its own, priced before anybody pays."""
    numbers = [f"62812000000{n:02}" for n in phones]
    plans = [_priced(app, market, code, phone) for phone in numbers]
    start = Barrier(len(plans))

    def order(n: int) -> str:
        cart_id, draft, total = plans[n]
        with app.test_request_context():
            start.wait()
            try:
                checkout.place_order(cart_id, draft, key=f"rush {n}", user_id=None, expected_total=total)
            except NotUsable:
                return "refused"
            return "ordered"

    with ThreadPoolExecutor(len(plans)) as pool:
        return Counter(pool.map(order, range(len(plans))))


def _priced(app: Flask, market: Market, code: str, phone: str) -> tuple[int, dict[str, Any], int]:
    draft = {"contact": {"name": "Siti", "phone": phone}, "address": None, "voucher": code}
    with app.test_request_context():
        cart = carts.cart_of(None, carts.add(None, None, market.variants["onde"], 1))
        assert cart is not None
        return cart.id, draft, summarise(cart.id, draft).total


def test_the_last_two_orders_give_one_use_back(app: Flask, market: Market, client: Browser, monkeypatch) -> None:
    voucher = offer(app, market, "KOTA")
    buy_with(client, market, "KOTA", onde=1, **{"sepatu 39 Hitam": 1})
    ids = [order.id for order in orders(app)]
    look = vouchers._use_of

    def slowly(order_id: int) -> object:
        """Both have called off their order before either commits, if no lock keeps them apart."""
        use = look(order_id)
        sleep(0.3)
        return use

    monkeypatch.setattr(vouchers, "_use_of", slowly)
    at_once(app, lambda n: fulfilment.cancel(ids[n], by=Actor.BUYER, actor_id=None))
    assert (held(app, voucher), breaches(app)) == (0, [])
