"""Shop and office give money back while an order goes on: by line, by amount, once, and never more than came."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.catalog.models import Product, Variant
from marketplace.db import db
from marketplace.orders import refunding
from marketplace.orders.models import Actor, OrderLine, RefundedLine, State
from marketplace.orders.refunding import Wish
from marketplace.payments.books import Account
from marketplace.payments.models import PaymentState, Refund
from marketplace.payments.refunds import TooMuch
from tests.browser import Browser, Page
from tests.factories import Market
from tests.payments.money import give_letterbox, picture
from tests.payments.shopping import Purchase, buy, buy_by_transfer
from tests.payments.test_earning import advance, booked, set_rate
from tests.races.test_stock import breaches

Jobs = Callable[[], int]
AT_ONCE = 20


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market, ani: Browser) -> Purchase:
    """Two boxes, paid by transfer and accepted."""
    purchase = buy_by_transfer(app, client, market)
    purchase.arrived(ani)
    return purchase


def path(purchase: Purchase, desk: str = "jualan") -> str:
    return f"/{desk}/pesanan/{purchase.number}/kembalikan-dana"


def give(browser: Browser, path: str, *, boxes: int | str = "", **fields: object) -> Page:
    """Open the form and send it; `boxes` of the first line."""
    page = browser.get(path)
    names = [element.get("name") for element in page.root.iter("input")]
    line = next((name for name in names if name and name.startswith("jumlah_")), "")
    return browser.submit(page, path, **{**({line: boxes} if line else {}), "alasan": "Satu kotak penyok.", **fields})


def shelf(app: Flask) -> tuple[int, int, int]:
    """Onde-onde on hand, held, and counted as sold."""
    with app.app_context():
        return db.session.execute(  # type: ignore[return-value]
            select(Variant.on_hand, Variant.held, Product.sold).join(Product).where(Variant.sku == "OND-10")
        ).one()


def test_a_shop_gives_back_one_box_and_sends_the_other(
    app: Flask,
    market: Market,
    purchase: Purchase,
    ani: Browser,
    run_jobs: Jobs,
    mails: Callable[[], list[str]],
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_ani")
    page = give(ani, path(purchase), boxes=1)
    assert "1 x Onde-onde isi 10" in page.text and "Kembalikan Rp25.000: Satu kotak penyok." in page.text
    assert shelf(app) == (30, 1, 0), "what is not sent can be bought again"
    run_jobs()
    letters = mails()
    assert any("Kirim uang ini ke pembeli" in letter for letter in letters)
    assert any("Penjual akan mengirim uang ini" in letter for letter in letters)
    assert "1 x Onde-onde isi 10" in purchase.page().text
    (refund,) = purchase.refunds
    purchase.desk(ani, "pengembalian", pengembalian=refund.id, bukti=(picture(), "x.jpg"))
    purchase.buyer.submit(purchase.page(), f"/lacak/{purchase.token}/{purchase.number}/dana-kembali")
    assert purchase.states == (State.ACCEPTED, PaymentState.PART_REFUNDED)
    with app.app_context():
        advance(purchase.order)
    assert shelf(app) == (29, 0, 1)
    assert breaches(app) == []


def test_goods_that_come_back_are_on_the_shelf_again(app: Flask, purchase: Purchase, ani: Browser) -> None:
    purchase.desk(ani, "kirim")
    give(ani, path(purchase), boxes=1)
    assert shelf(app) == (28, 0, 2), "the buyer has eaten it"
    give(ani, path(purchase), boxes=1, kembali="y")
    assert shelf(app) == (29, 0, 1)
    purchase.desk(ani, "tolak", alasan="Ditolak di pintu.")
    assert shelf(app) == (30, 0, 0)
    assert sum(refund.amount for refund in purchase.refunds) == purchase.payment.due
    assert breaches(app) == []


WRONG: list[tuple[dict[str, object], str]] = [
    ({"boxes": 3}, "Paling banyak 2."),
    ({"boxes": "dua"}, "Tulis dengan angka"),
    ({"boxes": -1}, "Paling banyak 2."),
    ({"tambahan": "99jt"}, "yang masih bisa dikembalikan"),
    ({"tambahan": "-5"}, "tidak boleh kurang dari 0"),
    ({}, "Isi jumlah barang atau jumlah rupiah"),
    ({"boxes": 0, "tambahan": "0"}, "Isi jumlah barang atau jumlah rupiah"),
    ({"boxes": 1, "alasan": ""}, "Alasan wajib diisi"),
    ({"boxes": 1, "alasan": "x" * 301}, "paling panjang 300"),
    ({"boxes": 1, "sudah": "1"}, "Sudah ada pengembalian dana lain"),
]


@pytest.mark.parametrize(("fields", "sentence"), WRONG)
def test_what_is_wrong_is_told_and_nothing_is_lost(
    purchase: Purchase, ani: Browser, fields: dict[str, object], sentence: str
) -> None:
    page = give(ani, path(purchase), **fields)  # type: ignore[arg-type]
    assert page.status == 422 and sentence in page.text
    if fields.get("alasan") is None:
        assert 'value="Satu kotak penyok."' in page.html
    assert purchase.refunds == []


def test_a_line_cannot_be_given_back_twice(purchase: Purchase, ani: Browser) -> None:
    give(ani, path(purchase), boxes=2)
    page = ani.get(path(purchase))
    assert "jumlah_" not in page.html, "nothing is left of it"
    with purchase.app.app_context():
        line = db.session.scalars(select(RefundedLine.line_id)).one()
    key = page.all("input", name="kunci")[0].get("value")
    data = {"kunci": key, f"jumlah_{line}": 1, "alasan": "x", "tambahan": "1", "sudah": 50_000}
    ani.post(path(purchase), data)
    assert [refund.amount for refund in purchase.refunds] == [50_000, 1], "the unknown field is nobody's"


def test_sent_twice_is_one_refund_and_two_tabs_too(app: Flask, purchase: Purchase, ani: Browser) -> None:
    first, second = ani.get(path(purchase)), ani.get(path(purchase))
    for _ in range(2):
        ani.submit(first, path(purchase), tambahan="5000", alasan="Terlambat.")
    assert len(purchase.refunds) == 1
    page = ani.submit(second, path(purchase), tambahan="5000", alasan="Terlambat.")
    assert page.status == 422 and "Sudah ada pengembalian dana lain" in page.text
    assert len(purchase.refunds) == 1
    assert breaches(app) == []


def test_more_of_a_line_than_is_left_is_refused_though_no_form_lets_it_through(
    app: Flask, market: Market, purchase: Purchase
) -> None:
    with app.test_request_context():
        line = db.session.scalars(select(OrderLine.id)).one()
        with pytest.raises(TooMuch, match="Onde-onde isi 10 tidak sebanyak itu"):
            refunding.refund(purchase.order.id, Wish({line: 3}, 0, "x"), key="k", by=Actor.SELLER, actor_id=1)
    assert purchase.refunds == []


def test_twenty_at_once_are_one(app: Flask, market: Market, purchase: Purchase, ani: Browser, rina: Browser) -> None:
    """Shop and office press at the same moment, in ten tabs each: one refund, and nobody sees an error of ours."""
    who = [("jualan", ani, market.tokens["bu_ani"]), ("kantor", rina, market.tokens["bu_rina"])]
    desks = who * (AT_ONCE // 2)
    forms = [(path(purchase, desk), browser.get(path(purchase, desk)), token) for desk, browser, token in desks]

    def press(form: tuple[str, Page, str]) -> int:
        where, page, token = form
        browser = Browser(app)
        browser.sign_in_as(token)
        return browser.submit(page, where, follow=False, tambahan="40000", alasan="Terlambat.").status

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        statuses = sorted(crowd.map(press, forms))
    assert statuses == [303] + [422] * (AT_ONCE - 1)
    assert [refund.amount for refund in purchase.refunds] == [40_000]
    assert breaches(app) == []


def test_what_the_platform_bears_the_shop_keeps(app: Flask, market: Market, purchase: Purchase, rina: Browser) -> None:
    set_rate(app, market, "bu_ani")
    page = give(rina, path(purchase, "kantor"), boxes=1, penanggung="platform")
    assert "Ditanggung platform" in page.text
    with app.app_context():
        advance(purchase.order)
    due, shop = purchase.payment.due, purchase.order.shop_id
    assert booked(app) == {
        (Account.PAID_TO_SHOP, shop): due,
        (Account.SHOP_PAYABLE, shop): -due,
        (Account.SUBSIDY, None): 25_000,
        (Account.REFUND_CLEARING, None): -25_000,
    }
    assert breaches(app) == []


def test_orders_without_money_have_nothing_to_give(
    app: Flask, client: Browser, market: Market, ani: Browser, rina: Browser
) -> None:
    cash = buy(app, client, market, "cod")
    assert ani.get(path(cash)).status == 409
    assert "Kembalikan dana" not in cash.desk(ani).text
    cash.desk(ani, "terima")
    assert rina.get(path(cash, "kantor")).status == 409
    cash.desk(ani, "kirim")
    cash.desk(ani, "sampai")
    assert "Kembalikan dana" in cash.desk(ani).text
    give(ani, path(cash), tambahan="5rb")
    assert cash.refunds[0].amount == 5_000


def test_a_suspended_shop_leaves_it_to_the_office(
    app: Flask, market: Market, purchase: Purchase, ani: Browser, rina: Browser
) -> None:
    page = ani.get(path(purchase))
    rina.post("/kantor/toko/onde-onde-bu-ani/penangguhan", {"reason": "Foto dari toko lain."})
    assert ani.submit(page, path(purchase), tambahan="5rb", alasan="Terlambat.").status == 422
    assert purchase.refunds == []
    give(rina, path(purchase, "kantor"), tambahan="5rb")
    with app.app_context():
        assert db.session.scalars(select(Refund.amount)).all() == [5_000]
