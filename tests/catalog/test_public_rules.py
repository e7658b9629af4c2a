"""Rule 8 and the SQL budget, for every public page of the catalog."""

from collections.abc import Callable

import pytest
from flask import Flask

from marketplace.sellers.models import Shop
from tests.browser import Browser, Page
from tests.catalog.goods import change, kampung_id, many_goods
from tests.factories import Market

PATHS = [
    "/",
    "/kategori/kuliner",
    "/kategori/batik",
    "/cari",
    "/cari?q=kain",
    "/kampung",
    "/kampung/onde-onde",
    "/toko/onde-onde-bu-ani",
    "/produk/onde-onde-isi-10",
    "/produk/sepatu-pantofel-kulit",
    "/tentang",
    "/bantuan",
    "/syarat",
    "/privasi",
    "/nomor-contoh",
    "/gaya",
    "/robots.txt",
    "/sitemap.xml",
    "/manifest.webmanifest",
]


@pytest.fixture
def filled(app: Flask, market: Market) -> Market:
    with app.app_context():
        many_goods(30)
        change(Shop, market.shops["bu_ani"], kampung_id=kampung_id("onde-onde"))
    return market


@pytest.mark.parametrize("path", [*PATHS, *(f"/en{path}" for path in PATHS if "." not in path)])
def test_public_pages_are_the_same_for_everyone(
    client: Browser, signed_in: Callable[[str], Browser], filled: Market, path: str
) -> None:
    guest, siti = client.get(path), signed_in("siti").get(path)
    assert guest.status == 200
    assert guest.response.get_data() == siti.response.get_data()
    assert headers_of(guest) == headers_of(siti)
    assert guest.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in guest.headers
    assert "Cookie" not in guest.headers.get("Vary", "")
    assert guest.headers["ETag"]


def headers_of(page: Page) -> list[tuple[str, str]]:
    """All but the time of the answer."""
    return sorted((name, value) for name, value in page.headers.items() if name != "Date")


@pytest.mark.parametrize("path", PATHS)
def test_public_pages_ask_the_database_six_times_at_most(
    client: Browser, filled: Market, count_sql: Callable[[], list[str]], path: str
) -> None:
    statements = count_sql()
    assert client.get(path).status == 200
    assert len(statements) <= 6, statements
