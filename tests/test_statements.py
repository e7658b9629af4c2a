"""How many statements a page costs, and how many a guest's way from a product to the receipt."""

from collections.abc import Callable

from flask import Flask

from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import ADDRESS, fill_cart
from tests.pages_scenes import filled

ONDE = "/produk/onde-onde-isi-10"
PUBLIC = ["/", "/cari", "/cari?q=onde", "/kategori/kuliner", "/kampung/onde-onde", "/toko/onde-onde-bu-ani", ONDE]
SCOPES = ["/cari", "/kategori/kuliner", "/kampung/onde-onde", "/toko/onde-onde-bu-ani"]
PUBLIC += [f"{path}?q=onde+pandan+sepatu&harga_min=20000&tersedia=1" for path in SCOPES]
Count = Callable[[], list[str]]
MOST_ON_PAGE, MOST_TO_ADD, MOST_REQUESTS, MOST_TO_ORDER = 6, 8, 9, 70


def test_a_public_page_costs_six_at_most(app: Flask, count_sql: Count) -> None:
    filled(app)
    statements = count_sql()
    for path in PUBLIC:
        Browser(app).get(path)
        before = len(statements)
        assert Browser(app).get(path).status == 200
        asked = statements[before:]
        assert len(asked) <= MOST_ON_PAGE, "\n".join([path, *asked])


def test_a_product_costs_one(app: Flask, count_sql: Count) -> None:
    filled(app)
    Browser(app).get(ONDE)
    statements = count_sql()
    page = Browser(app).get(ONDE)
    assert page.status == 200 and page.all("article", class_="review") and page.all("h2", id="more")
    assert len(statements) == 1, "\n".join(statements)


def test_a_cart_costs_six_at_most(app: Flask, market: Market, count_sql: Count) -> None:
    guest = Browser(app)
    fill_cart(guest, market, onde=2, **{"sepatu 39 Hitam": 1, "sepatu 40 Cokelat": 2})
    statements = count_sql()
    assert guest.get("/keranjang").status == 200
    assert len(statements) <= MOST_ON_PAGE, "\n".join(statements)


def test_adding_to_the_cart_costs_eight_at_most(app: Flask, market: Market, count_sql: Count) -> None:
    guest = Browser(app)
    fill_cart(guest, market, onde=1)
    statements = count_sql()
    assert guest.post("/keranjang", {"varian": market.variants["sepatu 39 Hitam"], "jumlah": 1}).status == 303
    assert len(statements) <= MOST_TO_ADD, "\n".join(statements)


def test_a_guest_orders_in_nine_requests_and_seventy_statements(app: Flask, market: Market, count_sql: Count) -> None:
    """From the product's page to the receipt, without JavaScript, redirects counted."""
    guest, requests = Browser(app), []
    app_before = app.wsgi_app

    def counted(environ, start_response):
        requests.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}")
        return app_before(environ, start_response)

    app.wsgi_app = counted  # type: ignore[method-assign]
    statements = count_sql()
    try:
        receipt = bought(guest, market)
    finally:
        app.wsgi_app = app_before  # type: ignore[method-assign]
    assert receipt.h1 == "Pesanan Anda sudah masuk"
    assert len(requests) <= MOST_REQUESTS, requests
    assert len(statements) <= MOST_TO_ORDER, "\n".join(statements)


def bought(guest: Browser, market: Market) -> Page:
    """Product, cart, address, summary, receipt, as a person's browser asks for them."""
    guest.get(ONDE)
    cart = guest.post("/keranjang", {"varian": market.variants["onde"], "jumlah": 2}, follow=True)
    assert "/checkout" in cart.links()
    form = guest.get("/checkout")
    kelurahan = next(o.get("value") for o in form.root.iter("option") if o.text == "Balongsari")
    summary = guest.submit(form, "/checkout", **{**ADDRESS, "kelurahan_id": kelurahan})
    return guest.submit(summary, "/checkout/pesan")
