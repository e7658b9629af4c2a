"""One list for every page: filters, counts, orders and pages agree with one another, whatever the address says."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import update

from marketplace.catalog import listing
from marketplace.catalog.cards import PAGE
from marketplace.catalog.facet_counts import TOTAL
from marketplace.catalog.models import FacetCount
from marketplace.db import writing
from marketplace.sellers.models import Shop
from tests.browser import Browser, Page, fields_of, text_of
from tests.catalog.goods import change, kampung_id, many_goods, titles
from tests.factories import Market, kelurahan_id, make_product, make_shop, make_user

ONDE, SHOE = "Onde-onde isi 10", "Sepatu Pantofel Kulit"


def facet(page: Page, name: str) -> dict[str, str]:
    """The numbers beside the values of a facet."""
    inputs = [e for e in page.all("label") if any(i.get("name") == name for i in e.iter("input"))]
    return {i.get("value", ""): text_of(next(iter(e.iter("small")), e)) for e in inputs for i in e.iter("input")}


def chips(page: Page) -> dict[str, str]:
    rows = [row for row in page.all("ul", class_="chips-row") if row.get("aria-label") == "Filter yang dipilih"]
    links = [link for row in rows for link in row.iter("a")]
    return {text_of(link).removeprefix("Hapus filter ").rstrip(" ×"): link.get("href", "") for link in links}


def walk(client: Browser, path: str) -> Iterator[Page]:
    """The page and all that follow it."""
    while path:
        page = client.get(path)
        yield page
        path = next((a.get("href", "") for a in page.all("a", rel="next")), "")


@pytest.fixture
def goods(app: Flask, market: Market) -> Market:
    """The cast's goods, and 60 kinds of cloth of one shop with prices from 50,001 up."""
    with app.app_context():
        many_goods(60)
    return market


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kategori=kuliner", {ONDE}),
        ("kategori=kuliner&kategori=sepatu", {ONDE, SHOE}),
        ("kategori=kuliner&ukuran=39", set()),
        ("kelurahan=miji", {SHOE}),
        ("toko=onde-onde-bu-ani", {ONDE}),
        ("toko=onde-onde-bu-ani&toko=sepatu-pak-budi", {ONDE, SHOE}),
        ("toko=tidak-ada", {ONDE, SHOE}),
        ("harga_maks=30rb", {ONDE}),
        ("harga_min=185000&harga_maks=185000", {SHOE}),
        ("antar=balongsari&tersedia=1", {ONDE, SHOE}),
        ("ukuran=39&warna=hitam", {SHOE}),
        ("ukuran=38&ukuran=41", {SHOE}),
        ("warna=merah", set()),
        ("po=1", set()),
        ("ambil=1&q=onde", {ONDE}),
        ("q=onde&kategori=sepatu", set()),
        ("rating=4", set()),
    ],
)
def test_a_list_holds_what_has_one_value_of_each_facet(
    client: Browser, market: Market, query: str, expected: set[str]
) -> None:
    page = client.get(f"/cari?{query}")
    goods = page.by_id("goods")
    shown = [] if goods is None else [text_of(link) for link in goods.iter("a")]
    assert len(shown) == len(expected) and set(shown) == expected


def test_counts_leave_the_facets_own_choice_aside(client: Browser, goods: Market) -> None:
    everything = client.get("/cari")
    assert "62 produk" in everything.text
    assert facet(everything, "kategori")["batik"] == "60"
    for path in ("/cari?kategori=batik", "/cari?kategori=batik&tersedia=1", "/cari?q=dari&kategori=batik"):
        page = client.get(path)
        assert "60 produk" in page.text
        counts = facet(page, "kategori")
        assert (counts["batik"], counts["sepatu"], counts["kuliner"]) == ("60", "1", "1"), path
        assert "39" not in facet(page, "ukuran")
    assert facet(client.get("/cari?ukuran=39"), "ukuran") == {"39": "1", "40": "1", "41": "1"}


def test_counts_are_those_of_the_lists_behind_them(client: Browser, goods: Market) -> None:
    page = client.get("/cari?tersedia=1")
    for name in ("kategori", "kelurahan", "warna", "ukuran", "ambil"):
        for value, n in facet(page, name).items():
            behind = client.get(f"/cari?tersedia=1&{name}={value}")
            assert f"{n} produk" in behind.text, (name, value)


def test_what_all_goods_have_is_not_offered(client: Browser, market: Market) -> None:
    shop = client.get("/toko/onde-onde-bu-ani")
    assert facet(shop, "kategori") == facet(shop, "kelurahan") == facet(shop, "ambil") == {}


@pytest.mark.parametrize("filters", ["", "&tersedia=1", "&q=kain"])
@pytest.mark.parametrize("sort", ["terkait", "terbaru", "terlaris", "termurah", "termahal", "terdekat&dekat=miji"])
def test_pages_go_through_every_order_once(client: Browser, goods: Market, sort: str, filters: str) -> None:
    pages = [titles(page) for page in walk(client, f"/cari?urut={sort}{filters}")]
    shown = [title for page in pages for title in page]
    assert [len(page) for page in pages[:-1]] == [PAGE] * (len(pages) - 1)
    assert len(shown) == len(set(shown)) == (60 if "q=" in filters else 62)
    numbers = [int(title.split()[-1]) for title in shown if title.startswith("Kain")]
    if sort in {"termurah", "termahal", "terbaru"}:
        rising = sort == "termurah"
        assert all((one < other) is rising for one, other in pairwise(numbers))
    if sort.startswith("terdekat") and not filters:
        assert shown[0] == SHOE


def test_the_same_list_below_every_fixed_filter(app: Flask, client: Browser, goods: Market) -> None:
    with app.app_context():
        change(Shop, goods.shops["bu_ani"], kampung_id=kampung_id("onde-onde"))
    for path, title in (
        ("/kategori/kuliner", ONDE),
        ("/kategori/jajanan-basah?tersedia=1", ONDE),
        ("/toko/sepatu-pak-budi?ukuran=40", SHOE),
        ("/toko/batik-sekar?q=kain&harga_maks=50001", "Kain nomor 1"),
    ):
        assert titles(client.get(path)) == [title], path
    below = client.get("/kategori/kuliner?kategori=jajanan-basah&kategori=batik")
    assert list(chips(below)) == ["Jajanan basah"]


def test_chips_take_one_choice_away_and_keep_the_rest(client: Browser, goods: Market) -> None:
    page = client.get("/cari?q=kain&warna=merah&kelurahan=miji&harga_min=10000&dekat=miji&urut=termurah")
    links = chips(page)
    assert list(links) == ["Kelurahan Miji", "Merah", "Mulai Rp10.000", "Dekat Miji"]
    assert links["Merah"] == "/cari?q=kain&kelurahan=miji&harga_min=10000&dekat=miji&urut=termurah"
    english = client.get("/en/cari?warna=merah")
    assert "/en/cari" in english.links() and "Red" in english.text


def test_the_form_sends_what_is_chosen(client: Browser, goods: Market) -> None:
    page = client.get(
        "/cari?q=kain&toko=batik-sekar&warna=merah&ukuran=39&harga_min=5000&antar=miji&dekat=miji&urut=termurah"
    )
    form = next(form for form in page.all("form") if form.get("data-narrow") is not None)
    sent = {name: value for name, value in fields_of(form, page.root).items() if value}
    assert sent == {
        "q": "kain",
        "toko": "batik-sekar",
        "urut": "termurah",
        "harga_min": "5000",
        "antar": "miji",
        "ukuran": "39",
        "warna": "merah",
        "dekat": "miji",
    }


@pytest.mark.parametrize(
    "cursor", ["", "0", "1", "24.0", "24.999999", "7.7.7", "9223372036854775807", "99999999999999999999"]
)
@pytest.mark.parametrize("query", ["", "q=kain", "tersedia=1&urut=termurah", "urut=terlaris"])
def test_a_cursor_of_ones_own_making_breaks_nothing(client: Browser, goods: Market, query: str, cursor: str) -> None:
    page = client.get(f"/cari?{query}&sesudah={cursor}")
    assert page.status == 200


def test_a_page_goes_on_where_it_was_though_goods_came_in_before(app: Flask, client: Browser, goods: Market) -> None:
    first = client.get("/cari?q=kain&urut=termurah")
    following = next(link for link in first.links() if "sesudah=" in link)
    with app.app_context(), writing() as session:
        shop = session.get_one(Shop, goods.shops["bu_ani"])
        variants: list[dict[str, object]] = [{"price": 1_000, "on_hand": 5, "weight_grams": 300}]
        make_product(shop, "Kain termurah", "batik", variants)
    assert titles(client.get(following))[0] == "Kain nomor 25"


def test_a_longer_list_than_is_looked_at_says_so(
    app: Flask, client: Browser, goods: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.catalog.search.MOST", 30)
    monkeypatch.setattr(listing, "MOST", 30)
    pages = list(walk(client, "/cari?tersedia=1&q=kain"))
    assert [len(titles(page)) for page in pages] == [24, 6]
    assert "30+ produk" in pages[0].text
    assert "Persempit dengan filter" in pages[-1].text
    narrowed = client.get("/cari?kategori=batik&kategori=kuliner&harga_maks=50010")
    assert "11 produk" in narrowed.text
    assert facet(narrowed, "kategori")["batik"] == ""
    single = client.get("/cari?warna=hitam")
    assert facet(single, "warna")["hitam"] == "1"


def test_counts_above_a_thousand_are_not_exact(app: Flask, client: Browser, market: Market) -> None:
    for n, shown in ((998, "998"), (1000, "1.000"), (1001, "1.000+"), (32_000, "1.000+")):
        with app.app_context(), writing() as session:
            session.execute(update(FacetCount).values(n=n))
            session.execute(update(FacetCount).where(FacetCount.tag == TOTAL).values(n=n + 1))
        page = client.get("/cari")
        assert ("999 produk" if n < 1000 else "1.000+ produk") in page.text
        assert facet(page, "warna")["hitam"] == shown
    assert "1,000+ products" in client.get("/en/cari").text


def test_public_lists_ask_the_database_a_few_times(
    client: Browser, goods: Market, count_sql: Callable[[], list[str]]
) -> None:
    client.get("/cari")
    statements = count_sql()
    for path, most in (
        ("/cari", 2),
        ("/kategori/batik", 3),
        ("/cari?kategori=batik", 3),
        ("/cari?q=kain&warna=merah&toko=batik-sekar&harga_min=1000", 6),
        ("/cari?warna=hitam&ukuran=39&dekat=miji", 6),
        ("/toko/batik-sekar?q=kain", 6),
        ("/kampung/onde-onde?q=kain", 6),
    ):
        statements.clear()
        client.get(path)
        assert len(statements) <= most, (path, statements)


def test_the_nearest_come_first(app: Flask, client: Browser, goods: Market) -> None:
    with app.app_context(), writing():
        far = make_shop("Sandal Blooto", make_user("Bima"), kelurahan_id=kelurahan_id("Blooto"))
        variants: list[dict[str, object]] = [{"price": 1_000, "on_hand": 5, "weight_grams": 300}]
        make_product(far, "Sandal jauh", "sandal", variants)
    assert titles(client.get("/cari?dekat=blooto&urut=terdekat"))[0] == "Sandal jauh"


def test_an_empty_list_shows_what_nearly_matches(client: Browser, goods: Market) -> None:
    page = client.get("/cari?q=onde&warna=merah")
    assert page.by_id("goods") is None and titles(page) == [ONDE]
    assert "Hampir cocok" in page.text and "Yang dicari: onde" in page.text
    assert "/kategori/batik" in page.links() and "/kategori/minuman" not in page.links()
    assert titles(client.get("/cari?q=onde&warna=merah&ukuran=39")) == []
