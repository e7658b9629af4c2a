"""Each way to pay from the goods to the shop's answer, with JavaScript and without (COD: test_two_shops.py)."""

from io import BytesIO

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from playwright.sync_api import Page, expect

from marketplace.payments import emv
from tests.e2e.conftest import Phones
from tests.e2e.test_two_shops import put_into_cart, wake_htmx
from tests.factories import Market
from tests.payments.cards import Till
from tests.payments.conftest import till as till  # a fixture
from tests.payments.money import give_account, give_qris, picture
from tests.races.test_stock import breaches

pytestmark = [pytest.mark.browser, pytest.mark.crossed]
COST = "Rp25.000"


def to_summary(phones: Phones) -> Page:
    """A guest with a box of onde-onde who fetches it, in front of the last button."""
    buyer = phones.phone()
    put_into_cart(buyer, "Onde-onde isi 10")
    buyer.goto("/checkout")
    buyer.get_by_label("Ambil sendiri di toko").check()
    buyer.get_by_label("Nama penerima").fill("Siti Aminah")
    buyer.get_by_label("Nomor HP penerima").fill("0812 3456 7890")
    buyer.get_by_role("button", name="Lihat ongkir dan total").locator("visible=true").click()
    expect(buyer.locator("h1")).to_have_text("Periksa pesanan")
    return buyer


def order(phones: Phones, way: str) -> tuple[Page, str]:
    """The same, ordered and to be paid this way; the receipt and the order's number."""
    buyer = to_summary(phones)
    if phones.javascript:
        wake_htmx(buyer)
    buyer.get_by_label(way).check()
    buyer.get_by_role("button", name="Buat pesanan").locator("visible=true").click()
    expect(buyer.locator("h1")).to_have_text("Pesanan Anda sudah masuk")
    return buyer, str(buyer.locator("article").get_attribute("id")).removeprefix("order-")


def prove(buyer: Page, button: str) -> None:
    """Upload a picture of what the bank has said."""
    picked = {"name": "bukti.jpg", "mimeType": "image/jpeg", "buffer": picture().getvalue()}
    buyer.locator("input[name=bukti]").set_input_files(picked)
    buyer.get_by_role("button", name=button).click()
    expect(buyer.get_by_text("Bukti sedang diperiksa")).to_be_visible()


def answer(phones: Phones, number: str) -> None:
    """Bu Ani looks at her account, says that the money has come, and makes the order ready."""
    shop = phones.phone("bu_ani")
    shop.goto(f"/jualan/pesanan/{number}")
    expect(shop.get_by_alt_text("Bukti 1")).to_be_visible()
    shop.locator("summary", has_text="Uang sudah masuk").click()
    shop.get_by_role("button", name="Ya, uang sudah masuk").click()
    expect(shop.locator(".badge").first).to_have_text("Diproses")
    shop.get_by_role("button", name="Siap diambil").click()
    expect(shop.locator(".badge").first).to_have_text("Siap diambil")


def test_at_the_counter(app: Flask, phones: Phones) -> None:
    buyer, number = order(phones, "Bayar saat mengambil di toko")
    shop = phones.phone("bu_ani")
    shop.goto(f"/jualan/pesanan/{number}")
    for button in ("Terima pesanan", "Siap diambil", "Sudah diterima pembeli"):
        shop.get_by_role("button", name=button).click()
    buyer.reload()
    expect(buyer.get_by_text("Sudah dibayar tunai")).to_be_visible()
    assert breaches(app) == []


def test_by_transfer(app: Flask, market: Market, phones: Phones) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    buyer, number = order(phones, "Transfer bank")
    amount = buyer.locator(".price-large")
    assert len(amount.locator("mark").inner_text()) == 3
    expect(amount).not_to_have_text(COST)
    expect(buyer.get_by_role("button", name="Salin jumlah")).to_have_count(1 if phones.javascript else 0)
    prove(buyer, "Unggah bukti transfer")
    answer(phones, number)
    buyer.reload()
    expect(buyer.get_by_text("Sudah dibayar", exact=True)).to_be_visible()
    assert breaches(app) == []


def test_by_qris(app: Flask, market: Market, phones: Phones) -> None:
    with app.app_context():
        give_qris(market, "bu_ani")
    buyer, number = order(phones, "QRIS")
    buyer.set_viewport_size({"width": 360, "height": 1200})  # the bar at the bottom covers nothing
    drawn = Image.open(BytesIO(buyer.get_by_role("img", name="Kode QRIS").screenshot()))
    with buyer.expect_download() as download:
        buyer.get_by_role("link", name="Unduh kode QRIS").click()
    kept = Image.open(download.value.path())
    (on_page,), (in_file,) = (zxingcpp.read_barcodes(image) for image in (drawn, kept))
    assert on_page.text == in_file.text and download.value.suggested_filename == f"qris-{number}-1.png"
    fields = dict(emv.parse(in_file.text))
    assert fields["54"] == "25000" and number in fields["62"]
    prove(buyer, "Unggah bukti pembayaran")
    answer(phones, number)
    buyer.reload()
    expect(buyer.get_by_text("Sudah dibayar", exact=True)).to_be_visible()
    assert breaches(app) == []


def test_by_card(app: Flask, till: Till, phones: Phones) -> None:
    buyer = to_summary(phones)
    buyer.get_by_label("Kartu debit atau kredit").check()
    buyer.get_by_role("button", name="Buat pesanan").locator("visible=true").click()
    expect(buyer).to_have_url(f"{till.fake.url}/c/pay/{buyer.url.rsplit('/', 1)[1]}")
    expect(buyer.get_by_role("cell", name="25,000.00").first).to_be_visible()
    buyer.locator("button.pay").click()
    expect(buyer.locator("h1")).to_have_text("Pesanan Anda")
    expect(buyer.get_by_text("Sudah dibayar", exact=True)).to_be_visible()
    expect(buyer.locator(".badge").first).to_have_text("Menunggu konfirmasi penjual")
    assert breaches(app) == []
