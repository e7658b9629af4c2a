"""What an address asks of a list is read whatever it says, and written back as one address for one narrowing."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from marketplace.catalog.directory import Directory, Entry, directory
from marketplace.catalog.narrowing import FACETS, PARAMETERS, Narrowing, Sort, read


def entries(*slugs: str) -> dict[str, Entry]:
    return {slug: Entry(n, slug, slug.title(), "") for n, slug in enumerate(slugs, start=1)}


SHELVES = {
    **entries("kuliner", "craft"),
    "batik": Entry(3, "batik", "Batik", "", 2),
    "sambal": Entry(4, "sambal", "Sambal", "", 1),
}
PLACES = Directory(SHELVES, entries("onde-onde", "batik-maja"), entries("balongsari", "miji"))
WORDS = st.one_of(
    st.text(max_size=30), st.sampled_from([*SHELVES, *PLACES.kampung, *PLACES.kelurahan, "1", "39", "merah", "25rb"])
)
ADDRESSES = st.dictionaries(st.one_of(st.sampled_from(PARAMETERS), st.text(max_size=8)), st.lists(WORDS, max_size=4))


def asked(address: str) -> Narrowing:
    return read(parse_qs(urlsplit(address).query, keep_blank_values=True), PLACES)


def written(address: str) -> str:
    return asked(address).address("/cari")


EVERYTHING = (
    "/cari?q=sandal%20jepit&persis=1&kategori=kuliner&kategori=batik&kampung=onde-onde&kelurahan=balongsari&kelurahan=miji"
    "&toko=sepatu-pak-budi&harga_min=10000&harga_maks=50000&halal=1&pirt=1&tersedia=1&po=1&ambil=1&antar=miji"
    "&ukuran=39&ukuran=40&warna=merah&warna=merah-muda&rating=4&dekat=miji&urut=terdekat&sesudah=24.17"
)


def test_every_parameter_is_read_and_written_back() -> None:
    assert written(EVERYTHING) == EVERYTHING
    assert {pair.split("=")[0] for pair in EVERYTHING.partition("?")[2].split("&")} == set(PARAMETERS)


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("/cari", "/cari"),
        ("/cari?q=&harga_min=&harga_maks=&antar=&rating=&dekat=&urut=terkait", "/cari"),
        ("/cari?urut=termurah&q=onde", "/cari?q=onde&urut=termurah"),
        ("/cari?warna=biru&warna=hitam&warna=biru", "/cari?warna=hitam&warna=biru"),
        ("/cari?rating=3&rating=4&antar=miji&antar=balongsari", "/cari?antar=balongsari&rating=4"),
        ("/cari?harga_min=25rb&harga_maks=Rp%2012.500", "/cari?harga_min=12500&harga_maks=25000"),
        ("/cari?harga_min=0&harga_maks=-5", "/cari"),
        ("/cari?harga_min=99999999999999999999", "/cari"),
        ("/cari?urut=terdekat", "/cari"),
        ("/cari?urut=semaunya&sesudah=%27;drop&persis=1", "/cari"),
        ("/cari?kampung=tidak-ada&warna=%00&ukuran=999&toko=../etc&halal=ya", "/cari"),
        ("/cari?sesudah=" + "9" * 70, "/cari"),
        ("/cari?q=%20%20onde%00%0A%20onde%20", "/cari?q=onde%20onde"),
        ("/cari?utm_source=wa&fbclid=x&q=batik", "/cari?q=batik"),
    ],
)
def test_one_narrowing_has_one_address(typed: str, canonical: str) -> None:
    assert written(typed) == canonical


@given(ADDRESSES)
def test_whatever_an_address_says_is_read_and_stays_the_same(arguments: dict[str, list[str]]) -> None:
    address = read(arguments, PLACES).address("/cari")
    assert written(address) == address


def test_each_choice_can_be_taken_away_alone() -> None:
    whole = asked(EVERYTHING)
    for name, value in whole.pairs():
        if name in {*FACETS, "harga_min", "harga_maks", "dekat"}:
            left = whole.without(name, value)
            expected = [pair for pair in whole.pairs() if pair != (name, value) and pair[0] != "sesudah"]
            expected = [pair for pair in expected if name != "dekat" or pair[0] != "urut"]
            assert list(left.pairs()) == expected


def test_what_the_page_fixes_is_not_asked_of_the_address() -> None:
    arguments = {"kampung": ["onde-onde"], "kategori": ["sambal", "batik"]}
    assert read(arguments, PLACES, fixed=("kampung",)).chosen == {"kategori": ("batik", "sambal")}
    assert read(arguments, PLACES, shelf="craft").chosen == {"kampung": ("onde-onde",), "kategori": ("batik",)}


def test_the_nearest_first_needs_a_place() -> None:
    assert asked("/cari?urut=terdekat&dekat=miji").sort is Sort.NEAREST
    assert asked("/cari?urut=terdekat&dekat=miji").without("dekat").sort is Sort.RELEVANT


def test_the_directory_has_the_citys_places_and_shelves(app: Flask) -> None:
    with app.app_context():
        places = directory()
        assert places is directory()
        food = places.categories["kuliner"]
        assert "jajanan-basah" in {shelf.slug for shelf in places.children(food)}
        assert places.above(places.categories["jajanan-basah"]) is food and places.above(food) is None
        assert places.kelurahan["gunung-gedangan"].name == "Gunung Gedangan"
        assert places.kampung["onde-onde"].told("en") == "Onde-onde Kampung"
