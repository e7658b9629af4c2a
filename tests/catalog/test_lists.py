"""Category, search, kampung and shop pages: the same list with another filter."""

from datetime import timedelta

import pytest
from flask import Flask

from marketplace import clock
from marketplace.accounts.models import User
from marketplace.catalog import rotation
from marketplace.catalog.models import Product, ProductState
from marketplace.catalog.ranking import Day
from marketplace.db import db, writing
from marketplace.sellers.models import Shop
from tests.browser import Browser, text_of
from tests.catalog.goods import change, kampung_id, many_goods, titles
from tests.factories import Market, make_shop

NOTHING_FOUND = "Produk tidak ditemukan. Coba kata lain atau lihat kategori."


def test_a_category_shows_the_goods_of_those_below_it(client: Browser, market: Market) -> None:
    page = client.get("/kategori/kuliner")
    assert page.h1 == "Kuliner"
    assert titles(page) == ["Onde-onde isi 10"]
    assert "/kategori/jajanan-basah" in page.links()
    assert "/kategori/minuman" not in page.links()


def test_a_category_below_leads_back_up(client: Browser, market: Market) -> None:
    page = client.get("/kategori/jajanan-basah")
    assert titles(page) == ["Onde-onde isi 10"]
    assert "/kategori/kuliner" in page.links()
    assert [text_of(link) for link in page.all("a", aria_current="page")] == ["Jajanan basah"]


def test_a_category_without_goods_leads_elsewhere(client: Browser, market: Market) -> None:
    page = client.get("/kategori/tas-kulit")
    assert page.status == 200
    assert "Belum ada produk di kategori ini" in page.text
    assert "/cari" in page.links()


@pytest.mark.parametrize("path", ["/kategori/batu-akik", "/kampung/batu-akik", "/toko/batu-akik", "/produk/batu-akik"])
def test_what_is_not_there_is_404_in_both_languages(client: Browser, path: str) -> None:
    assert client.get(path).status == 404
    assert client.get(f"/en{path}").status == 404


@pytest.mark.parametrize("rises", [True, False])
def test_long_lists_come_in_pages_of_24(
    app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch, rises: bool
) -> None:
    monkeypatch.setattr(rotation, "today", lambda: Day(1, 0, rises))
    monkeypatch.setattr(rotation, "day", lambda _number: Day(1, 0, rises))
    with app.app_context():
        many_goods(30)
    in_order = [f"Kain nomor {n}" for n in (range(1, 31) if rises else range(30, 0, -1))]
    first = client.get("/kategori/batik")
    assert titles(first) == in_order[:24]
    second = client.get(next(link for link in first.links() if "sesudah=" in link))
    assert titles(second) == in_order[24:]
    assert "/kategori/batik" in second.links()
    assert not second.all("a", rel="next")


@pytest.mark.parametrize("cursor", ["", "abc", "-1", "0", "1e9", "9" * 40, "١٢", "1;drop", "%00"])
def test_a_bad_cursor_means_the_first_page(client: Browser, market: Market, cursor: str) -> None:
    assert len(titles(client.get(f"/cari?sesudah={cursor}"))) == 2


def test_search_wants_every_word_somewhere(client: Browser, market: Market) -> None:
    assert titles(client.get("/cari?q=ONDE+ani")) == ["Onde-onde isi 10"]
    page = client.get("/cari?q=onde+budi")
    assert titles(page) and "Tidak ada, atau sedikit, yang memuat semua kata" in page.text
    assert NOTHING_FOUND in client.get("/cari?q=zzzqqq").text


def test_search_without_words_shows_everything(client: Browser, market: Market) -> None:
    assert set(titles(client.get("/cari"))) == {"Sepatu Pantofel Kulit", "Onde-onde isi 10"}
    assert client.get("/cari?q=+++").h1 == "Semua produk"


@pytest.mark.parametrize(
    "q",
    [
        "x" * 5000,
        "\x00",
        "%",
        "_",
        "\\",
        "%_\\*",
        "\"'<script>alert(1)</script>",
        "👟🔥",
        "( OR )",
        "a " * 3000,
        "\ud7ff\u202e",
    ],
)
def test_absurd_searches_find_nothing_and_break_nothing(client: Browser, market: Market, q: str) -> None:
    for prefix in ("", "/en"):
        assert client.get(f"{prefix}/cari", query_string={"q": q}).status == 200


def test_a_sign_of_like_stands_for_nothing(client: Browser, market: Market) -> None:
    for q in ("%", "_", "\\"):
        assert titles(client.get("/cari", query_string={"q": q})) == []
    assert titles(client.get("/cari", query_string={"q": "onde_onde%"})) == ["Onde-onde isi 10"]


def test_a_search_is_shown_again_but_not_indexed(client: Browser, market: Market) -> None:
    page = client.get("/cari", query_string={"q": "onde <b>"})
    box = page.by_id("q")
    assert box is not None
    assert box.get("value") == "onde <b>"
    assert page.all("meta", name="robots")[0].get("content") == "noindex"


def test_the_next_page_of_a_search_keeps_its_words(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        many_goods(30)
    page = client.get("/cari?q=kain")
    assert len(titles(page)) == 24
    following = client.get(next(link for link in page.links() if "sesudah=" in link))
    assert len(titles(following)) == 6


def test_the_kampung_list_counts_shops(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Shop, market.shops["bu_ani"], kampung_id=kampung_id("onde-onde"))
    text = client.get("/kampung").text
    assert "Kampung Onde-onde 1 toko" in text
    assert "Kampung Hidroponik Belum ada toko" in text


def test_shops_of_a_kampung_are_counted_to_a_hundred(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        place, owner = kampung_id("onde-onde"), db.session.get_one(User, market.people["bu_ani"])
        for more, told in ((100, "100 toko"), (1, "100+ toko")):
            with writing():
                for n in range(more):
                    make_shop(f"Toko {more} {n}", owner, kampung_id=place)
            assert f"Kampung Onde-onde {told}" in client.get("/kampung").text


def test_a_kampung_shows_its_shops_their_goods_and_where_it_lies(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Shop, market.shops["bu_ani"], kampung_id=kampung_id("onde-onde"))
    page = client.get("/kampung/onde-onde")
    assert titles(page) == ["Onde-onde isi 10"]
    assert "/toko/onde-onde-bu-ani" in page.links()
    assert "Kelurahan Balongsari, Kecamatan Magersari" in page.text
    assert "timesindonesia" in page.text


def test_a_kampung_without_a_source_says_so(client: Browser) -> None:
    page = client.get("/kampung/hidroponik")
    assert "Lokasi belum dipastikan" in page.text
    assert "Belum ada produk dari kampung ini" in page.text


def test_a_kampung_speaks_english(client: Browser) -> None:
    page = client.get("/en/kampung/onde-onde")
    assert page.h1 == "Onde-onde Kampung"
    assert "sesame" in page.text


def test_a_shop_shows_its_place_hours_delivery_and_goods(client: Browser, market: Market) -> None:
    page = client.get("/toko/onde-onde-bu-ani")
    assert page.h1 == "Onde-onde Bu Ani"
    assert titles(page) == ["Onde-onde isi 10"]
    for words in (
        "Kelurahan Balongsari",
        "Toko terverifikasi",
        "08.00-17.00 WIB",
        "Rp8.000",
        "Gratis",
        "Ambil di toko",
    ):
        assert words in page.text
    assert any(link.startswith("https://wa.me/6281234567890?text=Halo") for link in page.links())


def test_street_and_pin_are_shown_only_if_the_shop_chose_it(app: Flask, client: Browser, market: Market) -> None:
    ani = market.shops["bu_ani"]
    with app.app_context():
        change(Shop, ani, street="Jl. Rahasia 7", latitude=-7.4678, longitude=112.4431)
    for path in ("/toko/onde-onde-bu-ani", "/produk/onde-onde-isi-10"):
        page = client.get(path)
        assert "Jl. Rahasia" not in page.html
        assert "112.4431" not in page.html
    with app.app_context():
        change(Shop, ani, shows_street=True, shows_pin=True)
    for path in ("/toko/onde-onde-bu-ani", "/produk/onde-onde-isi-10"):
        page = client.get(path)
        assert "Jl. Rahasia 7" in page.text
        assert any("112.4431" in link for link in page.links())


def test_a_closed_shop_says_until_when(app: Flask, client: Browser, market: Market) -> None:
    until = clock.now() + timedelta(days=2)
    with app.app_context():
        change(Shop, market.shops["bu_ani"], closed_until=until)
    for path in ("/toko/onde-onde-bu-ani", "/produk/onde-onde-isi-10"):
        page = client.get(path)
        assert "Toko tutup sementara" in page.text
        assert clock.format_datetime(until) in page.text
    assert not client.get("/produk/onde-onde-isi-10").all("form", id="buy")


def test_a_demo_shops_number_is_never_opened(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Shop, market.shops["bu_ani"], is_demo=True)
    for path in ("/toko/onde-onde-bu-ani", "/produk/onde-onde-isi-10"):
        page = client.get(path)
        assert "wa.me/6" not in page.html  # sharing the page opens WhatsApp without a number
        assert "/nomor-contoh" in page.links()


@pytest.mark.parametrize("state", [ProductState.DRAFT, ProductState.ARCHIVED])
def test_what_is_not_published_is_nowhere(app: Flask, client: Browser, market: Market, state: ProductState) -> None:
    with app.app_context():
        change(Product, market.products["onde"], state=state)
    for path in (
        "/",
        "/cari",
        "/cari?q=onde",
        "/kategori/kuliner",
        "/kategori/jajanan-basah",
        "/toko/onde-onde-bu-ani",
    ):
        assert "Onde-onde isi 10" not in titles(client.get(path))
    assert client.get("/produk/onde-onde-isi-10").status == 404
    assert "Toko ini belum menampilkan produk" in client.get("/toko/onde-onde-bu-ani").text
