"""The ledger: whole journals, once, balanced, never changed again."""

import re
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from marketplace.db import db, writing
from marketplace.payments import ledger
from marketplace.payments.books import Account, Entry, Journal, JournalKind
from marketplace.payments.ledger import Side, Unbalanced
from tests.factories import Market

HELD = [Side(Account.PROVIDER_CLEARING, 700), Side(Account.BUYER_HELD, -700)]


def post(app: Flask, reference: str, sides: list[Side] = HELD) -> bool:
    with app.app_context(), writing():
        return ledger.post(JournalKind.CAPTURE, reference, sides) is not None


def counts(app: Flask) -> tuple[int, int]:
    with app.app_context():
        return tuple(db.session.scalar(select(func.count(model.id))) or 0 for model in (Journal, Entry))  # type: ignore[return-value, attr-defined]


def test_a_journal_is_posted_whole(app: Flask, market: Market) -> None:
    shop = market.shops["bu_ani"]
    assert post(app, "a")
    assert post(app, "b", [Side(Account.PAID_TO_SHOP, 900, shop), Side(Account.SHOP_PAYABLE, -900, shop)])
    with app.app_context():
        assert ledger.balances() == {
            (Account.PROVIDER_CLEARING, None): 700,
            (Account.BUYER_HELD, None): -700,
            (Account.PAID_TO_SHOP, shop): 900,
            (Account.SHOP_PAYABLE, shop): -900,
        }


def test_the_same_reference_is_posted_once(app: Flask, market: Market) -> None:
    assert [post(app, "a"), post(app, "a")] == [True, False]
    assert counts(app) == (1, 2)


def test_a_post_that_lost_the_race_writes_nothing(app: Flask, market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that have both looked: the UNIQUE of the table lets one in."""
    post(app, "a")
    with app.app_context():
        monkeypatch.setattr(db.session, "scalar", lambda _statement: None)
        with writing():
            assert ledger.post(JournalKind.CAPTURE, "a", HELD) is None
    monkeypatch.undo()
    assert counts(app) == (1, 2)


@pytest.mark.parametrize(
    "sides",
    [
        [],
        [Side(Account.PROVIDER_CLEARING, 700), Side(Account.BUYER_HELD, -699)],
        [Side(Account.PROVIDER_CLEARING, 0), Side(Account.BUYER_HELD, 0)],
        [Side(Account.PROVIDER_CLEARING, 700), Side(Account.SHOP_PAYABLE, -700)],
        [Side(Account.PROVIDER_CLEARING, 700, 1), Side(Account.BUYER_HELD, -700)],
    ],
)
def test_what_does_not_balance_is_not_posted(app: Flask, market: Market, sides: list[Side]) -> None:
    with pytest.raises(Unbalanced):
        post(app, "a", sides)
    assert counts(app) == (0, 0)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entry SET amount = amount + 1",
        "DELETE FROM entry",
        "UPDATE journal SET reference = 'b'",
        "DELETE FROM journal",
    ],
)
def test_the_database_refuses_to_change_the_past(app: Flask, market: Market, damage: str) -> None:
    post(app, "a")
    with app.app_context():
        with pytest.raises(IntegrityError, match="append only"):
            db.session.execute(text(damage))
        db.session.rollback()
    assert counts(app) == (1, 2)


def test_postgresql_refuses_a_journal_that_does_not_balance(app: Flask, market: Market, engine: str) -> None:
    """Code that went round `post`: the transaction cannot commit. SQLite has `flask check` alone."""
    journal = (
        "INSERT INTO journal (kind, reference, at, currency, note) VALUES ('capture', 'x', '2026-11-22', 'IDR', '')"
    )
    entry = "INSERT INTO entry (journal_id, account, amount) SELECT id, 'buyer_held', 5 FROM journal"
    for damage in ((journal,), (journal, entry)):
        with app.app_context():
            for statement in damage:
                db.session.execute(text(statement))
            if engine == "postgresql":
                with pytest.raises(IntegrityError, match="unbalanced journal"):
                    db.session.commit()
            db.session.rollback()


def test_the_entry_names_a_shop_where_one_belongs(app: Flask, market: Market) -> None:
    post(app, "a")
    for account, shop in (("shop_payable", "NULL"), ("buyer_held", str(market.shops["bu_ani"]))):
        entry = (
            f"INSERT INTO entry (journal_id, account, amount, shop_id) SELECT id, '{account}', 5, {shop} FROM journal"
        )
        with app.app_context():
            with pytest.raises(IntegrityError):
                db.session.execute(text(entry))
            db.session.rollback()


def test_nothing_but_the_ledger_writes_into_it() -> None:
    """One door: no other module makes a Journal or an Entry."""
    files = Path(ledger.__file__).parents[1].rglob("*.py")
    users = [file for file in files if "payments.books import" in file.read_text()]
    makers = {file.name for file in users if re.search(r"\b(Journal|Entry)\(", file.read_text())}
    assert len(users) > 1 and makers == {"ledger.py"}
