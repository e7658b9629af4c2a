"""Journeys that several tests of orders walk: fill a cart, give an address, place the order."""

from tests.browser import Browser, Page, fields_of
from tests.factories import Market

ADDRESS = {
    "cara": "antar",
    "recipient": "Siti Aminah",
    "phone": "0812-3456-7890",
    "email": "siti@contoh.example",
    "place": "city",
    "street": "Jl. Empunala No. 43",
    "rt": "2",
    "rw": "1",
}


def fill_cart(browser: Browser, market: Market, **quantities: int) -> Page:
    """Put goods in: `fill_cart(b, market, onde=2, **{"sepatu 39 Hitam": 1})`."""
    page = None
    for name, quantity in quantities.items():
        page = browser.post("/keranjang", {"varian": market.variants[name], "jumlah": quantity}, follow=True)
        assert page.status == 200, page.text
    assert page is not None
    return page


def give_address(browser: Browser, **changes: object) -> Page:
    """Fill in the checkout's first page and arrive at the summary."""
    page = browser.get("/checkout")
    kelurahan = next(o.get("value") for o in page.root.iter("option") if o.text == "Balongsari")
    return browser.submit(page, "/checkout", **{**ADDRESS, "kelurahan_id": kelurahan, **changes})


def use_voucher(browser: Browser, summary: Page, code: str) -> Page:
    """Press "Pakai voucher" on the summary."""
    fields = fields_of(summary.form("/checkout/pesan"), summary.root)
    return browser.post("/checkout/ringkasan", {**fields, "voucher": code}, follow=True)


def place(browser: Browser, summary: Page, **changes: object) -> Page:
    """Press "Buat pesanan" on the summary."""
    return browser.submit(summary, "/checkout/pesan", **changes)


def order(browser: Browser, market: Market, **quantities: int) -> Page:
    """The whole journey of a buyer; returns the receipt."""
    fill_cart(browser, market, **quantities)
    return place(browser, give_address(browser))


def numbers_of(receipt: Page) -> list[str]:
    """The order numbers on a receipt."""
    panels = [e.get("id", "") for e in receipt.root.iter("article")]
    return [id.removeprefix("order-") for id in panels if id.startswith("order-")]
