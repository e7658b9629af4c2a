"""Search reads what people type, however odd, and finds what they mean; on both engines the same."""

from collections.abc import Iterator

import pytest
from flask import Flask

from marketplace.catalog import products
from marketplace.catalog.models import Product
from marketplace.catalog.search import LONGEST, find, readable
from marketplace.catalog.suggestions import suggest
from marketplace.db import db, writing
from marketplace.sellers import shops
from tests.factories import Market, kelurahan_id, make_product, make_shop, make_user

GOODS = (
    ("camilan", "Krupuk Rambak Sapi 250 gram", "Hide Crackers"),
    ("camilan", "Keripik Tempe Pedas", "Tempeh Crisps"),
    ("camilan", "Keripik Singkong Balado", ""),
    ("batik", "Kain Kuning Polos", "Plain Cloth"),
    ("batik", "Kain Batik Tulis", ""),
    ("cor-kuningan", "Patung Buddha Cor Kuningan", ""),
    ("sandal", "Sandal Jepit Kulit", ""),
    ("sambal-bumbu", "Sambal Bajak Ayam", ""),
    ("nasi-kotak-tumpeng", "Nasi Ayam Geprek", ""),
    ("nasi-kotak-tumpeng", "Bebek Goreng Kremes", ""),
    ("nasi-kotak-tumpeng", "Cap Cay Goreng", ""),
    ("minuman", "Kopi Hitam Botol", ""),
    ("minuman", "Telur Asin Isi 10", ""),
)


@pytest.fixture
def stall(app: Flask, market: Market) -> Iterator[Market]:
    """The market with some more goods, all of them in Warung Bu Tutik."""
    with app.app_context():
        with writing():
            shop = make_shop("Warung Bu Tutik", make_user("Tutik"))
            market.shops["tutik"] = shop.id
            for n, (shelf, title, title_en) in enumerate(GOODS):
                variants: list[dict[str, object]] = [{"price": 9_000 + n, "on_hand": 5, "weight_grams": 250}]
                make_product(shop, title, shelf, variants, title_en=title_en, description=f"Buatan sendiri nomor {n}.")
        yield market


def titles(text: str, **values: object) -> list[str]:
    found = find(text, **values)  # type: ignore[arg-type]
    return [db.session.get_one(Product, one.id).title for one in found.candidates]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("onde onde", "Onde-onde isi 10"),
        ("onde2", "Onde-onde isi 10"),
        ("ONDE-ONDE isi 10", "Onde-onde isi 10"),
        ("kerupuk rambak", "Krupuk Rambak Sapi 250 gram"),
        ("krupuk 250gr", "Krupuk Rambak Sapi 250 gram"),
        ("sendal jepit", "Sandal Jepit Kulit"),
        ("telor asin", "Telur Asin Isi 10"),
        ("sambel", "Sambal Bajak Ayam"),
        ("kopi item", "Kopi Hitam Botol"),
        ("capcay", "Cap Cay Goreng"),
        ("membatik", "Kain Batik Tulis"),
        ("kripik tempe pedes", "Keripik Tempe Pedas"),
        ("fried duck", "Bebek Goreng Kremes"),
        ("sesame balls", "Onde-onde isi 10"),
        ("leather shoes", "Sepatu Pantofel Kulit"),
        ("endog asin", "Telur Asin Isi 10"),
        ("sego pitik geprek", "Nasi Ayam Geprek"),
        ("sepatu no 39", "Sepatu Pantofel Kulit"),
        ("sepatu klt", "Sepatu Pantofel Kulit"),
        ("gepreknya", "Nasi Ayam Geprek"),
        ("OND-10", "Onde-onde isi 10"),
        ("ond10", "Onde-onde isi 10"),
        ("pak budi", "Sepatu Pantofel Kulit"),
        ("beli ayam geprek yang enak dekat sini", "Nasi Ayam Geprek"),
    ],
)
def test_what_is_meant_comes_first(stall: Market, text: str, first: str) -> None:
    assert titles(text)[:1] == [first]


def test_brass_is_not_yellow(stall: Market) -> None:
    """The stemmer makes kuningan into kuning."""
    assert titles("kuningan") == ["Patung Buddha Cor Kuningan"]
    assert titles("kuning") == ["Kain Kuning Polos"]


def test_a_typo_is_mended_and_said(stall: Market) -> None:
    found = find("kripik singkng")
    assert found.corrected == "kripik singkong"
    assert titles("bebek gorneg")[0] == "Bebek Goreng Kremes"
    assert find("kripik singkong").corrected == ""
    literal = find("singkng", literal=True)
    assert (literal.candidates, literal.corrected) == ([], "")


def test_before_nothing_is_found_words_are_left_out_and_named(stall: Market) -> None:
    found = find("sepatu pantofel astronaut")
    assert found.relaxed == "astronaut"
    assert titles("sepatu pantofel astronaut")[0] == "Sepatu Pantofel Kulit"
    assert find("sepatu").relaxed == ""
    assert find("xyzzyqwrt").candidates == []


def test_filters_are_part_of_the_same_search(stall: Market) -> None:
    from marketplace.catalog import tags

    assert titles("sepatu", must=[[tags.size("39")], [tags.colour("hitam"), tags.colour("biru")]])
    assert titles("sepatu", must=[[tags.size("45")]]) == []
    assert titles("", must=[[tags.size("39")]]) == ["Sepatu Pantofel Kulit"]
    assert len(titles("")) == len(GOODS) + 2
    assert set(titles("", price=(9_000, 9_001))) == {GOODS[0][1], GOODS[1][1]}
    assert titles("keripik", price=(9_002, None)) == ["Keripik Singkong Balado"]


def test_the_index_changes_with_the_product(stall: Market) -> None:
    products.archive(stall.shops["bu_ani"], "onde-onde-isi-10")
    assert titles("onde") == []
    products.publish(stall.shops["bu_ani"], "onde-onde-isi-10")
    assert titles("onde") == ["Onde-onde isi 10"]
    renamed = shops.Profile("Gerai Zubaidah", "6281234567890", kelurahan_id())
    shops.change_profile(stall.shops["bu_ani"], stall.people["bu_ani"], renamed)
    assert titles("zubaidah") == ["Onde-onde isi 10"]


ODD = (
    *(
        "'",
        '"',
        "a OR b NOT",
        "onde* AND (",
        "%_\\",
        "\x00onde",
        "👟🔥",
        "नमस्ते",
        "日本 語",
        ": | & ! <-> ",
        "NEAR(a b)",
    ),
    *("x" * 5000, "a " * 2500, "' OR 1=1 --", "onde\u202eedno", "½ ² ①", "ﬁ", "İ", "w_onde", "-" * 50, "1" * 300),
)


@pytest.mark.parametrize("text", ODD)
def test_nothing_that_is_typed_breaks_search(stall: Market, text: str) -> None:
    assert find(text).candidates is not None
    assert suggest(text) is not None
    assert find(text, literal=True).candidates is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("keri", {("produk", "Keripik Tempe Pedas"), ("produk", "Keripik Singkong Balado")}),
        ("tutik", {("toko", "Warung Bu Tutik")}),
        ("sepatu p", {("produk", "Sepatu Pantofel Kulit"), ("toko", "Sepatu Pak Budi")}),
        ("kampung bat", {("kampung", "Kampung Batik Majapahit")}),
        ("anyam", {("kategori", "Anyaman & bordir")}),
        ("wicker", {("kategori", "Anyaman & bordir")}),
    ],
)
def test_suggestions_go_to_goods_shops_kampung_and_shelves(
    stall: Market, text: str, expected: set[tuple[str, str]]
) -> None:
    offered = suggest(text)
    assert expected <= {(one.kind, one.label) for one in offered}
    assert len("".join("".join(one) for one in offered)) < 900


def test_equals_take_turns_by_the_day(stall: Market) -> None:
    import time_machine

    orders = set()
    for day in range(1, 15):
        with time_machine.travel(f"2026-12-{day:02}T05:00:00+00:00", tick=False):
            once, again = ([one.shop_id for one in find("isi 10").candidates] for _ in range(2))
            assert once == again
            orders.add(tuple(once))
    assert len(orders) == 2


def test_what_is_shown_again_is_one_short_clean_line() -> None:
    assert readable(" batik\x00\n\ttulis \u202e ") == "batik tulis"
    assert len(readable("x" * 5000)) == LONGEST
