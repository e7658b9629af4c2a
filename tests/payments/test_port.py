"""A further provider fits the port: one module of under 60 lines, from the checkout to the refund."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.orders.models import State
from marketplace.payments import ledger
from marketplace.payments.books import Account
from marketplace.payments.models import PaymentState
from marketplace.payments.port import Sale, WayToPay
from marketplace.payments.qris import QRIS
from marketplace.payments.settling import Outcome
from marketplace.payments.transfer import TRANSFER, NoAccount
from marketplace.payments.ways import WAYS
from tests.browser import Browser
from tests.factories import Market
from tests.payments import one_more_way
from tests.payments.shopping import Purchase, SignIn, buy, buy_by_transfer
from tests.races.test_stock import breaches


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch) -> Purchase:
    monkeypatch.setitem(app.extensions, "ways_to_pay", (*WAYS, one_more_way.OneMoreWay()))
    return buy(app, client, market, code="contoh")


def test_it_is_one_short_module() -> None:
    assert len(Path(one_more_way.__file__).read_text().splitlines()) < 60


def test_its_money_places_the_order_and_goes_back(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.OPEN)
    assert "Dompet Contoh" in purchase.page().text
    with app.app_context(), writing():
        told = [one_more_way.webhook(purchase.payment.reference, 50_000, id) for id in ("7", "7", "8")]
    assert told == [Outcome.BOOKED, Outcome.ALREADY, Outcome.SUSPENSE]
    assert purchase.states == (State.PLACED, PaymentState.CAPTURED)
    with app.app_context():
        assert ledger.balances()[Account.BUYER_HELD, None] == -50_000
    ani = signed_in("bu_ani")
    assert purchase.arrived(ani).status == 404, "no shop can say that the operator's money has come"
    purchase.desk(ani, "tolak", alasan="Kompor rusak")
    with app.app_context():
        assert ledger.balances()[Account.REFUND_CLEARING, None] == -50_000
        jobs = db.session.scalars(select(Job.payload).where(Job.payload.contains("50000 of")))
        assert len(list(jobs)) == 1
    assert breaches(app) == []


def test_a_way_without_a_deadline_keeps_the_orders(
    app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "ways_to_pay", (*WAYS, one_more_way.OneMoreWay()))
    purchase = buy_by_transfer(app, client, market)
    until = purchase.order.accept_by
    purchase.pay("contoh")
    assert (purchase.order.pay_by, purchase.order.accept_by) == ("contoh", until)
    assert breaches(app) == []


@pytest.mark.parametrize("way", [TRANSFER, QRIS], ids=["transfer", "qris"])
def test_an_account_that_was_stopped_in_that_moment_takes_no_money(app: Flask, market: Market, way: WayToPay) -> None:
    with app.test_request_context(), writing(), pytest.raises(NoAccount, match="tidak lagi menerima"):
        way.start(Sale(market.shops["bu_ani"], 50_000, "city"))
