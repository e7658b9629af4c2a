"""Beli lagi: the same variants into the cart, as far as they can be bought now; what cannot is said."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.db import db
from marketplace.orders.models import CartLine
from marketplace.sellers.models import Shop, ShopState
from tests.browser import Browser, Page
from tests.catalog.goods import change
from tests.factories import Market
from tests.orders.flows import fill_cart, numbers_of, order

SignIn = Callable[[str], Browser]


def quantities(app: Flask) -> dict[int, int]:
    """{variant id: how many} in all carts."""
    with app.app_context():
        return dict(db.session.execute(select(CartLine.variant_id, CartLine.quantity)).all())


@pytest.fixture
def link(client: Browser, market: Market) -> str:
    """A guest's cancelled order of three boxes of onde-onde."""
    receipt = order(client, market, onde=3)
    path = receipt.response.request.path
    client.submit(client.get(path), "/batal")
    return path


def again(browser: Browser, link: str) -> Page:
    return browser.submit(browser.get(link), "/beli-lagi")


def test_a_guest_buys_again_by_link(app: Flask, market: Market, client: Browser, link: str) -> None:
    for _ in range(2):
        page = again(client, link)
    assert page.h1 == "Keranjang" and "dengan harga hari ini" in page.text
    assert quantities(app) == {market.variants["onde"]: 3}
    assert client.client.get_cookie("keranjang").value == "1"  # type: ignore[union-attr]


def test_more_in_the_cart_stays_more(app: Flask, market: Market, client: Browser, link: str) -> None:
    fill_cart(client, market, onde=5)
    again(client, link)
    assert quantities(app) == {market.variants["onde"]: 5}


def test_a_member_buys_again(app: Flask, market: Market, signed_in: SignIn) -> None:
    siti = signed_in("siti")
    (number,) = numbers_of(order(siti, market, **{"sepatu 39 Hitam": 2}))
    assert "Beli lagi" not in siti.get(f"/pesanan/{number}").text
    siti.post(f"/pesanan/{number}/batal")
    again(siti, f"/pesanan/{number}")
    assert quantities(app) == {market.variants["sepatu 39 Hitam"]: 2}
    for stranger in ("joko", "pak_budi"):
        assert signed_in(stranger).post(f"/pesanan/{number}/beli-lagi").status == 404


def test_strangers_find_no_order(client: Browser, link: str) -> None:
    number = client.get(link).all("article")[0].get("id", "").removeprefix("order-")
    assert client.post(f"/lacak/tidak-ada/{number}/beli-lagi").status == 404
    assert client.post(f"{link}/PM-000000-XXXXX/beli-lagi").status == 404


@pytest.mark.parametrize(
    ("model", "values", "told", "held"),
    [
        (Variant, {"on_hand": 2}, "stok tinggal 2", 2),
        (Variant, {"on_hand": 0}, "stok habis", 0),
        (Variant, {"is_offered": False}, "sudah tidak dijual", 0),
        (Product, {"state": ProductState.ARCHIVED}, "sudah tidak dijual", 0),
        (Product, {"min_order": 10}, "sekarang minimal 10", 0),
        (Shop, {"state": ShopState.SUSPENDED}, "tokonya sedang tutup", 0),
    ],
)
def test_what_cannot_be_bought_is_said(
    app: Flask, market: Market, client: Browser, link: str, model: type, values: dict[str, object], told: str, held: int
) -> None:
    ids = {Variant: market.variants["onde"], Product: market.products["onde"], Shop: market.shops["bu_ani"]}
    with app.app_context():
        change(model, ids[model], **values)
    page = again(client, link)
    assert f"Onde-onde isi 10: {told}" in page.text
    assert quantities(app) == ({market.variants["onde"]: held} if held else {})


def test_a_full_cart_says_so(
    app: Flask, market: Market, client: Browser, link: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.orders.carts.MOST_LINES", 0)
    assert "keranjang penuh" in again(client, link).text
    assert quantities(app) == {}
