"""The amount of a transfer tells whose it is: unique among what is open, and among what was open lately."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from marketplace.db import db, writing
from marketplace.payments import transfer
from marketplace.payments.models import PaymentState
from marketplace.payments.port import Sale
from marketplace.payments.transfer import TRANSFER, NoCodeLeft
from tests.browser import Browser
from tests.factories import Market
from tests.payments.money import give_account, make_payment
from tests.payments.shopping import buy


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False) as travelling:
        yield travelling


def test_each_open_amount_is_one_of_a_kind(app: Flask, market: Market, client: Browser) -> None:
    with app.app_context():
        account = f"bank:{give_account(market, 'bu_ani')}"
        shop = market.shops["bu_ani"]
        with writing():
            taken = {make_payment(shop, 50_000, account=account, code=code).due for code in range(1, 999)}
    last = buy(app, client, market)
    assert last.payment.due == 50_999 and 50_999 not in taken
    with app.app_context(), pytest.raises(NoCodeLeft), writing():
        TRANSFER.start(Sale(shop, 50_000, "city"))
    with app.app_context(), writing():
        db.session.execute(text("UPDATE payment SET state = 'expired' WHERE due = 50007"))
        assert TRANSFER.start(Sale(shop, 50_000, "city")).code == 7, "an old amount only when no other is left"


def test_an_amount_of_late_is_not_asked_for_again(
    app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch, clock: time_machine.Traveller
) -> None:
    monkeypatch.setattr(transfer, "CODES", range(1, 3))
    with app.app_context():
        account = f"bank:{give_account(market, 'bu_ani')}"
        shop = market.shops["bu_ani"]
        with writing():
            make_payment(shop, 50_000, account=account, code=1, state=PaymentState.EXPIRED)
        with writing():
            assert {TRANSFER.start(Sale(shop, 50_000, "city")).code for _ in range(30)} == {2}
        clock.shift(timedelta(days=8))
        with writing():
            assert {TRANSFER.start(Sale(shop, 50_000, "city")).code for _ in range(60)} == {1, 2}


def test_the_database_lets_no_two_open_payments_ask_for_the_same(app: Flask, market: Market) -> None:
    shop = market.shops["bu_ani"]
    with app.app_context():
        with writing():
            make_payment(shop, 50_000, account="bank:7", code=5)
            make_payment(shop, 50_000, account="bank:8", code=5)
            make_payment(shop, 50_000, account="bank:7", code=5, state=PaymentState.EXPIRED)
        with pytest.raises(IntegrityError), writing():
            make_payment(shop, 50_001, account="bank:7", code=4, state=PaymentState.PROOF)
