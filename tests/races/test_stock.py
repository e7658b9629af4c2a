"""Two hundred buyers want twenty units: exactly twenty are sold, and nobody sees an error of ours."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.catalog.models import Variant
from marketplace.db import db, writing
from marketplace.orders.models import Order, OrderLine
from marketplace.wiring import CHECKS
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address
from tests.races.crowd import race

pytestmark = pytest.mark.slow
PROCESSES, BUYERS, UNITS = 8, 200, 20


def put_on_shelf(app: Flask, market: Market, units: int, *names: str) -> list[int]:
    ids = [market.variants[name] for name in names]
    with app.app_context(), writing() as session:
        session.execute(update(Variant).where(Variant.id.in_(ids)).values(on_hand=units))
    return ids


def sold(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.coalesce(func.sum(OrderLine.quantity), 0))) or 0


def breaches(app: Flask) -> list[str]:
    with app.app_context():
        return [line for check in CHECKS for line in check()]


def sell(app: Flask, folder: Path, carts: list[list[int]], **plan: Any) -> list[int]:
    share = {"buyers": BUYERS // PROCESSES, "carts": carts, **plan}
    return race(app, folder, [share] * PROCESSES)


def test_exactly_what_is_there_is_sold(app: Flask, market: Market, tmp_path: Path) -> None:
    (onde,) = put_on_shelf(app, market, UNITS, "onde")
    statuses = sell(app, tmp_path, [[onde]])
    assert max(statuses) < 500
    assert sold(app) == UNITS
    assert breaches(app) == []


def test_without_the_guard_it_would_not(app: Flask, market: Market, tmp_path: Path) -> None:
    (onde,) = put_on_shelf(app, market, UNITS, "onde")
    statuses = sell(app, tmp_path, [[onde]], buyers=6, without_guard=True)
    assert max(statuses) >= 500 or sold(app) != UNITS or breaches(app)


def test_carts_in_opposite_order_do_not_deadlock(app: Flask, market: Market, tmp_path: Path) -> None:
    first, second = put_on_shelf(app, market, UNITS, "onde", "sepatu 39 Hitam")
    statuses = sell(app, tmp_path, [[first, second], [second, first]], buyers=8)
    assert max(statuses) < 500
    assert sold(app) == 2 * UNITS
    assert breaches(app) == []


def test_one_form_sent_twenty_times_is_one_order(app: Flask, market: Market, client: Browser, tmp_path: Path) -> None:
    fill_cart(client, market, onde=1)
    summary = give_address(client)
    fields = {e.get("name"): e.get("value") for e in summary.form("/checkout/pesan").iter("input")}
    cookie = client.client.get_cookie("sesi")
    assert cookie is not None
    form = {"cookie": cookie.value, "fields": {name: fields[name] for name in ("kunci", "total", "dilihat")}}
    statuses = race(app, tmp_path, [{"same_form": form, "times": 4}] * 5)
    assert statuses == [303] * 20
    with app.app_context():
        assert db.session.scalar(select(func.count(Order.id))) == 1
    assert breaches(app) == []
