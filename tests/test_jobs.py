"""The outbox: jobs join the transaction, run at least once, wait after a failure, and end among the dead letters."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select

from marketplace import jobs
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import LEASE, TRIES, Job, enqueue, pause_after, run_due, run_one


def add(app: Flask, kind: str = "greet", **options: object) -> None:
    with app.app_context(), writing():
        enqueue(kind, name="Siti", **options)  # type: ignore[arg-type]


def test_a_job_runs_once_with_its_payload(app: Flask) -> None:
    greeted: list[str] = []
    add(app)
    with app.app_context():
        assert run_due({"greet": lambda name: greeted.append(name)}) == 1
        assert run_due({"greet": lambda name: greeted.append(name)}) == 0
    assert greeted == ["Siti"]


def test_a_rolled_back_transaction_leaves_no_job(app: Flask) -> None:
    with app.app_context():
        with pytest.raises(ZeroDivisionError), writing():
            enqueue("greet", name="Siti")
            raise ZeroDivisionError
        assert db.session.scalar(select(func.count(Job.id))) == 0


def test_a_job_waits_for_its_time(app: Flask) -> None:
    add(app, due_at=now() + timedelta(hours=1))
    with app.app_context():
        assert not run_one({"greet": print})
        with time_machine.travel(now() + timedelta(hours=1, seconds=1)):
            assert run_one({"greet": lambda name: None})


def test_a_patient_job_lets_every_other_go_first(app: Flask) -> None:
    said: list[str] = []
    with app.app_context():
        with writing():
            enqueue("say", word="patient", patient=True, due_at=now() - timedelta(hours=1))
            enqueue("say", word="hasty")
        assert run_due({"say": lambda word: said.append(word)}) == 2
    assert said == ["hasty", "patient"]


def test_a_failing_job_is_tried_ever_later_and_then_given_up(app: Flask) -> None:
    add(app)
    tries = 0

    def fail(name: str) -> None:
        nonlocal tries
        tries += 1
        raise OSError("the far side is down")

    with app.app_context(), time_machine.travel(now(), tick=False) as clock:
        for attempt in range(1, TRIES + 1):
            assert run_one({"greet": fail})
            assert tries == attempt
            assert not run_one({"greet": fail}), "it must wait first"
            clock.shift(pause_after(attempt) + timedelta(seconds=1))
        assert not run_one({"greet": fail})
        job = db.session.scalars(select(Job)).one()
        assert job.dead and job.ended_at is not None and "far side" in job.last_error


def test_a_killed_workers_job_runs_again_after_its_lease(app: Flask) -> None:
    add(app)
    with app.app_context(), time_machine.travel(now(), tick=False) as clock:
        assert jobs._lease() is not None  # a worker takes it and dies
        assert not run_one({"greet": lambda name: None})
        clock.shift(LEASE + timedelta(seconds=1))
        assert run_one({"greet": lambda name: None})


def test_an_unknown_kind_fails_like_any_other(app: Flask) -> None:
    add(app, "nobody knows")
    with app.app_context():
        assert run_one({})
        assert "KeyError" in db.session.scalars(select(Job.last_error)).one()


def test_the_worker_outlives_a_database_that_is_away(app: Flask) -> None:
    from sqlalchemy.exc import OperationalError

    def away() -> bool:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))

    assert jobs._worked(app, away) is False


def test_something_is_done_between_jobs(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = threading.Event()
    monkeypatch.setattr("marketplace.jobs.signal.signal", lambda _name, _handler: None)
    monkeypatch.setattr("marketplace.jobs.threading.Event", lambda: stop)
    jobs.run(app, {}, between=stop.set)
    assert stop.is_set()
