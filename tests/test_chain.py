"""The audit trail: rows stay, are linked in id order, and whatever happens to one of them is found."""

import subprocess
import sys
import threading
import time

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.exc import IntegrityError

from marketplace import audit, chain
from marketplace.audit import AuditLink, AuditRow
from marketplace.config import ROOT
from marketplace.db import db, writing
from marketplace.jobs import Job
from tests.races.crowd import environment_of

WRITERS, ROWS = 6, 25


def add(*verbs: str) -> None:
    with writing():
        for verb in verbs:
            audit.record(verb, "shop", 7, actor_id=None, note="PM-1; x:7 +5")


def damage(app: Flask, engine: str, *statements: str) -> None:
    """Change the trail behind the database's own guards."""
    unguard = ["SET session_replication_role = replica"]
    if engine == "sqlite":
        triggers = [f"{table}_no_{verb}" for table in ("audit_row", "audit_link") for verb in ("UPDATE", "DELETE")]
        unguard = ["PRAGMA foreign_keys = OFF", *(f"DROP TRIGGER {name}" for name in triggers)]
    with app.app_context():
        connection = db.engine.raw_connection()
        connection.detach()
        for statement in (*unguard, *statements):
            connection.cursor().execute(statement)
        connection.commit()
        connection.close()


def test_rows_are_linked_once_in_id_order(app: Flask) -> None:
    with app.app_context():
        add("open", "change", "stop")
        assert chain.standing().waiting == 3
        assert chain.link({}) == 3
        assert chain.link({}) == 0
        links = db.session.scalars(select(AuditLink).order_by(AuditLink.id)).all()
        assert [link.row_id for link in links] == [1, 2, 3]
        assert [link.previous for link in links] == ["", links[0].digest, links[1].digest]
        assert (chain.standing().linked, chain.standing().waiting) == (3, 0)
        assert chain.standing().head == links[2].digest
        assert list(chain.breaches()) == []


def test_what_follows_from_a_row_is_enqueued_with_its_link(app: Flask) -> None:
    with app.app_context():
        add("open", "change")
        chain.link({("shop", "change"): "tell"})
        chain.link({("shop", "change"): "tell"})
        assert [(job.kind, job.payload) for job in db.session.scalars(select(Job))] == [("tell", '{"audit_id": 2}')]


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE audit_row SET note = ''",
        "DELETE FROM audit_row WHERE id = 2",
        "UPDATE audit_link SET digest = ''",
        "DELETE FROM audit_link",
    ],
)
def test_the_database_refuses_to_change_the_trail(app: Flask, damage: str) -> None:
    with app.app_context():
        add("open")
        chain.link({})
        add("change")
        with pytest.raises(IntegrityError, match="append only"):
            db.session.execute(text(damage))
        db.session.rollback()


@pytest.mark.parametrize(
    ("statements", "lines"),
    [
        (["UPDATE audit_row SET note = 'PM-1; x:7 +6' WHERE id = 2"], ["audit row 2: was changed"]),
        (["UPDATE audit_row SET actor_id = 3 WHERE id = 3"], ["audit row 3: was changed"]),
        (["DELETE FROM audit_row WHERE id = 2"], ["audit row 2: was removed"]),
        (
            ["DELETE FROM audit_link WHERE row_id = 2", "DELETE FROM audit_row WHERE id = 2"],
            ["audit row 3: a row before it was removed"],
        ),
        (
            ["DELETE FROM audit_link WHERE row_id = 2"],
            ["audit row 3: a row before it was removed", "audit row 2: was put between linked rows"],
        ),
    ],
)
def test_damage_is_named(app: Flask, engine: str, statements: list[str], lines: list[str]) -> None:
    with app.app_context():
        add("open", "change", "stop")
        chain.link({})
    damage(app, engine, *statements)
    with app.app_context():
        assert list(chain.breaches()) == lines


def test_check_tells_rows_that_wait_from_broken_ones(app: Flask, engine: str) -> None:
    with app.app_context():
        add("open", "change")
        chain.link({})
        add("stop")
    check = app.test_cli_runner().invoke(args=["check"])
    assert check.exit_code == 0 and "Audit trail: 2 rows linked, 1 not yet, since 20" in check.output
    damage(app, engine, "UPDATE audit_row SET verb = 'close' WHERE id = 1")
    check = app.test_cli_runner().invoke(args=["check"])
    assert check.exit_code == 1 and "audit row 1: was changed" in check.output


def test_no_row_is_linked_past_a_gap_that_may_still_be_filled(
    app: Flask, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL the second transaction commits first; on SQLite there is no second one."""
    if engine == "postgresql":
        monkeypatch.setattr(chain, "PATIENCE_SECONDS", 0.2)
        with app.app_context():
            assert _link_amid(app) == 0
            assert chain.link({}) == 2
            assert list(db.session.scalars(select(AuditLink.row_id).order_by(AuditLink.id))) == [1, 2]
            assert list(chain.breaches()) == []


def test_without_waiting_it_would_be(app: Flask, engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if engine == "postgresql":
        monkeypatch.setattr(chain, "_is_certain", lambda: True)
        with app.app_context():
            assert _link_amid(app) == 1
            chain.link({})
            assert list(chain.breaches()) == ["audit row 1: was put between linked rows"]


def _link_amid(app: Flask) -> int:
    """Link while the first row is written and only the second is committed; how many were linked then."""
    drawn, may_commit = threading.Event(), threading.Event()

    def slow() -> None:
        with app.app_context(), writing() as session:
            audit.record("first", "shop", 7, actor_id=None)
            session.flush()
            drawn.set()
            assert may_commit.wait(20)

    writer = threading.Thread(target=slow)
    writer.start()
    assert drawn.wait(20)
    add("second")
    linked = chain.link({})
    may_commit.set()
    writer.join()
    return linked


def test_many_write_while_two_link(app: Flask) -> None:
    """Some roll back, some are slow."""
    ended = threading.Event()
    threads = [threading.Thread(target=_write, args=(app, number)) for number in range(WRITERS)]
    linkers = [threading.Thread(target=_link_until, args=(app, ended)) for _ in range(2)]
    for thread in (*threads, *linkers):
        thread.start()
    for thread in threads:
        thread.join()
    ended.set()
    for thread in linkers:
        thread.join()
    with app.app_context():
        kept = WRITERS * (ROWS - ROWS // 5)
        assert db.session.scalar(select(func.count(AuditRow.id))) == kept
        assert list(chain.breaches()) == [] and chain.standing().linked == kept


def _write(app: Flask, number: int) -> None:
    for turn in range(ROWS):
        with app.app_context():
            try:
                with writing() as session:
                    audit.record("change", "shop", number, actor_id=None)
                    session.flush()
                    time.sleep(0.002 * ((turn + number) % 4))
                    if turn % 5 == 4:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass


def _link_until(app: Flask, ended: threading.Event) -> None:
    while not ended.is_set():
        with app.app_context():
            chain.link({})
    with app.app_context():
        chain.link({})


CHILD = """
from marketplace import audit, chain, create_app
from marketplace.db import writing
chain.AT_ONCE = 3
with create_app().app_context():
    print("begun", flush=True)
    while True:
        with writing():
            for n in range(10):
                audit.record("change", "shop", n, actor_id=None)
        chain.link({})
"""


@pytest.mark.slow
def test_a_worker_that_is_killed_leaves_a_whole_chain(app: Flask) -> None:
    for pause in (0.05, 0.11, 0.17):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD], cwd=ROOT, env=environment_of(app), stdout=subprocess.PIPE
        )
        assert child.stdout is not None and child.stdout.readline() == b"begun\n"
        time.sleep(pause)
        child.kill()
        child.communicate()
        with app.app_context():
            assert list(chain.breaches()) == []
    with app.app_context():
        chain.link({})
        rows = db.session.scalars(select(func.count(AuditRow.id))).one()
        assert rows >= 10 and chain.standing().linked == rows
        assert list(chain.breaches()) == []
