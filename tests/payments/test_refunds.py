"""Money goes back: the shop that was paid owes it and shows it, the buyer confirms; never more than was paid."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.orders.models import Actor, State
from marketplace.payments import ledger, refunds
from marketplace.payments.books import Account
from marketplace.payments.models import Payment, PaymentPart, PaymentState, RefundState
from marketplace.payments.settling import settle
from tests.browser import Browser
from tests.factories import Market
from tests.payments.money import give_letterbox, make_payment, picture, receipt_for, wire
from tests.payments.shopping import Purchase, SignIn, buy, buy_by_transfer
from tests.races.test_stock import breaches


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market) -> Purchase:
    return buy_by_transfer(app, client, market)


def test_a_paid_order_that_the_shop_calls_off_is_refunded(
    app: Flask,
    market: Market,
    purchase: Purchase,
    signed_in: SignIn,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    """The whole way back: the shop sends it and shows it, the buyer confirms, and the ledger is empty again."""
    ani, rina = signed_in("bu_ani"), signed_in("bu_rina")
    with app.app_context():
        give_letterbox(market, "bu_ani")
    purchase.arrived(ani)
    purchase.desk(ani, "tolak", alasan="Kompor rusak")
    due = purchase.payment.due
    assert purchase.states == (State.CANCELLED, PaymentState.CAPTURED)
    with app.app_context():
        assert ledger.balances()[Account.REFUND_CLEARING, None] == -due
    run_jobs()
    assert any("bu_ani@" in letter and "Kirim uang ini ke pembeli" in letter for letter in mails())
    assert purchase.number in rina.get("/kantor/pembayaran").text
    path = f"/lacak/{purchase.token}/{purchase.number}/dana-kembali"
    refund = purchase.refunds[0].id
    assert purchase.buyer.post(path, {"pengembalian": refund}).status == 409, "nothing was sent yet"
    page = purchase.desk(ani)
    assert "Kompor rusak" in page.text
    ani.submit(page, f"/jualan/pesanan/{purchase.number}/pengembalian", bukti=(picture("green"), "x.jpg"))
    run_jobs()
    assert any("siti@contoh.example" in letter and "Periksa rekening Anda" in letter for letter in mails())
    purchase.buyer.submit(purchase.page(), path)
    assert purchase.states == (State.CANCELLED, PaymentState.REFUNDED)
    with app.app_context():
        assert set(ledger.balances().values()) == {0}
    assert purchase.buyer.post(path, {"pengembalian": refund}).status == 303, "twice is once"
    assert purchase.number not in rina.get("/kantor/pembayaran").text
    assert breaches(app) == []


def test_the_office_may_see_that_the_money_is_back(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    ani, rina = signed_in("bu_ani"), signed_in("bu_rina")
    purchase.arrived(ani)
    purchase.desk(ani, "tolak", alasan="Kompor rusak")
    purchase.desk(ani, "pengembalian", pengembalian=purchase.refunds[0].id)
    assert purchase.refunds[0].state == RefundState.DUE, "a proof is needed"
    data = {"pengembalian": purchase.refunds[0].id, "bukti": (picture(), "x.jpg")}
    purchase.desk(ani, "pengembalian", **data)
    page = rina.get(f"/kantor/pesanan/{purchase.number}")
    rina.submit(page, f"/kantor/pesanan/{purchase.number}/dana-kembali")
    assert purchase.payment.state == PaymentState.REFUNDED
    again = {"pengembalian": purchase.refunds[0].id, "bukti": (picture(), "x.jpg")}
    assert "sudah berubah" in purchase.desk(ani, "pengembalian", **again).text


def test_another_orders_refund_cannot_be_named(
    app: Flask, market: Market, purchase: Purchase, signed_in: SignIn
) -> None:
    ani = signed_in("bu_ani")
    purchase.arrived(ani)
    purchase.desk(ani, "tolak", alasan="Kompor rusak")
    other = buy(app, Browser(app), market)
    refund = purchase.refunds[0].id
    assert "tidak ada" in other.desk(ani, "pengembalian", pengembalian=refund, bukti=(picture(), "x.jpg")).text
    path = f"/lacak/{other.token}/{other.number}/dana-kembali"
    assert other.buyer.post(path, {"pengembalian": refund}).status == 404
    assert other.buyer.post(path).status == 404


def test_never_more_than_was_paid(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    with app.app_context():
        part = db.session.scalars(select(PaymentPart.id)).one()
        with pytest.raises(refunds.TooMuch), writing():
            refunds.owe(part, 1, "nothing has come yet")
    purchase.arrived(signed_in("bu_ani"))
    with app.app_context():
        with writing():
            first = refunds.owe(part, 20_000, "one box was broken")
        with pytest.raises(refunds.TooMuch), writing():
            refunds.owe(part, purchase.payment.due - 19_999, "too much")
        with writing():
            refunds.send(first.id, "x", actor_id=None)
        with writing():
            refunds.finish(first.id, by=Actor.BUYER, actor_id=None)
        assert purchase.payment.state == PaymentState.PART_REFUNDED
        with writing():
            assert refunds.owe(part, purchase.payment.due - 20_000, "the rest").state == RefundState.DUE
    assert breaches(app) == []


def test_an_order_takes_nothing_of_anothers_share(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two things of one payment: neither can have more back than its own part."""
    wire(app, monkeypatch)
    with app.app_context():
        with writing():
            payment = make_payment(None, 5_000, 3_000)
            settle(receipt_for(payment))
        large, small = db.session.scalars(select(PaymentPart.id).order_by(PaymentPart.id))
        with pytest.raises(refunds.TooMuch), writing():
            refunds.owe(small, 3_001, "too much")
        with writing():
            refunds.owe(small, 3_000, "all of it")
            refunds.owe(large, 5_000, "all of it")
        assert db.session.get_one(Payment, payment.id, populate_existing=True).refunded == 8_000
    assert breaches(app) == []
