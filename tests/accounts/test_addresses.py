"""A member's addresses: in the city by kelurahan, elsewhere by names; nobody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.addresses import (
    AddressValues,
    add_address,
    address_line,
    addresses_of,
    copy_for_order,
    values_of,
    written,
)
from marketplace.accounts.models import Address
from marketplace.db import db
from tests.browser import Browser, Page
from tests.factories import Market, kelurahan_id

OUTSIDE = {
    "place": "outside",
    "province": "Jawa Timur",
    "regency": "Kabupaten Mojokerto",
    "district": "Sooko",
    "postal_code": "61361",
}


@pytest.fixture
def siti(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("siti")


def fill(browser: Browser, path: str = "/akun/alamat/baru", **changes: Any) -> Page:
    page = browser.get(path)
    with browser.app.app_context():
        balongsari = str(kelurahan_id("Balongsari"))
    fields = {"street": "Jl. Empunala No. 43", "rt": "2", "rw": "RW 01", "kelurahan_id": balongsari, **changes}
    return browser.submit(page, path, follow=False, **fields)


def kept(app: Flask) -> list[Address]:
    with app.app_context():
        return list(db.session.scalars(select(Address).order_by(Address.id)))


def test_an_address_in_the_city(app: Flask, siti: Browser) -> None:
    assert fill(siti).location == "/akun/alamat"
    (address,) = kept(app)
    assert (address.recipient, address.rt, address.rw, address.is_main) == ("Siti Aminah", "002", "001", True)
    line = "Jl. Empunala No. 43, RT 002/RW 001, Kel. Balongsari, Kec. Magersari, Kota Mojokerto, Jawa Timur"
    assert line in siti.get("/akun/alamat").text


def test_an_address_outside_the_city_forgets_the_kelurahan(app: Flask, siti: Browser) -> None:
    assert fill(siti, **OUTSIDE).status == 303
    (address,) = kept(app)
    assert address.kelurahan_id is None
    text = siti.get("/akun/alamat").text
    assert "Kec. Sooko, Kabupaten Mojokerto, Jawa Timur 61361" in text


def test_an_address_in_the_city_forgets_the_names_outside(app: Flask, siti: Browser) -> None:
    assert fill(siti, **{**OUTSIDE, "place": "city"}).status == 303
    (address,) = kept(app)
    assert (address.province, address.regency, address.district, address.postal_code) == ("", "", "", "")


def test_the_select_offers_18_kelurahan_by_kecamatan(siti: Browser) -> None:
    page = siti.get("/akun/alamat/baru")
    (kelurahan,) = page.all("select", name="kelurahan_id")
    assert [group.get("label") for group in kelurahan.iter("optgroup")] == ["Kranggan", "Magersari", "Prajurit Kulon"]
    assert len(list(kelurahan.iter("option"))) == 1 + 18
    assert len(page.all("option", value="Papua Barat Daya")) == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"recipient": ""}, "Nama penerima wajib diisi."),
        ({"recipient": "x" * 81}, "Paling panjang 80 huruf."),
        ({"phone": ""}, "Nomor HP penerima wajib diisi."),
        ({"phone": "0812x"}, "Nomor HP tidak valid."),
        ({"street": " "}, "Jalan dan nomor rumah wajib diisi."),
        ({"rt": "1234"}, "RT terdiri dari paling banyak 3 angka."),
        ({"rw": "dua"}, "RW terdiri dari paling banyak 3 angka."),
        ({"kelurahan_id": ""}, "Kelurahan wajib diisi."),
        ({"kelurahan_id": "999999"}, "Pilihan ini tidak tersedia."),
        ({"kelurahan_id": "dua"}, "Pilihan ini tidak tersedia."),
        ({"place": "bulan"}, "Pilihan ini tidak tersedia."),
        ({**OUTSIDE, "province": ""}, "Provinsi wajib diisi."),
        ({**OUTSIDE, "province": "Jawa Selatan"}, "Pilihan ini tidak tersedia."),
        ({**OUTSIDE, "regency": ""}, "Kabupaten atau kota wajib diisi."),
        ({**OUTSIDE, "regency": "kota  mojokerto"}, "Untuk alamat di Kota Mojokerto, pilih kelurahannya."),
        ({**OUTSIDE, "regency": "Mojokerto"}, "Tulis lengkap, misalnya Kabupaten Mojokerto."),
        ({**OUTSIDE, "district": ""}, "Kecamatan wajib diisi."),
        ({**OUTSIDE, "postal_code": "6136"}, "Kode pos terdiri dari 5 angka."),
        ({**OUTSIDE, "postal_code": "\u0661\u0662\u0663\u0664\u0665"}, "Kode pos terdiri dari 5 angka."),
    ],
)
def test_what_is_wrong_is_said(app: Flask, siti: Browser, changes: dict[str, str], sentence: str) -> None:
    answer = fill(siti, **changes)
    assert answer.status == 422
    assert sentence in answer.text
    assert kept(app) == []


def test_changing_choosing_and_deleting(app: Flask, siti: Browser) -> None:
    fill(siti, street="Jl. Satu")
    fill(siti, street="Jl. Dua")
    first, second = kept(app)
    fill(siti, f"/akun/alamat/{second.id}", street="Jl. Tiga")
    siti.submit(siti.get("/akun/alamat"), f"/akun/alamat/{second.id}/utama")
    assert [(a.street, a.is_main) for a in kept(app)] == [("Jl. Satu", False), ("Jl. Tiga", True)]
    siti.submit(siti.get("/akun/alamat"), f"/akun/alamat/{second.id}/hapus")
    assert [(a.street, a.is_main) for a in kept(app)] == [("Jl. Satu", True)]
    assert siti.post(f"/akun/alamat/{second.id}/hapus").status == 303, "deleting twice is no mistake"
    assert siti.post(f"/akun/alamat/{first.id}/hapus").status == 303
    assert "Belum ada alamat" in siti.get("/akun/alamat").text


def test_a_kept_address_fills_its_form(app: Flask, siti: Browser) -> None:
    fill(siti, **OUTSIDE, landmark="depan masjid")
    page = siti.get(f"/akun/alamat/{kept(app)[0].id}")
    assert page.all("input", name="place", value="outside")[0].get("checked") is not None
    assert page.all("input", name="landmark")[0].get("value") == "depan masjid"
    assert page.all("option", value="Jawa Timur")[0].get("selected") is not None


def test_addresses_of_others_are_not_there(app: Flask, siti: Browser, signed_in: Callable[[str], Browser]) -> None:
    fill(siti)
    (address,) = kept(app)
    joko = signed_in("joko")
    assert joko.get(f"/akun/alamat/{address.id}").status == 404
    assert joko.post(f"/akun/alamat/{address.id}", {"street": "x"}).status == 404
    assert joko.post(f"/akun/alamat/{address.id}/utama").status == 404
    assert joko.post(f"/akun/alamat/{address.id}/hapus").status == 303
    assert joko.post("/akun/alamat/99999999999999999999/utama").status == 404
    assert kept(app)[0].street == "Jl. Empunala No. 43"


def test_the_same_form_twice_keeps_one_address(app: Flask, siti: Browser) -> None:
    page = siti.get("/akun/alamat/baru")
    with app.app_context():
        fields = {"street": "Jl. Satu", "kelurahan_id": str(kelurahan_id("Miji"))}
    for _ in range(2):
        assert siti.submit(page, "/akun/alamat/baru", follow=False, **fields).status == 303
    assert len(kept(app)) == 1


def test_there_is_a_most(app: Flask, market: Market, siti: Browser) -> None:
    with app.app_context():
        values = AddressValues(
            recipient="Siti", phone="6281234567890", street="Jl. Satu", rt="", rw="", landmark="",
            kelurahan_id=kelurahan_id("Miji"), province="", regency="", district="", postal_code="",
        )  # fmt: skip
        for n in range(20):
            add_address(market.people["siti"], values, f"key {n}")
    answer = fill(siti)
    assert answer.status == 422
    assert "Paling banyak 20 alamat. Hapus dulu yang tidak dipakai." in answer.text


def test_an_orders_copy_names_every_place(app: Flask, market: Market) -> None:
    with app.app_context():
        values = AddressValues(
            recipient="Siti", phone="6281234567890", street="Jl. Satu", rt="002", rw="", landmark="pagar hijau",
            kelurahan_id=kelurahan_id("Miji"), province="", regency="", district="", postal_code="",
        )  # fmt: skip
        add_address(market.people["siti"], values, "key")
        address = db.session.scalars(addresses_of(market.people["siti"])).one()
        assert values_of(address) == values
        copy = copy_for_order(values)
        assert (copy["kelurahan"], copy["district"], copy["regency"]) == ("Miji", "Kranggan", "Kota Mojokerto")
        assert address_line(copy) == written(address)
        assert written(address).startswith("Jl. Satu, RT 002, Kel. Miji, Kec. Kranggan, Kota Mojokerto, Jawa Timur 613")


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_stand_in_both_languages(app: Flask, siti: Browser, language: str) -> None:
    fill(siti)
    for path in ("/akun/alamat", "/akun/alamat/baru", f"/akun/alamat/{kept(app)[0].id}"):
        assert siti.get(language + path).status == 200
