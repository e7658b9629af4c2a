"""Money that comes is booked on its payment once, or it is in suspense where everybody sees it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.audit import AuditRow
from marketplace.db import db, writing
from marketplace.payments import ledger, states
from marketplace.payments.books import Account, Journal, JournalKind
from marketplace.payments.models import Actor, Payment, PaymentEvent, PaymentState
from marketplace.payments.settling import Outcome, Place, Receipt, settle
from tests.factories import Market
from tests.payments.money import Things, give_letterbox, make_payment, receipt_for, wire
from tests.races.test_stock import breaches


@pytest.fixture
def things(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Things:
    return wire(app, monkeypatch)


def open_payment(app: Flask, shop_id: int | None, *amounts: int, **values: Any) -> Receipt:
    with app.app_context(), writing():
        return receipt_for(make_payment(shop_id, *amounts, **values))


def book(app: Flask, receipt: Receipt) -> Outcome:
    with app.app_context(), writing():
        return settle(receipt)


def journals(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        return [(j.kind, j.reference) for j in db.session.scalars(select(Journal).order_by(Journal.id))]


def test_direct_money_is_the_shops_at_once(app: Flask, market: Market, things: Things) -> None:
    shop = market.shops["bu_ani"]
    receipt = open_payment(app, shop, 50_000, code=321)
    assert book(app, receipt) == Outcome.BOOKED
    with app.app_context():
        balances = ledger.balances()
        assert balances == {(Account.PAID_TO_SHOP, shop): 50_321, (Account.SHOP_PAYABLE, shop): -50_321}
        assert sum(balances.values()) == 0, "the platform owes the shop nothing"
        payment = db.session.scalars(select(Payment)).one()
        assert (payment.state, payment.source) == (PaymentState.CAPTURED, receipt.source)
        assert payment.settled_at is not None
    assert [what for what, *_ in things.heard] == ["captured"]
    assert breaches(app) == []


def test_the_operators_money_is_held_for_the_buyer(app: Flask, market: Market, things: Things) -> None:
    book(app, open_payment(app, None, 20_000, 5_000))
    with app.app_context():
        assert ledger.balances() == {(Account.PROVIDER_CLEARING, None): 25_000, (Account.BUYER_HELD, None): -25_000}
    assert len(things.heard) == 2, "each part hears of it"


def test_cash_is_collected(app: Flask, market: Market, things: Things) -> None:
    shop = market.shops["bu_ani"]
    cash = {"state": PaymentState.DUE, "booked_on": Account.COD_RECEIVABLE, "account": f"cash:{shop}"}
    book(app, open_payment(app, shop, 9_000, **cash))
    with app.app_context():
        assert ledger.balances()[Account.COD_RECEIVABLE, shop] == 9_000
        assert db.session.scalars(select(Payment.state)).one() == PaymentState.COLLECTED
    assert breaches(app) == []


def test_the_same_receipt_again_changes_nothing(app: Flask, market: Market, things: Things) -> None:
    receipt = open_payment(app, market.shops["bu_ani"], 9_000)
    assert [book(app, receipt) for _ in range(3)] == [Outcome.BOOKED, Outcome.ALREADY, Outcome.ALREADY]
    assert len(things.heard) == 1 and len(journals(app)) == 1


MISMATCHES: dict[str, Callable[[Receipt], Receipt]] = {
    "amount": lambda receipt: replace(receipt, amount=receipt.amount - 1),
    "amount too much": lambda receipt: replace(receipt, amount=receipt.amount * 100),
    "currency": lambda receipt: replace(receipt, currency="USD"),
    "reference": lambda receipt: replace(receipt, reference="BYR-0"),
    "account": lambda receipt: replace(receipt, place=Place("bank:99", Account.PROVIDER_CLEARING)),
}


@pytest.mark.parametrize("what", MISMATCHES)
def test_money_that_does_not_fit_is_in_suspense(
    app: Flask,
    market: Market,
    things: Things,
    what: str,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_rina")
    receipt = MISMATCHES[what](open_payment(app, market.shops["bu_ani"], 9_000))
    assert [book(app, receipt), book(app, receipt)] == [Outcome.SUSPENSE, Outcome.SUSPENSE]
    with app.app_context():
        assert ledger.balances()[Account.SUSPENSE, None] == -receipt.amount
        assert db.session.scalars(select(Payment.state)).one() == PaymentState.OPEN
        assert db.session.scalar(select(func.count(AuditRow.id)).where(AuditRow.verb == "suspend")) == 1
    assert journals(app) == [(JournalKind.SUSPENSE, receipt.source)] and things.heard == []
    run_jobs()
    (letter,) = mails()
    assert "bu_rina@contoh.example" in letter and "belum dikenali" in letter and receipt.reference in letter
    assert breaches(app) == []


def test_paying_twice_leaves_the_second_money_in_suspense(app: Flask, market: Market, things: Things) -> None:
    receipt = open_payment(app, market.shops["bu_ani"], 9_000)
    assert book(app, receipt) == Outcome.BOOKED
    assert book(app, replace(receipt, source="another transfer")) == Outcome.SUSPENSE
    assert len(things.heard) == 1 and len(journals(app)) == 2


@pytest.mark.parametrize("end", [PaymentState.EXPIRED, PaymentState.REFUSED])
def test_late_money_is_booked(app: Flask, market: Market, things: Things, end: PaymentState) -> None:
    receipt = open_payment(app, market.shops["bu_ani"], 9_000)
    with app.app_context(), writing() as session:
        payment_id = session.scalars(select(Payment.id)).one()
        states.transition(payment_id, end, by=Actor.SYSTEM)
    assert book(app, receipt) == Outcome.BOOKED
    assert [what for what, *_ in things.heard] == ["captured"]
    assert breaches(app) == []


def test_an_error_of_what_is_paid_for_books_nothing(
    app: Flask, market: Market, things: Things, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = open_payment(app, market.shops["bu_ani"], 9_000)
    monkeypatch.setattr(Things, "captured", lambda *_: 1 / 0)
    wire(app, monkeypatch)
    with pytest.raises(ZeroDivisionError):
        book(app, receipt)
    assert journals(app) == []
    with app.app_context():
        assert db.session.scalars(select(Payment.state)).one() == PaymentState.OPEN


def test_the_history_tells_who(app: Flask, market: Market, things: Things) -> None:
    receipt = open_payment(app, market.shops["bu_ani"], 9_000)
    book(app, replace(receipt, by=Actor.OFFICER, actor_id=market.people["bu_rina"]))
    with app.app_context():
        last = db.session.scalars(select(PaymentEvent).order_by(PaymentEvent.id.desc())).first()
        assert last is not None
        assert (last.before, last.after) == (PaymentState.OPEN, PaymentState.CAPTURED)
        assert (last.actor, last.actor_id) == (Actor.OFFICER, market.people["bu_rina"])
