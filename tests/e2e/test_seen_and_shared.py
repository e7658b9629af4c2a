"""What only a script can do: goods seen before, kept on the phone alone, and the ways to pass a page on."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Phones

pytestmark = [pytest.mark.browser, pytest.mark.markup]
ONDE, SHOE = "/produk/onde-onde-isi-10", "/produk/sepatu-pantofel-kulit"


def seen(phone: Page) -> list[str]:
    return [link.inner_text() for link in phone.locator("[data-recent] .card-title").all()]


def test_goods_seen_before_are_shown_on_this_phone_alone(phones: Phones) -> None:
    phone = phones.phone()
    for path in (ONDE, SHOE, "/"):
        phone.goto(path)
    expected = ["Sepatu Pantofel Kulit", "Onde-onde isi 10"] if phones.javascript else []
    assert seen(phone) == expected
    expect(phone.get_by_role("heading", name="Baru Anda lihat")).to_be_visible(visible=phones.javascript)
    phone.goto(SHOE)
    assert seen(phone) == expected[1:]
    if phones.javascript:
        phone.goto(f"/en{SHOE}")
        phone.locator("[data-recent] .card-title").click()
        expect(phone).to_have_url(f"{phones.url}/en{ONDE}")
    other = phones.phone()
    other.goto("/")
    assert seen(other) == []


def test_at_most_eight_and_nothing_planted_runs(phones: Phones) -> None:
    if not phones.javascript:
        return
    phone = phones.phone()
    phone.goto("/")
    planted = [
        {"slug": f"barang-{n}", "title": "<img src=x onerror=alert(1)>", "price": "", "photo": "", "shop": ""}
        for n in range(12)
    ]
    phone.evaluate(
        "list => localStorage.setItem('dilihat', JSON.stringify(list))", [*planted, {"slug": "../keluar"}, 7, None]
    )
    phone.goto(ONDE)
    phone.goto("/")
    assert seen(phone) == ["Onde-onde isi 10", *["<img src=x onerror=alert(1)>"] * 7]
    for broken in ("{", '"text"', "null"):
        phone.evaluate("text => localStorage.setItem('dilihat', text)", broken)
        phone.goto("/")
        assert seen(phone) == []


@pytest.mark.parametrize("path", [ONDE, "/toko/onde-onde-bu-ani", "/kampung/onde-onde"])
def test_a_page_is_passed_on_by_whatsapp_or_its_link(phones: Phones, path: str) -> None:
    phone = phones.phone()
    phone.goto(path)
    share = phone.get_by_role("link", name="Bagikan lewat WhatsApp")
    expect(share).to_be_visible()
    address = share.get_attribute("href") or ""
    assert address.startswith("https://wa.me/?text=") and path.replace("/", "%2F") in address.replace("/", "%2F")
    copy = phone.get_by_role("button", name="Salin tautan")
    expect(copy).to_be_visible(visible=phones.javascript)
    if phones.javascript:
        phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
        copy.click()
        expect(phone.locator("#toast")).to_have_text("Tautan sudah disalin.")
        assert phone.evaluate("navigator.clipboard.readText()") == phones.app.config["SETTINGS"].base_url + path


def test_saving_says_so_and_stays_on_the_page(phones: Phones) -> None:
    siti = phones.phone("siti")
    siti.goto(ONDE)
    expect(siti.locator("#tersimpan")).to_be_hidden()
    siti.get_by_role("button", name="Simpan", exact=True).click()
    expect(siti.locator("#tersimpan")).to_be_visible()
    siti.get_by_role("link", name="Lihat simpanan").click()
    expect(siti.get_by_role("link", name="Onde-onde isi 10")).to_be_visible()
