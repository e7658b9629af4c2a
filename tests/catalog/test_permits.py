"""Numbers of permits: read as sellers write them, refused beside the field, shown as what the seller says."""

from collections.abc import Callable

import pytest
from flask import Flask

from marketplace.catalog.permits import NotAPermit, normalise_halal, normalise_pirt, pirt_ends
from tests.browser import Browser
from tests.catalog.goods import titles
from tests.factories import Market

HALAL, PIRT = "ID35110000145390126", "2063576010001-29"
EDIT = "/jualan/produk/onde-onde-isi-10/ubah"


@pytest.mark.parametrize("text", [HALAL, "id 35110000145390126", " ID-3511 0000 1453 90126 "])
def test_halal_numbers_in_any_writing(app: Flask, text: str) -> None:
    assert normalise_halal(text) == HALAL


@pytest.mark.parametrize(
    "text", ["ID3511000014539", "MUI-00150012345678", "KH12345", "ID" + "١" * 17, "x" * 5000, HALAL + "1"]
)
def test_what_is_no_halal_number(app: Flask, text: str) -> None:
    with app.test_request_context(), pytest.raises(NotAPermit, match="17 angka"):
        normalise_halal(text)


@pytest.mark.parametrize("text", [PIRT, "P-IRT No. 2063576010001-29", "PIRT 206357601000129", "2063578010001-29"])
def test_pirt_numbers_in_any_writing(app: Flask, text: str) -> None:
    number = normalise_pirt(text)
    assert number.endswith("-29") and len(number) == 16 and pirt_ends(number) == 2029


@pytest.mark.parametrize("text", ["P-IRT No. 9063576010001-29", "20635760100029", "", "2063576010001-19"])
def test_what_is_no_pirt_number_or_is_over(app: Flask, text: str) -> None:
    with app.test_request_context(), pytest.raises(NotAPermit, match=r"15 angka|berlaku sampai 2019"):
        normalise_pirt(text)


def test_a_seller_names_permits_and_buyers_find_by_them(
    client: Browser, market: Market, signed_in: Callable[[str], Browser]
) -> None:
    ani = signed_in("bu_ani")
    refused = ani.submit(ani.get(EDIT), EDIT, halal_number="KH12345", pirt_number="12")
    assert refused.status == 422
    assert refused.text.count("ID dan 17 angka, misalnya") == 2 and "P-IRT terdiri dari 15 angka" in refused.text
    ani.submit(ani.get(EDIT), EDIT, halal_number="id 35110000145390126", pirt_number="PIRT 206357601000129")
    shown = client.get("/produk/onde-onde-isi-10").text
    assert f"{HALAL}, dicantumkan penjual" in shown and f"{PIRT}, dicantumkan penjual" in shown
    for flag in ("halal", "pirt"):
        assert titles(client.get(f"/cari?{flag}=1")) == ["Onde-onde isi 10"]
    again = ani.get(EDIT)
    ani.submit(again, EDIT, halal_number="")
    assert client.get("/cari?halal=1").by_id("goods") is None
    assert titles(client.get("/cari?pirt=1")) == ["Onde-onde isi 10"]
