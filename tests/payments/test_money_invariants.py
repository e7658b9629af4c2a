"""`flask check` names each breach of money; every night it looks by itself and tells the officers."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from marketplace import checking, nights
from marketplace.accounts.models import User
from marketplace.clock import WIB, now
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.payments.settling import settle
from tests.factories import Market
from tests.payments.money import give_letterbox, make_payment, receipt_for, wire
from tests.races.test_stock import breaches

JOURNAL = "INSERT INTO journal (kind, reference, at, currency, note) VALUES ('capture', '{}', '2026-11-22', 'IDR', '')"
DAMAGE = [
    (JOURNAL.format("nobody"), "captures a payment that is not there"),
    (JOURNAL.format("nobody"), "its entries sum to 0 rupiah"),
    ("INSERT INTO entry (journal_id, account, amount) SELECT id, 'suspense', 7 FROM journal", "sum to 7 rupiah"),
    (JOURNAL.format("open"), "the ledger has money for it, its state does not"),
    ("UPDATE payment SET state = 'captured' WHERE reference = 'open'", "its money is not in the ledger"),
    ("UPDATE payment SET due = due + 1, code = 1 WHERE reference = 'paid'", "the ledger has another amount for it"),
    ("UPDATE payment_part SET amount = amount + 1", "its amount is not the sum of its parts"),
    ("UPDATE payment_part SET is_payable = NOT is_payable", "its parts do not know whether it is payable"),
    ("UPDATE payment SET state = 'proof' WHERE reference = 'open'", "its state is not where its history ends"),
    ("UPDATE payment_event SET before = 'due' WHERE before IS NOT NULL", "its history is no legal path"),
    ("DELETE FROM payment_event", "has no history"),
    ("UPDATE payment_part SET refunded = 1, borne = 1", "its refunds are not counted on it"),
    ("UPDATE payment_part SET refunded = 1, borne = 1", "what the platform bears is not counted on it"),
    (JOURNAL.format("nobody"), "the audit trail does not know of it"),
    ("UPDATE journal SET reference = 'other'", "is not what the audit trail tells"),
    ("UPDATE entry SET amount = amount * 2", "is not what the audit trail tells"),
    ("DELETE FROM entry", "is not what the audit trail tells"),
    (
        "INSERT INTO audit_row (at, verb, kind, object_id, note) VALUES ('2026-11-22', 'capture', 'journal', 99, '')",
        "journal 99: the audit trail tells of it, and it is gone",
    ),
]


@pytest.fixture
def two_payments(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """One open, one paid."""
    wire(app, monkeypatch)
    with app.app_context(), writing():
        make_payment(market.shops["bu_ani"], 4_000, reference="open")
        settle(receipt_for(make_payment(market.shops["bu_ani"], 5_000, reference="paid")))


def damage(app: Flask, engine: str, statement: str) -> None:
    """Break something behind the database's own guards."""
    with app.app_context():
        if engine == "postgresql":
            db.session.execute(text("ALTER TABLE journal DISABLE TRIGGER USER"))
            db.session.execute(text("ALTER TABLE entry DISABLE TRIGGER USER"))
        else:
            for trigger in ("journal_no_UPDATE", "journal_no_DELETE", "entry_no_UPDATE", "entry_no_DELETE"):
                db.session.execute(text(f"DROP TRIGGER {trigger}"))
        db.session.execute(text(statement))
        db.session.commit()


def test_sound_money_passes(app: Flask, two_payments: None) -> None:
    assert breaches(app) == []


@pytest.mark.parametrize(("statement", "line"), DAMAGE)
def test_a_breach_is_named(app: Flask, engine: str, two_payments: None, statement: str, line: str) -> None:
    damage(app, engine, statement)
    assert any(line in breach for breach in breaches(app)), breaches(app)


def test_the_night_looks_and_tells_the_officers(
    app: Flask,
    market: Market,
    engine: str,
    two_payments: None,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    damage(app, engine, DAMAGE[0][0])
    with app.app_context():
        give_letterbox(market, "bu_rina")
        checking.nightly([lambda: iter(["journal 1: something"])])
        assert waiting() == 1
    run_jobs()
    (letter,) = mails()
    assert "Pemeriksaan malam" in letter and "journal 1: something" in letter


def test_a_quiet_night_writes_no_letter(app: Flask, market: Market) -> None:
    with app.app_context():
        checking.nightly([lambda: iter([])])
        assert db.session.scalar(select(func.count(Job.id)).where(Job.kind == "notices.deliver")) == 0
        assert waiting() == 1
        assert db.session.scalar(select(func.count(User.id)).where(User.is_officer)) == 1


def test_the_next_night_is_arranged_once(app: Flask, market: Market) -> None:
    with app.app_context():
        nights.arrange(checking.KIND)
        nights.arrange(checking.KIND)
        assert waiting() == 1


@pytest.mark.parametrize(("hour", "days"), [(1, 0), (2, 1), (23, 1)])
def test_the_night_is_at_two(hour: int, days: int) -> None:
    at = datetime(2026, 11, 22, hour, tzinfo=WIB)
    assert nights.next_night(at) == datetime(2026, 11, 22, 2, tzinfo=WIB) + timedelta(days=days)


def waiting() -> int:
    kind = (Job.kind == checking.KIND, Job.ended_at.is_(None), Job.due_at > now())
    return db.session.scalar(select(func.count(Job.id)).where(*kind)) or 0
