"""Carts at their edges: full, of a closed shop, with notes for nobody, opened by two tabs at once."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.catalog.models import Variant
from marketplace.clock import now
from marketplace.db import db
from marketplace.orders import carts
from marketplace.orders.baskets import Basket, basket_of
from marketplace.orders.models import Cart, CartLine, CartNote
from marketplace.sellers.models import Shop
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart
from tests.orders.test_cart import change_row


def basket(app: Flask) -> Basket:
    """What the only cart of the market holds."""
    with app.app_context():
        return basket_of(db.session.scalars(select(Cart.id)).one())


def test_all_goods_of_one_shop_are_one_parcel(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1, "sepatu 40 Hitam": 2})
    assert [len(parcel.lines) for parcel in basket(app).parcels] == [1, 2]


def test_a_note_waits_for_goods_that_can_be_ordered_again(app: Flask, client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    client.submit(page, f"catatan/{market.shops['bu_ani']}", catatan="Tanpa wijen")
    change_row(app, Variant, market.variants["onde"], on_hand=0)
    assert [parcel.note for parcel in basket(app).parcels] == [""]
    change_row(app, Variant, market.variants["onde"], on_hand=1)
    assert [parcel.note for parcel in basket(app).parcels] == ["Tanpa wijen", ""]


def test_an_empty_note_takes_the_old_one_away(app: Flask, client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=1)
    for words in ("Tanpa wijen", " "):
        client.submit(page, f"catatan/{market.shops['bu_ani']}", catatan=words)
    with app.app_context():
        assert db.session.scalar(select(func.count(CartNote.id))) == 0


def test_a_note_without_a_cart_is_nobodys(app: Flask, client: Browser, market: Market) -> None:
    page = client.post(f"/keranjang/catatan/{market.shops['bu_ani']}", {"catatan": "Halo"}, follow=True)
    assert "masih kosong" in page.text
    with app.app_context():
        assert db.session.scalar(select(func.count(CartNote.id))) == 0


def test_a_full_cart_takes_more_of_what_it_has_and_nothing_else(
    client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carts, "MOST_LINES", 1)
    fill_cart(client, market, onde=1)
    fill_cart(client, market, onde=1)
    page = client.post("/keranjang", {"varian": market.variants["sepatu 39 Hitam"], "jumlah": 1})
    assert page.status == 409 and "Keranjang penuh" in page.text


def test_a_closed_shop_is_named(app: Flask, client: Browser, market: Market) -> None:
    change_row(app, Shop, market.shops["bu_ani"], closed_until=now().replace(year=2099))
    page = client.post("/keranjang", {"varian": market.variants["onde"], "jumlah": 1})
    assert page.status == 409 and "Toko Onde-onde Bu Ani sedang tutup" in page.text


def test_a_cart_that_is_gone_brings_nothing_along(
    app: Flask, market: Market, signed_in: Callable[[str], Browser]
) -> None:
    fill_cart(signed_in("siti"), market, onde=3)
    with app.app_context():
        carts.merge(market.people["siti"], "nobody's token")
    assert basket(app).quantities == {market.variants["onde"]: 3}


def test_another_tab_opens_the_cart_between_look_and_insert(
    app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    siti = market.people["siti"]
    with app.app_context():
        token = carts.add(siti, None, market.variants["onde"], 1)
        monkeypatch.setattr(carts, "cart_of", lambda *_: None)
        assert carts.add(siti, None, market.variants["sepatu 39 Hitam"], 1) == token
        assert db.session.scalar(select(func.count(CartLine.id))) == 2
