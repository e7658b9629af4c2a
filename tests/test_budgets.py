"""The budgets of every page: bytes of the first view, SQL statements, lazy pictures, requests of a checkout."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts.access import policy_of
from marketplace.catalog.models import Product, Variant
from marketplace.db import db
from marketplace.kept_page import Shelf
from tests.browser import Browser
from tests.busy_market import add_goods, fill_carts, open_shops
from tests.orders.flows import ADDRESS
from tests.pages_row import FILLED
from tests.pages_scenes import Scene, filled
from tests.pages_table import rows_of
from tests.weights import Weight, pictures, weigh

pytestmark = pytest.mark.slow
KB = 1024
PAINTED, SCRIPTS, FIRST_VIEW = 14 * KB, 20 * KB, 40 * KB
PUBLIC_STATEMENTS, PERSONAL_STATEMENTS = 6, 10
EAGER = 4  # pictures that a phone may show before any scrolling
REQUESTS_TO_ORDER = 9


@pytest.fixture
def busy(app: Flask, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A market with all goods of the demo city, its pages kept as by default: the addresses of one of each kind."""
    monkeypatch.setattr(app.extensions["pagecache"], "shelf", Shelf(16 * KB * KB))
    add_goods(app, open_shops(app))
    with app.app_context():
        wordiest = select(Product.slug).order_by(func.length(Product.description).desc(), Product.id).limit(1)
        return {
            "home": "/",
            "category": "/kategori/kuliner",
            "search": "/cari",
            "product": f"/produk/{db.session.scalars(wordiest).one()}",
            "kampung": "/kampung/onde-onde",
            "shop": "/toko/onde-onde-mbok-rondo",
            "cart": "/keranjang",
        }


@pytest.fixture
def shopper(app: Flask, busy: dict[str, str]) -> Browser:
    """A guest with ten lines in the cart."""
    browser = Browser(app)
    with app.app_context():
        each = select(func.min(Variant.id)).group_by(Variant.product_id).order_by(Variant.product_id)
        variants = db.session.scalars(each.limit(10)).all()
    for id in variants:
        browser.post("/keranjang", {"varian": id, "jumlah": 10})
    return browser


def test_the_first_view_is_light(shopper: Browser, busy: dict[str, str]) -> None:
    weights: dict[str, Weight] = {name: weigh(shopper, path) for name, path in busy.items()}
    assert {name: w.html for name, w in weights.items() if w.html > PAINTED} == {}
    assert {name: w.scripts for name, w in weights.items() if w.scripts > SCRIPTS} == {}
    assert {name: w for name, w in weights.items() if w.first_view > FIRST_VIEW} == {}


def test_pictures_below_the_fold_wait(shopper: Browser, busy: dict[str, str]) -> None:
    for name, path in busy.items():
        images = pictures(shopper.get(path))
        assert all(image["width"] and image["height"] for image in images)
        assert all(image.get("loading") == "lazy" for image in images[EAGER:]), name


def test_every_page_asks_the_database_a_few_times_whatever_there_is(
    app: Flask, count_sql: Callable[[], list[str]]
) -> None:
    scene = filled(app)
    Browser(app).get("/cari")  # reads the directory of places and shelves, once per process
    statements = count_sql()
    few = asked(app, scene, statements)
    fill_carts(app, add_goods(app, open_shops(app)))
    many = asked(app, scene, statements)
    with app.app_context():
        most = {name: _most(name) for name in few}
    assert {name: n for name, n in many.items() if n > most[name]} == {}
    assert {name: (few[name], n) for name, n in many.items() if n != few[name]} == {}


def asked(app: Flask, scene: Scene, statements: list[str]) -> dict[str, int]:
    """How many statements each row of the filled market costs."""
    counts = {}
    for row in rows_of(FILLED):
        browser, path = scene.browser(app, row.who), row.path(app, scene)
        statements.clear()
        row.open(browser, path)
        counts[row.name] = len(statements)
    return counts


def _most(name: str) -> int:
    return PUBLIC_STATEMENTS if policy_of(name.split()[0]).is_public else PERSONAL_STATEMENTS


def test_a_guest_orders_in_few_requests(client: Browser, busy: dict[str, str]) -> None:
    page = client.get(busy["product"])
    page_of_cart = client.submit(page, "/keranjang")
    form = client.get("/checkout")
    kelurahan = next(o.get("value") for o in form.root.iter("option") if o.text == "Balongsari")
    summary = client.submit(form, "/checkout", **{**ADDRESS, "kelurahan_id": kelurahan})
    receipt = client.submit(summary, "/checkout/pesan")
    assert receipt.h1 == "Pesanan Anda sudah masuk"
    opened = (page, page_of_cart, form, summary, receipt)
    assert sum(1 + len(each.response.history) for each in opened) <= REQUESTS_TO_ORDER
