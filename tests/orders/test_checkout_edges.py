"""Checkout by people who come without a cart, empty it on the way, press twice, or are a moment too late."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.accounts.models import Address
from marketplace.catalog.models import Variant
from marketplace.db import db, writing
from marketplace.orders import carts, checkout
from marketplace.orders.models import Cart, Order
from marketplace.orders.summary import Summary, summarise
from tests.browser import Browser
from tests.factories import Market, kelurahan_id
from tests.orders.flows import fill_cart, give_address, order, place

PICKUP = {"contact": {"name": "Siti", "phone": "6281200000000"}, "address": None}


def count_orders(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Order.id))) or 0


@pytest.mark.parametrize("path", ["/checkout", "/checkout/ringkasan"])
def test_without_a_cart_there_is_only_the_empty_cart(client: Browser, market: Market, path: str) -> None:
    for page in (client.get(path, follow=True), client.post(path, follow=True)):
        assert page.status == 200 and page.h1 == "Keranjang" and "masih kosong" in page.text


@pytest.mark.parametrize("fields", [{}, {"kunci": "k", "total": "25000", "dilihat": "x"}])
def test_a_button_without_a_cart_orders_nothing(
    app: Flask, client: Browser, market: Market, fields: dict[str, str]
) -> None:
    page = client.post("/checkout/pesan", fields, follow=True)
    assert page.h1 == "Keranjang" and count_orders(app) == 0


def test_before_the_address_nothing_is_summed_up(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    assert client.get("/checkout/ringkasan", follow=True).form("/checkout") is not None
    page = client.post("/checkout/pesan", {"kunci": "k", "total": "25000", "dilihat": "x"}, follow=True)
    assert page.h1 == "Keranjang" and count_orders(app) == 0


def test_a_cart_that_was_emptied_on_the_way_orders_nothing(app: Flask, client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=1)
    line = page.all("li", class_="line")[0].get("id", "").removeprefix("line-")
    summary = give_address(client)
    client.post(f"/keranjang/{line}", {"hapus": "1"})
    for page in (client.get("/checkout/ringkasan", follow=True), place(client, summary)):
        assert page.h1 == "Keranjang" and "masih kosong" in page.text
    assert count_orders(app) == 0


def test_a_saved_address_is_filled_in(app: Flask, market: Market, signed_in: Callable[[str], Browser]) -> None:
    """The main one at first, and any other that is asked for."""
    with app.app_context(), writing() as session:
        who = {"user_id": market.people["siti"], "recipient": "Siti", "phone": "6281200000000"}
        main = Address(**who, street="Jl. Utama 1", kelurahan_id=kelurahan_id(), is_main=True)  # type: ignore[arg-type]
        other = Address(**who, street="Jl. Kedua 2", kelurahan_id=kelurahan_id())  # type: ignore[arg-type]
        session.add_all([main, other])
        session.flush()
        asked = other.id
    siti = signed_in("siti")
    fill_cart(siti, market, onde=1)
    assert [e.get("value") for e in siti.get("/checkout").all("input", name="street")] == ["Jl. Utama 1"]
    page = siti.get(f"/checkout?alamat={asked}")
    assert [e.get("value") for e in page.all("input", name="street")] == ["Jl. Kedua 2"]


def test_the_same_key_in_the_same_moment_is_one_order(app: Flask, market: Market) -> None:
    """Both have passed the page's look at the key."""
    with app.test_request_context():
        cart = cart_with_two_boxes(market)
        tokens = {
            checkout.place_order(cart, PICKUP, key="once", user_id=None, expected_total=50_000) for _tap in range(2)
        }
    assert len(tokens) == 1 and count_orders(app) == 1


def test_the_last_boxes_go_to_whoever_is_faster(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody takes them after the price was looked at: nothing is ordered, and the goods are named."""

    def and_then_they_are_gone(*given: Any) -> Summary:
        summary = summarise(*given)
        db.session.execute(update(Variant).values(held=Variant.on_hand).execution_options(synchronize_session=False))
        return summary

    monkeypatch.setattr(checkout, "summarise", and_then_they_are_gone)
    with app.test_request_context():
        cart = cart_with_two_boxes(market)
        with pytest.raises(checkout.TotalChanged, match="Stok Onde-onde isi 10 baru saja berkurang"):
            checkout.place_order(cart, PICKUP, key="late", user_id=None, expected_total=50_000)
        assert db.session.scalar(select(func.sum(Variant.held))) == 0
    assert count_orders(app) == 0


def test_a_number_that_is_taken_is_not_given_again(
    app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["PM-261122-AAAAA", "PM-261122-AAAAA", "PM-261122-BBBBB"])
    monkeypatch.setattr(checkout, "new_order_number", lambda _at: next(drawn))
    order(client, market, onde=1)
    order(client, market, onde=1)
    with app.app_context():
        assert list(db.session.scalars(select(Order.number))) == ["PM-261122-AAAAA", "PM-261122-BBBBB"]


def cart_with_two_boxes(market: Market) -> int:
    carts.add(market.people["siti"], None, market.variants["onde"], 2)
    return db.session.scalars(select(Cart.id)).one()
