"""Suggestions while typing: goods, shops, kampung and categories, in at most 1 KB."""

import pytest
from flask import Flask

from marketplace.db import writing
from marketplace.sellers.models import Shop
from tests.browser import Browser, Page, text_of
from tests.factories import Market, make_product


def offered(page: Page) -> dict[str, str]:
    return {text_of(link): link.get("href", "") for link in page.all("a", role="option")}


def test_goods_shops_places_and_shelves_are_suggested(client: Browser, market: Market) -> None:
    found = offered(client.get("/cari/saran?q=ond"))
    assert found == {
        "Kampung Onde-onde Kampung": "/kampung/onde-onde",
        "Onde-onde Bu Ani Toko": "/toko/onde-onde-bu-ani",
        "Onde-onde isi 10": "/produk/onde-onde-isi-10",
    }
    assert offered(client.get("/cari/saran?q=sepatu"))["Sepatu Kategori"] == "/kategori/sepatu"
    assert offered(client.get("/en/cari/saran?q=shoes"))["Shoes Category"] == "/en/kategori/sepatu"


@pytest.mark.parametrize("q", ["", "o", " ", "%", "_", "\x00", "zzzzqqqq", "👟", "'; --"])
def test_nothing_to_suggest_is_no_content(client: Browser, market: Market, q: str) -> None:
    page = client.get("/cari/saran", query_string={"q": q})
    assert (page.status, page.response.get_data()) == (204, b"")


def test_at_most_one_kilobyte_and_nothing_runs(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        shop = session.get_one(Shop, market.shops["bu_ani"])
        variants: list[dict[str, object]] = [{"price": 12_000, "on_hand": 5, "weight_grams": 300}]
        for n in range(6):
            title = f"Klepon {n} <script>alert(1)</script> {'panjang ' * 8 * n}".strip()
            make_product(shop, title, "jajanan-basah", variants, slug=f"klepon-{n}")
    page = client.get("/cari/saran?q=klepon")
    assert 500 < len(page.response.get_data()) <= 1024
    assert page.all("script") == [] and len(offered(page)) >= 2
