"""Lists in Chromium: the same goods with and without JavaScript, more of them without losing the place."""

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.catalog.goods import many_goods
from tests.e2e.conftest import Phones

pytestmark = [pytest.mark.browser, pytest.mark.markup]


@pytest.fixture
def shelves(app: Flask, market: object) -> None:
    """60 kinds of cloth, three pages."""
    with app.app_context():
        many_goods(60)


def shown(phone: Page) -> list[str]:
    return phone.locator("#goods .card-title").evaluate_all("links => links.map(link => link.getAttribute('href'))")


def load_more(phone: Page, javascript: bool) -> None:
    before = len(shown(phone))
    phone.get_by_role("link", name="Muat lagi").click()
    if javascript:
        expect(phone.locator("#goods .card-title")).not_to_have_count(before)
    else:
        phone.wait_for_load_state()


def every_page(phone: Page, path: str, javascript: bool) -> list[str]:
    phone.goto(path)
    if javascript and phone.locator("#more [data-hx-get]").count():
        phone.locator("h1").click()  # the first touch fetches htmx
        phone.wait_for_function("() => window.htmx")
    ids = shown(phone)
    while phone.get_by_role("link", name="Muat lagi").count():
        load_more(phone, javascript)
        ids = shown(phone) if javascript else [*ids, *shown(phone)]
    return ids


@pytest.mark.parametrize(
    "path", ["/cari", "/kategori/batik?urut=termurah", "/cari?q=kain", "/cari?q=kain&tersedia=1&urut=termahal"]
)
def test_the_same_goods_in_the_same_order_with_and_without_javascript(
    shelves: None, phones: Phones, client: object, path: str
) -> None:
    ids = every_page(phones.phone(), path, phones.javascript)
    expected: list[str] = []
    following: str | None = path
    while following:
        page = client.get(following)  # type: ignore[attr-defined]
        goods = page.by_id("goods")
        expected += [link.get("href") for link in goods.iter("a")]
        following = next((link.get("href") for link in page.all("a", rel="next")), None)
    assert ids == expected and len(ids) >= 60 and len(set(ids)) == len(ids)


def test_more_goods_are_there_again_after_a_product_and_back(shelves: None, phones: Phones) -> None:
    if not phones.javascript:
        return
    phone = phones.phone()
    # Without the browser's own memory of pages, as on a phone that is short of it.
    phone.add_init_script("addEventListener('unload', () => {})")
    phone.goto("/kategori/batik")
    phone.locator("h1").click()
    phone.wait_for_function("() => window.htmx")
    load_more(phone, javascript=True)
    load_more(phone, javascript=True)
    ids = shown(phone)
    assert len(ids) == 60
    phone.locator("#goods .card-title").nth(50).scroll_into_view_if_needed()
    place = phone.evaluate("scrollY")
    phone.locator("#goods .card-title").nth(50).click()
    phone.wait_for_url("**/produk/**")
    phone.go_back()
    expect(phone.locator("#goods .card-title")).to_have_count(60)
    assert shown(phone) == ids
    phone.wait_for_function("place => Math.abs(scrollY - place) < 50", arg=place)
    phone.reload()
    expect(phone.locator("#goods .card-title")).to_have_count(24)


def test_filters_are_a_sheet_within_reach(shelves: None, phones: Phones) -> None:
    phone = phones.phone()
    phone.goto("/cari?q=kain")
    sheet = phone.locator("#filter")
    expect(sheet).to_be_hidden()
    button = phone.get_by_role("link", name="Filter", exact=True)
    box = button.bounding_box()
    assert box is not None and box["y"] > 400 and box["height"] >= 44
    button.click()
    expect(sheet).to_be_visible()
    sheet.get_by_role("link", name="Tutup").click()
    expect(sheet).to_be_hidden()
    button.click()
    sheet.get_by_label("Harga terendah").check()
    sheet.get_by_label("Hingga").fill("50rb3")
    sheet.get_by_label("Hingga").fill("50.003")
    sheet.get_by_role("button", name="Lihat hasil").click()
    phone.wait_for_url("**/cari?*harga_maks*")
    assert shown(phone) == [f"/produk/kain-nomor-{n}" for n in (1, 2, 3)]
    if phones.javascript:
        assert phone.url.endswith("/cari?q=kain&urut=termurah&harga_maks=50.003")
    phone.get_by_role("link", name="Hapus filter Sampai Rp50.003").click()
    phone.wait_for_url("**/cari?q=kain&urut=termurah")
    assert len(shown(phone)) == 24


def test_suggestions_are_walked_through_by_keyboard(phones: Phones) -> None:
    phone = phones.phone()
    phone.goto("/")
    box = phone.locator("#q")
    box.fill("ond")
    options = phone.get_by_role("option")
    if not phones.javascript:
        box.press("Enter")
        phone.wait_for_url("**/cari?q=ond")
        assert options.count() == 0
        return
    expect(options.first).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    names = options.all_inner_texts()
    box.press("ArrowDown")
    expect(phone.get_by_role("option", selected=True)).to_have_text(names[0].replace("\n", " "), use_inner_text=True)
    box.press("ArrowUp")
    box.press("ArrowUp")
    expect(phone.get_by_role("option", selected=True)).to_contain_text("Kampung Onde-onde")
    box.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("ond")
    box.press("ArrowDown")
    expect(options.first).to_be_visible()
    box.press("ArrowDown")
    box.press("Enter")
    phone.wait_for_url("**/produk/onde-onde-isi-10")


def test_what_was_searched_for_stays_on_the_phone(phones: Phones) -> None:
    if not phones.javascript:
        return
    phone = phones.phone()
    phone.goto("/")
    for words in ("sepatu kulit", "onde onde"):
        phone.locator("#q").click()
        expect(phone.locator("#q")).to_have_role("combobox")  # its script is fetched at the first touch
        phone.locator("#q").fill(words)
        phone.locator("#q").press("Enter")
        phone.wait_for_url("**/cari?q=*")
        phone.goto("/")
    phone.locator("#q").click()
    expect(phone.get_by_role("option")).to_have_text(["onde onde", "sepatu kulit"])
    phone.get_by_role("option", name="sepatu kulit").click()
    phone.wait_for_url("**/cari?q=sepatu%20kulit")
    phone.goto("/")
    phone.locator("#q").click()
    phone.get_by_role("button", name="Hapus riwayat pencarian").click()
    expect(phone.get_by_role("option")).to_have_count(0)
    assert phone.evaluate("localStorage.getItem('dicari')") is None
    assert phones.phone().context.cookies() == []
