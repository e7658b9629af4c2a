"""Work for later: enqueue inside the transaction; run with a lease, try again, give up into the dead letters."""

import json
import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from flask import Flask
from sqlalchemy import Index, or_, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.clock import now
from marketplace.db import Moment, Row, db, writing

Handler = Callable[..., None]
log = structlog.get_logger()

LEASE = timedelta(seconds=60)
TRIES = 34  # with these pauses about a day
LONGEST_PAUSE = timedelta(hours=1)
PAUSE_SECONDS = 0.5
BETWEEN_SECONDS = 1.0


class Job(Row):
    """One piece of work; it is delivered at least once, so its function must stand being called twice.

    A patient one waits until nothing else is due.
    """

    __table_args__ = (
        Index(
            "ix_job_open",
            "is_patient",
            "due_at",
            "id",
            postgresql_where=text("ended_at IS NULL"),
            sqlite_where=text("ended_at IS NULL"),
        ),
    )

    kind: Mapped[str]
    payload: Mapped[str]
    due_at: Mapped[datetime] = mapped_column(Moment)
    leased_until: Mapped[datetime | None] = mapped_column(Moment, default=None)
    tries: Mapped[int] = mapped_column(default=0)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    dead: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str] = mapped_column(default="")
    is_patient: Mapped[bool] = mapped_column(default=False)


def enqueue(kind: str, *, due_at: datetime | None = None, patient: bool = False, **payload: Any) -> None:
    """Add a job to the open transaction; the keyword arguments, plain JSON values, reach its function.

    A patient job is run when nothing else is due.
    """
    db.session.add(Job(kind=kind, payload=json.dumps(payload), due_at=due_at or now(), is_patient=patient))


def enqueue_once(kind: str, *, due_at: datetime) -> None:
    """Add a job without arguments to the open transaction, unless one of its kind waits already."""
    waiting = select(Job.id).where(Job.kind == kind, Job.ended_at.is_(None), Job.leased_until.is_(None)).limit(1)
    if db.session.scalar(waiting) is None:
        enqueue(kind, due_at=due_at)


def run(app: Flask, handlers: Mapping[str, Handler], between: Callable[[], object] = int) -> None:
    """Work until SIGTERM or SIGINT; a job in progress is finished first. `between` jobs is called every second."""
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    log.info("worker.started")
    called = -BETWEEN_SECONDS
    while not stop.is_set():
        if time.monotonic() - called >= BETWEEN_SECONDS:
            _worked(app, lambda: bool(between()))
            called = time.monotonic()
        if not _worked(app, lambda: run_one(handlers)):
            stop.wait(PAUSE_SECONDS)
    log.info("worker.stopped")


def _worked(app: Flask, work: Callable[[], bool]) -> bool:
    """Run one job; a database that is locked or gone for a while is waited for, not died of."""
    with app.app_context():
        try:
            return work()
        except DBAPIError as error:
            db.session.rollback()
            log.error("worker.database", error=type(error.orig).__name__)
            return False


def run_due(handlers: Mapping[str, Handler]) -> int:
    """Run everything that is due now, in this process; returns how many jobs ran."""
    count = 0
    while run_one(handlers):
        count += 1
    return count


def run_one(handlers: Mapping[str, Handler]) -> bool:
    """Lease the job that is due first and run it; False when nothing is due."""
    leased = _lease()
    if leased is None:
        return False
    id, kind, payload, tries = leased
    try:
        handlers[kind](**json.loads(payload))
    except Exception as error:
        db.session.rollback()
        _failed(id, kind, tries, error)
    else:
        with writing() as session:
            session.execute(update(Job).where(Job.id == id).values(ended_at=now(), leased_until=None))
    return True


def pause_after(tries: int) -> timedelta:
    """How long a job waits after it has failed so often."""
    return min(timedelta(seconds=2 ** min(tries, 20)), LONGEST_PAUSE)


def _lease() -> tuple[int, str, str, int] | None:
    """Take one due job for the length of a lease; another worker skips its row instead of waiting."""
    at = now()
    free = or_(Job.leased_until.is_(None), Job.leased_until < at)
    due = select(Job.id).where(Job.ended_at.is_(None), Job.due_at <= at, free).order_by(Job.due_at, Job.id).limit(1)
    hasty, patient = due.where(~Job.is_patient), due.where(Job.is_patient)
    first = next((each for each in (hasty, patient) if db.session.scalar(each) is not None), None)
    if first is None:
        db.session.rollback()
        return None
    with writing() as session:
        id = session.scalar(first.with_for_update(skip_locked=True))
        if id is None:
            return None
        values = {"leased_until": at + LEASE, "tries": Job.tries + 1}
        claimed = update(Job).where(Job.id == id).values(values).returning(Job.id, Job.kind, Job.payload, Job.tries)
        row = session.execute(claimed).one()
    return row.id, row.kind, row.payload, row.tries


def _failed(id: int, kind: str, tries: int, error: Exception) -> None:
    """Try again later, ever more patiently: 2, 4, 8 ... seconds, at last every hour; after TRIES the job is dead."""
    dead = tries >= TRIES
    log.error("job.failed", job=id, kind=kind, tries=tries, dead=dead, error=type(error).__name__)
    said = "" if isinstance(error, DBAPIError) else f": {error}"  # a database's words repeat what was stored
    values: dict[str, object] = {"leased_until": None, "last_error": f"{type(error).__name__}{said}"[:500]}
    values |= {"dead": True, "ended_at": now()} if dead else {"due_at": now() + pause_after(tries)}
    with writing() as session:
        session.execute(update(Job).where(Job.id == id).values(values))
