"""Payouts: each shop once for each week, whatever dies in between; what is left over is carried on."""

import csv
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from marketplace.clock import WIB
from marketplace.db import db, writing
from marketplace.payments import ledger, payout_invariants, payouts
from marketplace.payments.bank_file import bank_file
from marketplace.payments.books import Account
from marketplace.payments.payout_models import Payout, PayoutRun, PayoutState
from marketplace.payments.payouts import AlreadyMade, LeftOut, NotClosed, Why
from marketplace.payments.periods import Period, last_closed, named, present
from marketplace.payments.statements import Statement, owed, statements
from marketplace.sellers.verification import suspend
from tests.factories import Market
from tests.payments.earned import earn, owe_back, sell_directly
from tests.payments.money import give_account

MONDAY = datetime(2026, 11, 16, 9, tzinfo=WIB)
WEEK, NEXT = Period(MONDAY.date()), Period(MONDAY.date() + timedelta(days=7))
AFTER = datetime(2026, 11, 23, 9, tzinfo=WIB)


@pytest.fixture
def monday(app: Flask, market: Market) -> Iterator[int]:
    """The Monday after; Bu Ani has an account and has earned 100,000 less 2,000. Her shop's id."""
    shop = market.shops["bu_ani"]
    with time_machine.travel(AFTER, tick=False), app.app_context():
        give_account(market, "bu_ani")
        earn(app, shop, MONDAY, 100_000, fee=2_000)
        yield shop


def all_payouts() -> list[Payout]:
    return list(db.session.scalars(select(Payout).order_by(Payout.id).execution_options(populate_existing=True)))


def breaches() -> list[str]:
    return [line for check in payout_invariants.CHECKS for line in check()]


def test_a_week_has_a_name_and_a_place() -> None:
    with time_machine.travel(AFTER, tick=False):
        assert (WEEK.key, WEEK.sunday.isoformat(), WEEK.before.key) == ("2026-W47", "2026-11-22", "2026-W46")
        assert (present(), last_closed(), WEEK.after, NEXT.after) == (NEXT, WEEK, NEXT, None)
        assert named("2026-W47") == WEEK
        assert [named(key) for key in ("2026-W48x", "2026-W60", "2026-W00", "2030-W01", "", "²026-W47")] == [None] * 6
    with time_machine.travel(WEEK.end + timedelta(minutes=59), tick=False):
        assert last_closed() == WEEK.before


def test_a_statement_tells_where_everything_went(app: Flask, market: Market, monday: int) -> None:
    sell_directly(app, monday, MONDAY, 40_000)
    owe_back(app, monday, MONDAY, 25_000, fee_back=500)
    earn(app, monday, MONDAY - timedelta(days=7), 7_000)
    told = statements(WEEK, monday)[monday]
    assert told == Statement(
        opening=7_000, orders=2, sales=140_000, fees=-1_500, refunds=-25_000, direct=-40_000, paid_out=0, others=0
    )
    assert (told.net, told.closing) == (113_500, 80_500)
    assert owed(monday) == {monday: 80_500}
    assert statements(WEEK) == {monday: told}
    assert statements(WEEK, market.shops["pak_budi"]) == {}


def test_a_run_pays_what_was_earned_by_then_once(app: Flask, market: Market, monday: int) -> None:
    earn(app, monday, AFTER, 5_000)
    payouts.make_run(WEEK, market.people["bu_rina"])
    with pytest.raises(AlreadyMade):
        payouts.make_run(WEEK, market.people["bu_rina"])
    (payout,) = all_payouts()
    assert (payout.amount, payout.period, payout.number) == (98_000, "2026-W47", "0012345678")
    assert ledger.balances()[Account.PAYOUT_CLEARING, None] == -98_000
    assert owed() == {monday: 5_000}
    assert statements(NEXT, monday)[monday].paid_out == -98_000
    assert breaches() == []


def test_a_week_that_goes_on_is_not_paid_out(app: Flask, market: Market, monday: int) -> None:
    with pytest.raises(NotClosed):
        payouts.make_run(NEXT, market.people["bu_rina"])


def test_runs_made_late_or_in_any_order_pay_nothing_twice(app: Flask, market: Market, monday: int) -> None:
    earn(app, monday, AFTER, 5_000)
    with time_machine.travel(AFTER + timedelta(days=14), tick=False):
        for period in (NEXT, WEEK, NEXT.after or NEXT):
            payouts.make_run(period, market.people["bu_rina"])
        assert [payout.amount for payout in all_payouts()] == [103_000]
        assert owed() == {monday: 0}
        assert payouts.left_out(NEXT) == []


def test_the_database_knows_a_shop_is_paid_once_a_week(app: Flask, market: Market, monday: int) -> None:
    payouts.make_run(WEEK, market.people["bu_rina"])
    columns = "shop_id, period, amount, bank, number, holder, state, reference"
    again = f"INSERT INTO payout (run_id, {columns}) SELECT run_id, {columns} FROM payout"
    with pytest.raises(IntegrityError):
        db.session.execute(text(again))
    db.session.rollback()


def test_what_went_back_since_is_taken_off_and_debts_are_carried_on(app: Flask, market: Market, monday: int) -> None:
    owe_back(app, monday, AFTER, 30_000)
    budi = market.shops["pak_budi"]
    give_account(market, "pak_budi")
    earn(app, budi, MONDAY, 10_000)
    owe_back(app, budi, AFTER, 15_000)
    payouts.make_run(WEEK, market.people["bu_rina"])
    assert [payout.amount for payout in all_payouts()] == [68_000]
    assert payouts.left_out(WEEK) == [LeftOut(budi, -5_000, Why.OWES)]
    earn(app, budi, AFTER, 12_000)
    with time_machine.travel(AFTER + timedelta(days=7), tick=False):
        payouts.make_run(NEXT, market.people["bu_rina"])
    assert [payout.amount for payout in all_payouts()] == [68_000, 7_000]


def test_who_cannot_be_paid_is_left_out_and_shown(app: Flask, market: Market, monday: int) -> None:
    budi = market.shops["pak_budi"]
    earn(app, budi, MONDAY, 10_000)
    suspend(monday, market.people["bu_rina"], "Alamat tidak ditemukan.")
    payouts.make_run(WEEK, market.people["bu_rina"])
    assert all_payouts() == []
    left = [LeftOut(monday, 98_000, Why.SUSPENDED), LeftOut(budi, 10_000, Why.NO_ACCOUNT)]
    assert payouts.left_out(WEEK) == left
    assert owed() == {monday: 98_000, budi: 10_000}


def test_a_crash_between_file_and_mark_pays_nothing_twice(app: Flask, market: Market, monday: int) -> None:
    """The file was sent, the server died: the next run finds nothing, the file is the same, the mark is made once."""
    run = payouts.make_run(WEEK, market.people["bu_rina"])
    before = bank_file(payouts.hand_out_file(run, market.people["bu_rina"]), "Pasar")
    db.session.remove()
    with time_machine.travel(AFTER + timedelta(days=7), tick=False):
        payouts.make_run(NEXT, market.people["bu_rina"])
        assert len(all_payouts()) == 1
        assert bank_file(payouts.hand_out_file(run, market.people["bu_rina"]), "Pasar") == before
        assert db.session.scalars(select(PayoutRun.filed_at).where(PayoutRun.id == run)).one() == AFTER
        ids = [payout.id for payout in all_payouts()]
        assert payouts.mark_paid(run, ids, "BJ-1", market.people["bu_rina"]) == 1
        assert payouts.mark_paid(run, ids, "BJ-2", market.people["bu_rina"]) == 0
    assert all_payouts()[0].reference == "BJ-1"
    assert payouts.hand_out_file(run, market.people["bu_rina"]) == []
    balances = ledger.balances()
    assert (balances[Account.PAYOUT_CLEARING, None], balances[Account.PROVIDER_CLEARING, None]) == (0, -98_000)
    assert breaches() == []


def test_a_run_that_dies_leaves_nothing(
    app: Flask, market: Market, monday: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(payouts.audit, "record", lambda *_args, **_more: (_ for _ in ()).throw(SystemExit))
        payouts.make_run(WEEK, market.people["bu_rina"])
    assert all_payouts() == [] and owed() == {monday: 98_000}
    payouts.make_run(WEEK, market.people["bu_rina"])
    assert len(all_payouts()) == 1


@pytest.mark.parametrize("was_paid", [True, False])
def test_what_the_bank_sends_back_is_paid_the_next_week(
    app: Flask, market: Market, monday: int, was_paid: bool
) -> None:
    rina = market.people["bu_rina"]
    run = payouts.make_run(WEEK, rina)
    (payout,) = all_payouts()
    if was_paid:
        payouts.mark_paid(run, [payout.id], "BJ-1", rina)
    payouts.mark_returned(run, payout.id, "Rekening ditutup", rina)
    with pytest.raises(payouts.GoneAway):
        payouts.mark_returned(run, payout.id, "Rekening ditutup", rina)
    assert payouts.mark_paid(run, [payout.id], "BJ-2", rina) == 0
    assert owed() == {monday: 98_000}
    with time_machine.travel(AFTER + timedelta(days=7), tick=False):
        payouts.make_run(NEXT, rina)
    assert [(each.period, each.state) for each in all_payouts()] == [
        ("2026-W47", PayoutState.RETURNED),
        ("2026-W48", PayoutState.DUE),
    ]
    assert breaches() == []


def test_two_officers_at_once(app: Flask, market: Market, monday: int) -> None:
    """The same week and another one: the shop is paid once."""
    refused: list[AlreadyMade] = []
    threads = [threading.Thread(target=_make, args=(app, market, week, refused)) for week in (WEEK, WEEK, WEEK.before)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [payout.amount for payout in all_payouts()] == [98_000]


def _make(app: Flask, market: Market, week: Period, refused: list[AlreadyMade]) -> None:
    with app.app_context():
        try:
            payouts.make_run(week, market.people["bu_rina"])
        except AlreadyMade as refusal:
            refused.append(refusal)


def test_the_file_has_totals_and_no_formulas(app: Flask, market: Market, monday: int) -> None:
    with writing() as session:
        session.execute(text("UPDATE receiving_account SET holder = '=HYPERLINK(1)', bank = '@bank, \"Jatim\"'"))
    run = payouts.make_run(WEEK, market.people["bu_rina"])
    with app.test_request_context():
        told = bank_file(payouts.hand_out_file(run, market.people["bu_rina"]), "-Pasar")
    head, line, total = csv.reader(StringIO(told))
    assert head == ["Nomor", "Bank", "Rekening", "Nama pemilik", "Jumlah", "Berita"]
    assert line[1:] == ['\'@bank, "Jatim"', "0012345678", "'=HYPERLINK(1)", "98000", f"'-Pasar 2026-W47 {line[0]}"]
    assert total == ["Total", "", "", "1", "98000", ""]


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE payout SET amount = amount + 1", "was not taken off its shop's balance"),
        ("UPDATE payout SET amount = amount + 1", "98001 rupiah are due, 98000 stand in clearing"),
        ("UPDATE payout SET state = 'paid', ended_at = '2026-11-23'", "is paid, and the ledger does not know it"),
        ("DELETE FROM payout", "pays out to nobody"),
    ],
)
def test_a_breach_is_named(app: Flask, market: Market, monday: int, statement: str, line: str) -> None:
    payouts.make_run(WEEK, market.people["bu_rina"])
    with writing() as session:
        session.execute(text(statement))
    assert any(line in breach for breach in breaches()), breaches()
