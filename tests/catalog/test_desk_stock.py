"""The stock list: counted in place, safe in two tabs, honest about what is promised."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.catalog import stock
from marketplace.catalog.models import Variant
from marketplace.db import db, writing
from tests.browser import Browser
from tests.factories import Market

SignIn = Callable[[str], Browser]


@pytest.fixture
def ani(signed_in: SignIn) -> Browser:
    return signed_in("bu_ani")


@pytest.fixture
def path(market: Market) -> str:
    return f"/jualan/stok/{market.variants['onde']}"


def on_hand(app: Flask, variant_id: int) -> int:
    with app.app_context():
        return db.session.scalars(select(Variant.on_hand).where(Variant.id == variant_id)).one()


def test_the_list_shows_what_can_be_sold_and_what_is_promised(app: Flask, market: Market, ani: Browser) -> None:
    with app.app_context(), writing():
        stock.take({market.variants["onde"]: 3})
    page = ani.get("/jualan/stok")
    assert page.h1 == "Kelola stok" and "Bisa dijual 27, dipesan 3" in page.text and "Sepatu" not in page.text


def test_without_script_the_form_leads_back_to_the_row(app: Flask, market: Market, ani: Browser, path: str) -> None:
    page = ani.submit(ani.get("/jualan/stok?q=onde"), path, follow=False, jumlah="45")
    assert (page.status, page.location) == (303, f"/jualan/stok?q=onde#stok-{market.variants['onde']}")
    assert on_hand(app, market.variants["onde"]) == 45


def test_htmx_gets_the_row_alone(app: Flask, market: Market, ani: Browser, path: str) -> None:
    row = ani.htmx(path, {"jumlah": "12", "semula": "30"})
    assert row.status == 200 and not row.is_whole
    assert f'id="stok-{market.variants["onde"]}"' in row.html and "Berhasil disimpan" in row.text
    assert 'value="12"' in row.html


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Tulis dengan angka, misalnya 3."),
        ("dua", "Tulis dengan angka, misalnya 3."),
        ("-1", "Stok harus antara 0 dan 1.000.000."),
        ("1000000000", "Stok harus antara 0 dan 1.000.000."),
        ("2", "Masih ada 3 yang dipesan."),
    ],
)
def test_a_wrong_count_is_explained_beside_the_row(
    app: Flask, market: Market, ani: Browser, path: str, typed: str, sentence: str
) -> None:
    with app.app_context(), writing():
        stock.take({market.variants["onde"]: 3})
    for answer in (
        ani.submit(ani.get("/jualan/stok"), path, jumlah=typed),
        ani.htmx(path, {"jumlah": typed, "semula": "30"}),
    ):
        assert answer.status == 422 and sentence in answer.text and f'value="{typed}"' in answer.html
    assert on_hand(app, market.variants["onde"]) == 30


def test_two_tabs_do_not_overwrite_each_other(app: Flask, market: Market, ani: Browser, path: str) -> None:
    first, second = ani.get("/jualan/stok"), ani.get("/jualan/stok")
    ani.submit(first, path, jumlah="12")
    refused = ani.submit(second, path, jumlah="50")
    assert refused.status == 422 and "Stok sudah berubah menjadi 12." in refused.text
    assert on_hand(app, market.variants["onde"]) == 12
    assert ani.submit(refused, path, follow=False).status == 303
    assert on_hand(app, market.variants["onde"]) == 50


def test_another_shops_shelf_is_not_there(app: Flask, market: Market, signed_in: SignIn, path: str) -> None:
    budi = signed_in("pak_budi")
    assert budi.post(path, {"jumlah": "0", "semula": "30"}).status == 404
    assert budi.post(path, {"jumlah": "dua"}).status == 404
    assert budi.post("/jualan/stok/999999", {"jumlah": "1"}).status == 404
    assert on_hand(app, market.variants["onde"]) == 30


def test_the_card_hears_of_the_count(ani: Browser, path: str, client: Browser) -> None:
    ani.post(path, {"jumlah": "0", "semula": "30"})
    assert "Stok habis" in client.get("/produk/onde-onde-isi-10").text
