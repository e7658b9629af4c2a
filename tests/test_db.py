"""writing(): one immediate transaction, never nested, never over unsaved changes; and money that fits its column."""

import sqlite3

import pytest
from flask import Flask
from sqlalchemy import event, func, insert, select, text

from marketplace.clock import now
from marketplace.db import breaches, db, hasty, read_snapshot, writing
from marketplace.once import Answer
from marketplace.orders.models import CartLine
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart


def new_answer(key: str) -> Answer:
    return Answer(key=key, text="", at=now())


def test_it_does_not_nest(app: Flask) -> None:
    with app.app_context(), writing(), pytest.raises(RuntimeError, match="nest"), writing():
        pass


def test_it_refuses_a_session_with_changes(app: Flask) -> None:
    with app.app_context():
        db.session.add(new_answer("a"))
        with pytest.raises(RuntimeError, match="outside"), writing():
            pass
        db.session.rollback()


def test_it_rolls_back_on_any_exception_and_can_be_used_again(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(KeyboardInterrupt), writing() as session:
            session.add(new_answer("a"))
            session.flush()
            raise KeyboardInterrupt
        with writing() as session:
            session.add(new_answer("b"))
        assert list(db.session.scalars(select(Answer.key))) == ["b"]


def test_a_naive_time_cannot_be_stored(app: Flask) -> None:
    with app.app_context(), pytest.raises(Exception, match="naive"), writing() as session:
        session.add(Answer(key="a", text="", at=now().replace(tzinfo=None)))


def test_a_signed_in_post_writes_in_one_immediate_transaction(
    app: Flask, market: Market, signed_in, engine: str
) -> None:
    siti: Browser = signed_in("siti")
    log: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *a: log.append(a[2]))
        event.listen(db.engine, "commit", lambda _: log.append("COMMIT"))
        event.listen(db.engine, "rollback", lambda _: log.append("ROLLBACK"))
    fill_cart(siti, market, onde=1)
    writes = [n for n, statement in enumerate(log) if statement.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert writes and log.count("COMMIT") == 1
    assert writes[-1] < log.index("COMMIT")
    if engine == "sqlite":
        begins = [n for n, statement in enumerate(log) if statement.startswith("BEGIN")]
        opened = max(n for n in begins if n < writes[0])
        assert log[opened] == "BEGIN IMMEDIATE"
        assert "ROLLBACK" in log[:opened], "the read that found the user must have ended before"
    with app.app_context():
        assert db.session.scalar(select(CartLine.quantity)) == 1


def test_a_snapshot_sees_one_moment(app: Flask) -> None:
    """What somebody else writes between two of its statements is not there yet."""
    count = select(func.count(Answer.id))
    with app.app_context():
        read_snapshot()
        assert db.session.scalar(count) == 0
        with db.engine.begin() as somebody:
            somebody.execute(insert(Answer).values(key="a", text="", at=now()))
        assert db.session.scalar(count) == 0
        db.session.rollback()
        assert db.session.scalar(count) == 1


def test_haste_ends_with_its_work(app: Flask, engine: str) -> None:
    """Whoever was told of an order finds it after a power cut; only what can be taken up again does not wait."""

    def waits_for_the_disk() -> bool:
        return engine == "postgresql" or db.session.scalar(text("PRAGMA synchronous")) == 2

    with app.app_context():
        assert waits_for_the_disk()
        with hasty():
            assert waits_for_the_disk() == (engine == "postgresql")
        assert waits_for_the_disk()


def test_a_damaged_file_is_named(app: Flask, market: Market, engine: str) -> None:
    """SQLite can be written to without its guards, by whoever opens the file; PostgreSQL cannot."""
    with app.app_context():
        assert list(breaches()) == []
        if engine == "sqlite":
            db.session.rollback()
            _damage(str(db.engine.url.database))
            found = list(breaches())
            assert len(found) == 2 and "CHECK" in found[0] and "points to nothing" in found[1]


def _damage(file: str) -> None:
    with sqlite3.connect(file) as unguarded:
        unguarded.execute("PRAGMA ignore_check_constraints = ON")
        unguarded.execute("UPDATE variant SET held = -1, product_id = 999 WHERE sku = 'OND-10'")
    unguarded.close()
