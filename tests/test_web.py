"""What every response gets, whatever was asked: headers, hosts, nothing that breaks on strange addresses."""

import pytest
from sqlalchemy.exc import IntegrityError
from structlog.testing import capture_logs

from marketplace.orders import carts
from tests.browser import Browser
from tests.factories import Market


def test_headers_protect_every_page(client: Browser, market: Market) -> None:
    for path in ("/", "/keranjang", "/tidak-ada"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers


def test_personal_pages_are_never_stored(client: Browser, market: Market) -> None:
    assert client.get("/keranjang").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/tidak-ada", "/produk/%00", "/%00", "/produk/" + "x" * 5000, "/pesanan/../../etc"])
def test_an_unknown_path_has_a_page(client: Browser, market: Market, path: str) -> None:
    page = client.get(path)
    assert page.status in {303, 404}
    if page.status == 404:
        assert "Beranda" in page.text


def test_a_strange_host_is_refused(client: Browser, market: Market) -> None:
    assert client.client.get("/", headers={"Host": "evil.example"}).status_code == 400
    assert client.client.get("/", headers={"Host": "127.0.0.1:8000"}).status_code == 200


def test_english_desks_have_one_address(client: Browser, market: Market) -> None:
    page = client.get("/en/jualan/produk?x=1")
    assert (page.status, page.location) == (308, "/jualan/produk?x=1")


def test_a_form_that_is_too_large_gets_a_page(client: Browser, market: Market) -> None:
    page = client.post("/keranjang/catatan/1", {"catatan": "x" * (3 * 1024 * 1024)})
    assert page.status == 413 and "terlalu besar" in page.text


def test_the_log_of_a_broken_database_names_no_person(
    client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = "62812" + "34567890"  # a trace shows source lines, and this is one

    def broken(*_: object, **__: object) -> None:
        raise IntegrityError("INSERT INTO x VALUES (?)", {"phone": phone}, Exception(f"Key (phone)=({phone})"))

    monkeypatch.setattr(carts, "add", broken)
    with capture_logs() as logs:
        page = client.post("/keranjang", {"varian": market.variants["onde"], "jumlah": 1})
    assert page.status == 500
    assert [entry["event"] for entry in logs] == ["database.broken"]
    assert phone not in str(logs)
