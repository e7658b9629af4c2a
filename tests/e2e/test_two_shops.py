"""A guest buys a pair of size-39 shoes and a box of onde-onde; both sellers accept and finish; stock falls by that."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from marketplace.catalog.models import Variant
from marketplace.db import db
from tests.e2e.conftest import Phones
from tests.factories import Market

pytestmark = pytest.mark.browser


def put_into_cart(phone: Page, title: str, variant: str | None = None) -> None:
    phone.goto("/")
    phone.get_by_role("link", name=title).first.click()
    expect(phone.locator("h1")).to_have_text(title)
    if variant:
        phone.locator(".chip", has_text=variant).click()
    phone.get_by_role("button", name="Tambah ke keranjang").locator("visible=true").click()
    told = phone.locator("#toast", has_text="Masuk ke keranjang")  # with scripts; without, the cart itself opens
    expect(told.or_(phone.locator("h1", has_text="Keranjang")).first).to_be_visible()


def wake_htmx(phone: Page) -> None:
    """The script fetches htmx at the first touch."""
    with phone.expect_event("requestfinished", lambda request: "htmx" in request.url):
        phone.locator("h1").click()
    phone.wait_for_timeout(300)


def check_out(phone: Page) -> None:
    phone.goto("/keranjang")
    phone.get_by_role("link", name="Lanjut ke pembayaran").locator("visible=true").click()
    phone.get_by_label("Nama penerima").fill("Siti Aminah")
    phone.get_by_label("Nomor HP penerima").fill("0812 3456 7890")
    phone.get_by_label("Kelurahan").select_option(label="Balongsari")
    phone.get_by_label("Jalan dan nomor rumah").fill("Jl. Empunala No. 43")
    phone.get_by_role("button", name="Lihat ongkir dan total").locator("visible=true").click()
    expect(phone.locator("h1")).to_have_text("Periksa pesanan")
    expect(phone.locator("#sum")).to_contain_text("Rp220.000")
    phone.get_by_role("button", name="Buat pesanan").locator("visible=true").click()
    expect(phone.locator("h1")).to_have_text("Pesanan Anda sudah masuk")


def fulfil(phone: Page, number: str) -> None:
    phone.goto("/jualan")
    phone.locator(f"#order-{number}").get_by_role("button", name="Terima pesanan").click()
    expect(phone.locator("h1")).to_have_text(f"Pesanan {number}")
    phone.get_by_role("button", name="Barang dikirim").click()
    phone.get_by_role("button", name="Sudah diterima pembeli").click()
    expect(phone.locator(".badge").first).to_have_text("Sampai")


def test_a_guest_buys_from_two_shops(app: Flask, market: Market, phones: Phones) -> None:
    buyer = phones.phone()
    put_into_cart(buyer, "Sepatu Pantofel Kulit", "Hitam 39")
    put_into_cart(buyer, "Onde-onde isi 10")
    check_out(buyer)
    tracking = buyer.url
    articles = [article.get_attribute("id") or "" for article in buyer.locator("article").all()]
    numbers = [id.removeprefix("order-") for id in articles]
    fulfil(phones.phone("bu_ani"), numbers[0])
    fulfil(phones.phone("pak_budi"), numbers[1])
    buyer.goto(tracking)
    badges = [badge.inner_text() for badge in buyer.locator("article .badge").all()]
    assert badges == ["Sampai", "Sudah dibayar tunai"] * 2
    with app.app_context():
        left = {v.id: (v.on_hand, v.held) for v in db.session.query(Variant)}
    assert left[market.variants["onde"]] == (29, 0)
    assert left[market.variants["sepatu 39 Hitam"]] == (3, 0)
    assert all(left[id] == (4, 0) for name, id in market.variants.items() if name not in {"onde", "sepatu 39 Hitam"})


@pytest.mark.crossed
def test_choosing_another_way_counts_the_total_again(app: Flask, market: Market, phones: Phones) -> None:
    buyer = phones.phone()
    put_into_cart(buyer, "Sepatu Pantofel Kulit", "Hitam 39")
    buyer.goto("/checkout")
    buyer.get_by_label("Nama penerima").fill("Siti Aminah")
    buyer.get_by_label("Nomor HP penerima").fill("0812 3456 7890")
    buyer.get_by_label("Kelurahan").select_option(label="Balongsari")
    buyer.get_by_label("Jalan dan nomor rumah").fill("Jl. Empunala No. 43")
    buyer.get_by_role("button", name="Lihat ongkir dan total").locator("visible=true").click()
    expect(buyer.locator("#bar-total")).to_have_text("Rp195.000")
    if phones.javascript:
        wake_htmx(buyer)
    buyer.get_by_text("Ambil di toko", exact=True).click()
    if not phones.javascript:
        buyer.get_by_role("button", name="Hitung ulang total").click()
    expect(buyer.locator("#bar-total")).to_have_text("Rp185.000")
    expect(buyer.locator("#sum")).to_contain_text("Rp185.000")
    buyer.get_by_role("button", name="Buat pesanan").locator("visible=true").click()
    expect(buyer.locator("h1")).to_have_text("Pesanan Anda sudah masuk")


@pytest.mark.crossed
def test_the_cart_follows_the_buttons(app: Flask, market: Market, phones: Phones) -> None:
    buyer = phones.phone()
    put_into_cart(buyer, "Onde-onde isi 10")
    buyer.goto("/keranjang")
    if phones.javascript:
        wake_htmx(buyer)
        buyer.get_by_role("button", name="Tambah", exact=True).click()
    else:
        buyer.get_by_label("Jumlah Onde-onde isi 10").fill("2")
        buyer.get_by_role("button", name="Ubah").click()
    expect(buyer.locator(".line-end")).to_have_text("Rp50.000")
    buyer.get_by_role("button", name="Hapus").click()
    expect(buyer.get_by_text("Keranjang Anda masih kosong.")).to_be_visible()
