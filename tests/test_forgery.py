"""Forgery is stopped by what the browser says of the sender; a browser that says nothing is asked again."""

import pytest
from flask import Flask

from tests.browser import Browser, Page, fields_of
from tests.factories import Market

OURS = "http://localhost"


def send(browser: Browser, market: Market, headers: dict[str, str], **extra: str) -> Page:
    data = {"varian": str(market.variants["onde"]), "jumlah": "2", **extra}
    return Page(browser.client.post("/keranjang", data=data, headers=headers))


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": OURS}, True),
        ({"Origin": "null"}, False),
        ({"Origin": "https://evil.example", "Referer": OURS + "/produk/x"}, False),
        ({"Referer": OURS + "/produk/x"}, True),
        ({"Referer": "https://evil.example/localhost"}, False),
        ({"Referer": OURS + ".evil.example/"}, False),
    ],
)
def test_the_browser_vouches(client: Browser, market: Market, headers: dict[str, str], passes: bool) -> None:
    page = send(client, market, headers)
    assert (page.status == 303) == passes
    assert page.status in {303, 403}


def test_a_silent_browser_is_asked_again_and_loses_nothing(client: Browser, market: Market) -> None:
    page = send(client, market, {})
    assert page.status == 403
    form = page.form("/keranjang")
    fields = fields_of(form, page.root)
    assert fields["jumlah"] == "2"
    again = Page(client.client.post("/keranjang", data=fields))
    assert again.status == 303
    once_more = Page(client.client.post("/keranjang", data=fields))
    assert once_more.status == 403
    assert "Rp50.000" in client.get("/keranjang").text


def test_a_token_is_good_for_its_own_fields_and_browser_alone(app: Flask, client: Browser, market: Market) -> None:
    page = send(client, market, {})
    fields = fields_of(page.form("/keranjang"), page.root)
    assert Page(client.client.post("/keranjang", data={**fields, "jumlah": "9"})).status == 403
    victim = Browser(app)
    send(victim, market, {})
    assert Page(victim.client.post("/keranjang", data=fields)).status == 403
    assert "masih kosong" in victim.get("/keranjang").text


def test_reading_needs_no_proof(client: Browser, market: Market) -> None:
    assert client.get("/keranjang", headers={"Sec-Fetch-Site": "cross-site"}).status == 200
