"""Goods of equal points take turns: by the day, the same in whole lists and among candidates, stable while paging."""

from collections import Counter
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.catalog import newcomers, rotation
from marketplace.catalog.facet_counts import SITE, stored
from marketplace.catalog.models import Product
from marketplace.catalog.ranking import FRESH_DAYS, FRESH_POINTS, STEP
from marketplace.catalog.scopes import Kind, Scope
from marketplace.catalog.search import find
from marketplace.clock import now
from marketplace.db import db, writing
from tests.factories import Market, make_product, make_shop, make_user

SHOPS, EACH = 7, 9


@pytest.fixture
def street(app: Flask, market: Market) -> Market:
    """Seven shops with nine goods each: seven of equal points, one without stock, one with a description."""
    with app.app_context(), writing():
        for shop_number in range(SHOPS):
            shop = make_shop(f"Toko {shop_number}", make_user(f"Warga {shop_number}"))
            for n in range(EACH):
                variants: list[dict[str, object]] = [{"price": 5_000, "on_hand": n and 5, "weight_grams": 300}]
                told = {"description": "x" * 100} if n == 1 else {"description": ""}
                make_product(shop, f"Kain {shop_number} {n}", "batik", variants, **told)
    return market


def walk(day: int) -> list[int]:
    """The ids of all goods, page after page, at noon of a day in December."""
    shown: list[int] = []
    cursor = ""
    with time_machine.travel(f"2026-12-{day:02}T05:00:00+00:00", tick=False):
        while True:
            page = rotation.slice_of(Scope(), stored(SITE), cursor)
            shown += [card.id for card in page.cards]
            if not (cursor := page.after):
                return shown


def quality(id: int) -> int:
    return db.session.get_one(Product, id, populate_existing=True).quality


@pytest.mark.parametrize("small", [0, 3, 20, 1000])
def test_every_page_together_is_everything_once_in_the_order_of_the_candidates(
    app: Flask, street: Market, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(rotation, "SMALL", small)
    monkeypatch.setattr(rotation, "PAGE", 5)
    with app.app_context():
        for day in range(1, 7):
            shown = walk(day)
            assert len(shown) == len(set(shown)) == SHOPS * EACH + 2
            with time_machine.travel(f"2026-12-{day:02}T05:00:00+00:00", tick=False):
                found = [one.id for one in find("", [["ada_1"]]).candidates]
            assert [id for id in shown if id in set(found)] == found


def test_no_shop_is_always_first(app: Flask, street: Market) -> None:
    with app.app_context():
        shop_of = {product.id: product.shop_id for product in db.session.query(Product)}
        firsts = Counter(shop_of[walk(day)[0]] for day in range(1, 29))
    assert len(firsts) >= SHOPS - 2
    assert max(firsts.values()) <= 14


def test_a_list_goes_on_in_the_order_of_the_day_it_was_begun(app: Flask, street: Market) -> None:
    with app.app_context():
        whole = walk(3)
        with time_machine.travel("2026-12-03T16:59:00+00:00", tick=False):
            first = rotation.slice_of(Scope(), stored(SITE), "")
        with time_machine.travel("2026-12-03T17:01:00+00:00", tick=False):
            second = rotation.slice_of(Scope(), stored(SITE), first.after)
        assert [card.id for card in (*first.cards, *second.cards)] == whole[:48]


@pytest.mark.parametrize("cursor", ["1.1", "9223372036854775807.9223372036854775807", "1", "0.0", "x", "5.5.5"])
def test_a_cursor_of_ones_own_making_breaks_nothing(app: Flask, street: Market, cursor: str) -> None:
    with app.app_context():
        for kind in Kind:
            rotation.slice_of(Scope(kind, 1), stored(SITE), cursor)


def test_newcomers_stand_before_their_equals_for_a_month(app: Flask, street: Market) -> None:
    with app.app_context():
        with writing():
            shop = make_shop("Toko baru", make_user("Baru"))
            variants: list[dict[str, object]] = [{"price": 5_000, "on_hand": 5, "weight_grams": 1}]
            new = make_product(shop, "Kain baru", "batik", variants, description="", created_at=now()).id
        assert quality(new) % STEP == FRESH_POINTS
        order = walk(3)
        equals = [id for id in order if quality(id) == quality(new) - FRESH_POINTS]
        assert len(equals) >= 7 * SHOPS and all(order.index(new) < order.index(id) for id in equals)
        with time_machine.travel(now() + timedelta(days=FRESH_DAYS)):
            newcomers.settle_newcomers()
        assert quality(new) % STEP == 0
