"""The cart: what goes in, what is refused and how, what changes when the shelf or the shop does."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders.models import Cart, CartLine
from marketplace.sellers.models import Shop, ShopState
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart


def change_row(app: Flask, model: type, id: int, **values: object) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(model).where(model.id == id).values(**values))  # type: ignore[attr-defined]


def test_adding_twice_means_more(client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=2)
    page = fill_cart(client, market, onde=3)
    assert "Rp125.000" in page.text
    cookie = client.client.get_cookie("keranjang")
    assert cookie is not None and cookie.value == "1"


def test_a_double_tap_with_a_key_counts_once(client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    for _ in range(2):
        client.post("/keranjang", {"varian": market.variants["onde"], "jumlah": 2, "kunci": "tap"})
    assert "Rp75.000" in client.get("/keranjang").text


@pytest.mark.parametrize("jumlah", ["0", "-1", "1000000000", "dua", "", "1.5", "9" * 40])
def test_an_absurd_quantity_gets_a_sentence_and_keeps_what_was_typed(
    client: Browser, market: Market, jumlah: str
) -> None:
    page = client.post("/keranjang", {"varian": market.variants["onde"], "jumlah": jumlah})
    assert page.status == 422
    assert page.all("input", name="jumlah")[0].get("value") == jumlah
    assert page.by_id("jumlah-error") is not None
    assert "Keranjang Anda masih kosong." in client.get("/keranjang").text


@pytest.mark.parametrize("varian", ["999999", "dua", "", "-1", "1e9"])
def test_an_unknown_variant_gets_a_sentence(client: Browser, market: Market, varian: str) -> None:
    page = client.post("/keranjang", {"varian": varian, "jumlah": 1})
    assert page.status in {404, 422}
    assert "sudah tidak dijual" in page.text


def test_more_than_there_is_names_what_is_left(client: Browser, market: Market) -> None:
    page = client.post("/keranjang", {"varian": market.variants["onde"], "jumlah": 31})
    assert page.status == 422
    assert "Stok tidak cukup, tersisa 30" in page.text


def test_below_the_minimum_is_refused(app: Flask, client: Browser, market: Market) -> None:
    change_row(app, Product, market.products["onde"], min_order=5)
    page = client.post("/keranjang", {"varian": market.variants["onde"], "jumlah": 4})
    assert page.status == 422 and "Minimal 5" in page.text


def test_htmx_is_told_in_a_partial(client: Browser, market: Market) -> None:
    added = client.htmx("/keranjang", {"varian": market.variants["onde"], "jumlah": 1})
    assert added.status == 200 and not added.is_whole and "Masuk ke keranjang" in added.text
    refused = client.htmx("/keranjang", {"varian": market.variants["onde"], "jumlah": 999})
    assert refused.status == 422 and not refused.is_whole and "tersisa" in refused.text


def test_a_line_is_changed_and_taken_out(client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=2, **{"sepatu 39 Hitam": 1})
    line = page.all("li", class_="line")[0].get("id", "").removeprefix("line-")
    assert "Rp100.000" in client.submit(page, f"/keranjang/{line}", jumlah="4", hapus=None).text
    page = client.post(f"/keranjang/{line}", {"hapus": "1"}, follow=True)
    assert "Onde-onde" not in page.text and "Sepatu Pantofel" in page.text


def test_a_bad_change_stays_in_its_field(client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=2)
    line = page.all("li", class_="line")[0].get("id", "").removeprefix("line-")
    page = client.post(f"/keranjang/{line}", {"jumlah": "seribu"})
    assert page.status == 422
    assert page.all("input", name="jumlah")[0].get("value") == "seribu"


def test_a_line_of_another_cart_is_not_there(app: Flask, client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=2)
    line = page.all("li", class_="line")[0].get("id", "").removeprefix("line-")
    stranger = Browser(app)
    fill_cart(stranger, market, onde=1)
    page = stranger.post(f"/keranjang/{line}", {"jumlah": "9"})
    assert page.status == 422
    assert "Rp50.000" in client.get("/keranjang").text


def test_fallen_stock_is_told_and_not_ordered(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=10)
    change_row(app, Variant, market.variants["onde"], on_hand=3)
    page = client.get("/keranjang")
    assert "Stok tinggal 3, jumlah disesuaikan dari 10." in page.text
    assert "Rp75.000" in page.text


@pytest.mark.parametrize(
    ("model", "values", "sentence"),
    [
        (Shop, {"state": ShopState.SUSPENDED}, "Toko sedang tutup"),
        (Shop, {"closed_until": now().replace(year=2099)}, "Toko sedang tutup"),
        (Product, {"state": ProductState.ARCHIVED}, "Sudah tidak dijual"),
        (Variant, {"on_hand": 0}, "Stok habis"),
        (Variant, {"is_offered": False}, "Sudah tidak dijual"),
    ],
)
def test_what_cannot_be_ordered_stays_apart(
    app: Flask, client: Browser, market: Market, model: type, values: dict[str, object], sentence: str
) -> None:
    fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    id = {Shop: market.shops["bu_ani"], Product: market.products["onde"], Variant: market.variants["onde"]}[model]
    change_row(app, model, id, **values)
    page = client.get("/keranjang")
    apart = page.by_id("unavailable")
    assert apart is not None and sentence in page.text
    assert "Rp185.000" in page.text and "Rp210.000" not in page.text


def test_a_note_is_kept_per_shop(client: Browser, market: Market) -> None:
    page = fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    page = client.submit(page, f"catatan/{market.shops['bu_ani']}", catatan="Tanpa wijen <b>hitam</b>")
    texts = [area.text or "" for area in page.all("textarea")]
    assert sorted(text.strip() for text in texts) == ["", "Tanpa wijen <b>hitam</b>"]


def test_signing_in_merges_the_guests_cart(
    app: Flask, client: Browser, signed_in: Callable[[str], Browser], market: Market
) -> None:
    from marketplace.orders.carts import cart_of, merge

    fill_cart(signed_in("siti"), market, onde=3)
    fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 2})
    with client.client.session_transaction() as session:
        token = session["cart"]
    with app.app_context():
        merge(market.people["siti"], token)
        cart = cart_of(market.people["siti"], None)
        assert cart is not None
        lines = db.session.execute(select(CartLine.variant_id, CartLine.quantity).where(CartLine.cart_id == cart.id))
        assert dict(iter(lines)) == {market.variants["onde"]: 3, market.variants["sepatu 39 Hitam"]: 2}
        assert db.session.scalar(select(func.count(Cart.id))) == 1


def test_a_members_token_opens_nothing_for_a_guest(
    app: Flask, signed_in: Callable[[str], Browser], market: Market
) -> None:
    from marketplace.orders.carts import cart_of

    fill_cart(signed_in("siti"), market, onde=3)
    with app.app_context():
        token = db.session.scalar(select(Cart.token))
        assert cart_of(None, token) is None


def test_a_note_that_is_too_long_is_said_and_kept(client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    page = client.post(f"/keranjang/catatan/{market.shops['bu_ani']}", {"catatan": "a" * 501})
    assert page.status == 422 and "paling panjang 500" in page.text
    assert "a" * 501 in (page.all("textarea")[0].text or "")


def test_a_members_first_two_goods_at_once_make_one_cart(app: Flask, market: Market) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from marketplace.orders.carts import add

    def put(name: str) -> str:
        with app.app_context():
            return add(market.people["siti"], None, market.variants[name], 1)

    names = ["onde", "sepatu 39 Hitam", "sepatu 40 Hitam", "sepatu 41 Hitam"]
    with ThreadPoolExecutor(4) as threads:
        assert len(set(threads.map(put, names))) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count(CartLine.id))) == 4
