"""`next=` leads on inside the site alone."""

from urllib.parse import quote

import pytest
from flask import Flask

from marketplace.accounts.onward import inside
from tests.accounts.people import PASSWORD, sign_in, with_password
from tests.browser import Browser


@pytest.fixture
def siti(app: Flask) -> int:
    return with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")


INSIDE = [
    "/pesanan",
    "/akun/alamat?x=1",
    "/en/keranjang",
    "/cari?q=onde-onde&urut=terbaru",
    "/a//b",
    "/%5Cevil.example",
]
OUTSIDE = [
    "",
    None,
    "akun",
    "//evil.example",
    "///evil.example",
    "https://evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "/\\evil.example",
    "\\/evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\nSet-Cookie: x=1",
    " //evil.example",
    "/ /evil.example",
    "/\x00",
    "/\x7f/evil.example",
    "/" + "a" * 3000,
]


@pytest.mark.parametrize("path", INSIDE)
def test_next_inside_the_site_is_followed(client: Browser, siti: int, path: str) -> None:
    assert inside(path) == path
    assert sign_in(client, path=f"/masuk?next={quote(path, safe='')}").location == path


@pytest.mark.parametrize("path", OUTSIDE)
def test_next_out_of_the_site_leads_to_the_account(app: Flask, client: Browser, siti: int, path: str | None) -> None:
    assert inside(path) == ""
    assert sign_in(client, path=f"/masuk?next={quote(path or '', safe='')}").location == "/akun"
    fields = {"identity": "081234567890", "password": PASSWORD, "next": path or ""}
    assert Browser(app).post("/masuk", fields).location == "/akun"


def test_a_page_for_members_sends_to_sign_in_and_back(client: Browser, siti: int) -> None:
    gate = client.get("/en/akun/alamat?x=1")
    assert gate.status == 303
    form_page = client.get(gate.location)
    answer = client.submit(form_page, "/masuk", follow=False, identity="081234567890", password=PASSWORD)
    assert answer.location == "/en/akun/alamat?x=1"


def test_whoever_is_signed_in_needs_no_form(client: Browser, siti: int) -> None:
    sign_in(client)
    assert client.get("/masuk?next=/pesanan").location == "/pesanan"
    assert client.get("/daftar").location == "/akun"
