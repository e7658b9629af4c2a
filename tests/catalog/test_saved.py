"""Simpan: members put goods aside; a guest signs in on the way and finds it saved."""

from collections.abc import Callable

from flask import Flask

from marketplace.catalog.models import Product, ProductState
from tests.accounts.people import register, with_password
from tests.browser import Browser
from tests.catalog.goods import change
from tests.factories import Market

SignIn = Callable[[str], Browser]
ONDE, SAVED = "/produk/onde-onde-isi-10", "/akun/simpanan"


def test_a_member_saves_and_takes_out(market: Market, signed_in: SignIn) -> None:
    siti = signed_in("siti")
    assert "Belum ada yang disimpan" in siti.get(SAVED).text
    for _ in range(2):
        page = siti.submit(siti.get(ONDE), SAVED, follow=False)
        assert page.location == f"{ONDE}#tersimpan"
    page = siti.get(SAVED)
    assert page.links().count(ONDE) == 1
    assert "Belum ada yang disimpan" in siti.submit(page, "/hapus").text
    siti.post(f"{SAVED}/{market.products['onde']}/hapus")


def test_the_product_page_does_not_know(market: Market, client: Browser, signed_in: SignIn) -> None:
    siti = signed_in("siti")
    siti.post(f"{SAVED}/baru", {"produk": "onde-onde-isi-10"})
    assert siti.get(ONDE).response.get_data() == client.get(ONDE).response.get_data()


def test_a_guest_signs_in_and_comes_back_to_the_product(app: Flask, market: Market, client: Browser) -> None:
    password = "kata sandi warga yang panjang"
    with_password(app, "Warga", phone="6281377776666", password=password)
    page = client.submit(client.get(ONDE), SAVED)
    assert page.h1 == "Masuk"
    answer = client.submit(page, "/masuk", identity="0813-7777-6666", password=password, follow=False)
    assert answer.location == f"{ONDE}#tersimpan"
    assert ONDE in client.get(SAVED).links()


def test_a_new_member_finds_it_saved_too(market: Market, client: Browser) -> None:
    client.submit(client.get(ONDE), SAVED)
    register(client)
    assert ONDE in client.get(SAVED).links()


def test_what_is_no_longer_sold_is_marked(app: Flask, market: Market, signed_in: SignIn) -> None:
    siti = signed_in("siti")
    siti.post(f"{SAVED}/baru", {"produk": "onde-onde-isi-10"})
    with app.app_context():
        change(Product, market.products["onde"], state=ProductState.ARCHIVED)
    page = siti.get(SAVED)
    assert "Sudah tidak dijual" in page.text and ONDE not in page.links()
    assert siti.post(f"{SAVED}/baru", {"produk": "onde-onde-isi-10"}).status == 404


def test_everyone_has_a_list_of_their_own(market: Market, signed_in: SignIn) -> None:
    signed_in("siti").post(f"{SAVED}/baru", {"produk": "onde-onde-isi-10"})
    joko = signed_in("joko")
    assert ONDE not in joko.get(SAVED).links()
    joko.post(f"{SAVED}/{market.products['onde']}/hapus")
    assert ONDE in signed_in("siti").get(SAVED).links()


def test_unknown_goods_cannot_be_saved(market: Market, client: Browser, signed_in: SignIn) -> None:
    for browser in (client, signed_in("siti")):
        for slug in ("tidak-ada", "", "x\x00y"):
            assert browser.post(f"{SAVED}/baru", {"produk": slug}).status == 404
