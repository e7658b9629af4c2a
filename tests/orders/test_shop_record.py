"""What a shop's orders say of the shop: how many it kept, and that a suspended one moves none."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Order, State
from marketplace.sellers.models import Shop
from marketplace.sellers.verification import suspend
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import numbers_of, order

SignIn = Callable[[str], Browser]


@pytest.fixture
def number(client: Browser, market: Market) -> str:
    """An order of two boxes of onde-onde, brought by the shop."""
    return numbers_of(order(client, market, onde=2))[0]


@pytest.mark.parametrize("name", ["terima", "tolak"])
def test_a_suspended_shop_sees_its_order_and_moves_it_not(
    app: Flask, market: Market, signed_in: SignIn, number: str, name: str
) -> None:
    with app.app_context():
        suspend(market.shops["bu_ani"], market.people["bu_rina"], "Pemeriksaan")
    desk = signed_in("bu_ani")
    page = desk.get(f"/jualan/pesanan/{number}")
    assert "Petugas kantor menyelesaikan" in page.text
    assert not any(number in (form.get("action") or "") for form in page.all("form"))
    answer = desk.post(f"/jualan/pesanan/{number}/{name}", {"alasan": "x"})
    assert answer.status == 409 and "ditangguhkan" in answer.text
    with app.app_context():
        assert db.session.scalars(select(Order.state).where(Order.number == number)).one() == State.PLACED


def test_what_arrives_and_what_the_shop_calls_off_counts_for_it(
    app: Flask, client: Browser, market: Market, signed_in: SignIn, number: str
) -> None:
    desk = signed_in("bu_ani")
    for step in ("terima", "kirim", "sampai"):
        desk.post(f"/jualan/pesanan/{number}/{step}", follow=True)
    assert _record(app, market) == (1, 0)
    refused, changed = (numbers_of(order(client, market, onde=1))[0] for _ in range(2))
    desk.post(f"/jualan/pesanan/{refused}/tolak", {"alasan": "Wajan rusak"})
    with app.app_context():
        fulfilment.cancel(_id(changed), by=Actor.BUYER, actor_id=None)
    assert _record(app, market) == (1, 1)


def _record(app: Flask, market: Market) -> tuple[int, int]:
    with app.app_context():
        shop = db.session.get_one(Shop, market.shops["bu_ani"])
        return shop.orders_done, shop.orders_lost


def _id(number: str) -> int:
    return db.session.scalars(select(Order.id).where(Order.number == number)).one()
