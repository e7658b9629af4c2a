"""Another way, once more, two tabs, too late: one payment at most can be made, no money is lost, nothing oversold."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text, update

from marketplace.catalog.models import Variant
from marketplace.db import db, writing
from marketplace.orders import money_moves
from marketplace.orders.models import State
from marketplace.payments.models import PaymentState, RefundState
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, place
from tests.payments.money import give_account
from tests.payments.shopping import Purchase, SignIn, buy_by_transfer
from tests.races.test_stock import breaches

MONDAY_10 = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
Lapse = Callable[[], None]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_10, tick=False) as travelling:
        yield travelling


@pytest.fixture
def purchase(app: Flask, clock: time_machine.Traveller, client: Browser, market: Market) -> Purchase:
    return buy_by_transfer(app, client, market)


@pytest.fixture
def lapse(clock: time_machine.Traveller, run_jobs: Callable[[], int]) -> Lapse:
    """Let the deadline pass."""

    def pass_by() -> None:
        clock.shift(timedelta(hours=25))
        run_jobs()

    return pass_by


def test_the_same_way_again_is_the_same_payment(app: Flask, purchase: Purchase) -> None:
    purchase.pay("transfer")
    purchase.pay("transfer")
    assert len(purchase.payments) == 1


def test_changing_to_cash_places_the_order(app: Flask, purchase: Purchase, run_jobs: Callable[[], int]) -> None:
    page = purchase.page()
    assert [e.get("value") for e in page.all("input", type="hidden", name="cara")] == ["cod"]
    purchase.buyer.submit(page, f"{purchase.link}/{purchase.number}/bayar")
    first, second = purchase.payments
    assert (first.state, second.state) == (PaymentState.EXPIRED, PaymentState.DUE)
    assert purchase.order.state == State.PLACED and purchase.order.pay_by == "cod" and purchase.held == 2
    assert purchase.order.accept_by == MONDAY_10 + timedelta(hours=2)
    assert "tidak menunggu pembayaran" in purchase.pay("transfer").text
    assert breaches(app) == []


def test_an_order_paid_in_cash_after_all_lapses_when_the_shop_is_silent(
    app: Flask, purchase: Purchase, clock: time_machine.Traveller, run_jobs: Callable[[], int]
) -> None:
    purchase.pay("cod")
    clock.shift(timedelta(hours=2, minutes=1))
    run_jobs()
    assert purchase.states == (State.CANCELLED, PaymentState.EXPIRED) and purchase.held == 0
    assert breaches(app) == []


def test_a_waiting_proof_keeps_its_way(app: Flask, purchase: Purchase) -> None:
    purchase.prove()
    page = purchase.pay("cod")
    assert page.status == 422 and "sedang memeriksa bukti" in page.text
    assert len(page.all("p", id=f"cara-{purchase.number}")) == 1
    assert len(purchase.payments) == 1


def test_what_the_shop_does_not_take_cannot_be_chosen(app: Flask, purchase: Purchase) -> None:
    for code in ("at_pickup", "qris", ""):
        page = purchase.pay(code)
        assert page.status == 422 and "tidak tersedia" in page.text
        assert page.all("details", id=f"cara-{purchase.number}")[0].get("open") is not None
    assert len(purchase.payments) == 1


def test_nobody_holds_goods_for_ever(
    app: Flask, purchase: Purchase, signed_in: SignIn, clock: time_machine.Traveller, run_jobs: Callable[[], int]
) -> None:
    ani = signed_in("bu_ani")
    for attempt in range(2, money_moves.MOST_ATTEMPTS + 1):
        purchase.prove(f"#0000{attempt:02}")
        purchase.desk(ani, "bukti/tolak", alasan="Belum masuk")
        purchase.pay("transfer")
        assert len(purchase.payments) == attempt
    purchase.prove("black")
    purchase.desk(ani, "bukti/tolak", alasan="Belum masuk")
    assert "tidak tersedia" in purchase.pay("transfer").text
    clock.shift(timedelta(hours=25))
    run_jobs()
    assert purchase.order.state == State.CANCELLED
    assert breaches(app) == []


def test_late_money_brings_a_lapsed_order_back(app: Flask, purchase: Purchase, lapse: Lapse, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    lapse()
    assert purchase.held == 0
    page = purchase.desk(ani)
    ani.submit(page, f"/jualan/pesanan/{purchase.number}/uang-masuk")
    assert purchase.states == (State.PLACED, PaymentState.CAPTURED) and purchase.held == 2
    assert purchase.refunds == []
    purchase.desk(ani, "terima")
    assert purchase.order.state == State.ACCEPTED
    assert breaches(app) == []


def test_late_money_goes_back_when_the_goods_are_gone(
    app: Flask, market: Market, purchase: Purchase, lapse: Lapse, signed_in: SignIn
) -> None:
    lapse()
    with app.app_context(), writing() as session:
        session.execute(update(Variant).where(Variant.id == market.variants["onde"]).values(on_hand=1))
    purchase.arrived(signed_in("bu_ani"))
    assert purchase.states == (State.CANCELLED, PaymentState.CAPTURED) and purchase.held == 0
    (refund,) = purchase.refunds
    assert (refund.amount, refund.state) == (purchase.payment.due, RefundState.DUE)
    assert breaches(app) == []


def test_late_money_of_an_order_that_was_called_off_goes_back(
    app: Flask, purchase: Purchase, signed_in: SignIn
) -> None:
    purchase.prove()
    purchase.cancel()
    assert purchase.states == (State.CANCELLED, PaymentState.EXPIRED)
    purchase.arrived(signed_in("bu_ani"))
    purchase.arrived(signed_in("bu_ani"), purchase.payments[0])
    assert purchase.order.state == State.CANCELLED and len(purchase.refunds) == 1
    assert breaches(app) == []


def test_money_for_the_way_left_behind_counts_too(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    """The buyer has changed to cash, and the transfer comes all the same: it is paid, no cash is due."""
    purchase.pay("cod")
    purchase.arrived(signed_in("bu_ani"), purchase.payments[0])
    first, second = purchase.payments
    assert (first.state, second.state) == (PaymentState.CAPTURED, PaymentState.EXPIRED)
    assert purchase.order.state == State.PLACED and purchase.order.pay_by == "transfer"
    assert breaches(app) == []


def test_paying_twice_gives_one_back(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    purchase.prove()
    purchase.desk(ani, "bukti/tolak", alasan="Belum masuk")
    purchase.pay("transfer")
    first, second = purchase.payments
    purchase.arrived(ani, second)
    purchase.arrived(ani, first)
    assert purchase.order.state == State.ACCEPTED
    (refund,) = purchase.refunds
    assert (refund.payment_id, refund.amount) == (first.id, first.due)
    assert breaches(app) == []


def test_one_checkout_may_mix_ways(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    receipt = place(client, give_address(client), **{f"bayar-{market.shops['bu_ani']}": "transfer"})
    assert "Bayar di tempat (COD)" in receipt.text and "Transfer tepat" in receipt.text
    with app.app_context():
        rows = db.session.execute(text("SELECT state, pay_by FROM shop_order ORDER BY pay_by"))
        assert [tuple(row) for row in rows] == [("placed", "cod"), ("awaiting_payment", "transfer")]
    assert breaches(app) == []
