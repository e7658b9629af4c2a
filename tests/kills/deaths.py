"""Kills web, worker and database processes at named points and at any moment, and looks at what is left."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import time_machine
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError

from marketplace.catalog.models import Variant
from marketplace.clock import now
from marketplace.config import ROOT
from marketplace.db import db, writing
from marketplace.jobs import LEASE, Job, run_due
from marketplace.orders.models import Order, OrderGroup, State
from marketplace.orders.paying import payments_of
from marketplace.payments.models import PaymentState
from marketplace.wiring import CHECKS, HANDLERS
from tests.e2e.servers import free_port, wait_for
from tests.factories import Market
from tests.fakestripe.server import FakeStripe
from tests.kills.points import POINTS
from tests.kills.shoppers import Person, Told
from tests.payments.money import give_account
from tests.races.crowd import environment_of

PEOPLE = 4
SECONDS_TO_DIE = 6.0
RANDOM = ("web", "work", "database")


@dataclass
class Found:
    """What a run has shown: deaths by where they happened, acknowledged orders, and everything that is wrong."""

    deaths: Counter[str] = field(default_factory=Counter)
    ordered: int = 0
    broken: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass
class Scene:
    """The servers, where their process ids stand, and the file that tells them to die."""

    app: Flask
    folder: Path
    orders: Path
    url: str

    def pid(self, kind: str) -> int:
        """The present child of a kind."""
        return int((self.folder / f"pid-{kind}").read_text())


def run(app: Flask, market: Market, fake: FakeStripe, folder: Path, deaths: int, seed: int = 20261122) -> Found:
    """Let people buy while so many processes die; half of the deaths at the points in turn, half at any moment."""
    _prepare(app, market)
    told, dice, found = Told(), random.Random(seed), Found()
    with serve(app, folder) as scene:
        fake.listen(f"{scene.url}/webhook/stripe")
        people = [Person(seed + n, scene.url, app, market, fake, told) for n in range(PEOPLE)]
        for person in people:
            person.start()
        points = list(POINTS)
        for number in range(deaths):
            name = points[number // 2 % len(points)] if number % 2 == 0 else ""
            found.deaths[_die_at(scene, name) or _die_sometime(scene, dice)] += 1
        for person in people:
            person.stop.set()
        for person in people:
            person.join()
        found.wrong += [error for person in people for error in person.errors]
    found.ordered, found.broken = len(told.ordered), told.broken
    found.wrong += _left_over(app, told)
    return found


@contextmanager
def serve(app: Flask, folder: Path) -> Iterator[Scene]:
    """A web server and a worker that come back."""
    port, orders = free_port(), folder / "die"
    url = f"http://127.0.0.1:{port}"
    environment = {**environment_of(app), "BASE_URL": url, "DATABASE_THREADS": "8"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.kills.serve", kind, str(orders), str(port)],
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for kind in ("web", "work")
    ]
    try:
        wait_for(f"{url}/healthz")
        yield Scene(app, folder, orders, url)
    finally:
        for process in started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(20)


def _prepare(app: Flask, market: Market) -> None:
    """Plenty of goods, an account for transfers, and a database that keeps what it has promised when it is killed."""
    with app.app_context():
        give_account(market, "bu_ani")
        with writing() as session:
            session.execute(update(Variant).where(Variant.id == market.variants["onde"]).values(on_hand=1_000_000))
            if db.engine.dialect.name == "postgresql":
                name = db.engine.url.database
                session.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
        db.engine.dispose()


def _die_at(scene: Scene, point: str) -> str:
    """Tell whoever reaches the point to die there; its name, or nothing when nobody came by in time."""
    if not point:
        return ""
    draft = scene.orders.with_name("draft")
    draft.write_text(point)
    draft.replace(scene.orders)
    until = time.monotonic() + SECONDS_TO_DIE
    while time.monotonic() < until:
        if not scene.orders.exists():
            return point
        time.sleep(0.01)
    with suppress(FileNotFoundError):
        scene.orders.unlink()
    return ""


def _die_sometime(scene: Scene, dice: random.Random) -> str:
    """Kill a server, or a backend of PostgreSQL, in the middle of whatever it does."""
    time.sleep(dice.uniform(0.05, 0.4))
    with scene.app.app_context():
        has_backends = db.engine.dialect.name == "postgresql"
    kind = dice.choice(RANDOM if has_backends else RANDOM[:2])
    pid = _backend(scene.app, dice) if kind == "database" else scene.pid(kind)
    if pid is None:
        return _die_sometime(scene, dice)
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    if kind == "database":
        _wait_for_database(scene.app)
    return f"any moment: {kind}"


def _backend(app: Flask, dice: random.Random) -> int | None:
    """One that serves the market now; None when all have just been ended."""
    others = text("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")
    with app.app_context():
        pids = list(db.session.scalars(others))
        db.session.rollback()
        db.engine.dispose()
    return int(dice.choice(pids)) if pids else None


def _wait_for_database(app: Flask) -> None:
    """One killed backend makes PostgreSQL end all the others and read its journal again."""
    until = time.monotonic() + 30
    while True:
        try:
            with app.app_context():
                db.session.execute(text("SELECT 1"))
                db.session.rollback()
            return
        except DBAPIError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def _left_over(app: Flask, told: Told) -> list[str]:
    """What is wrong once all jobs have run, those of killed workers a lease later."""
    with app.app_context():
        with time_machine.travel(now() + LEASE * 1.1, tick=True):
            run_due(HANDLERS)
        wrong = [line for check in CHECKS for line in check()]
        tokens = set(db.session.scalars(select(OrderGroup.token)))
        wrong += [f"order {token} was acknowledged and is not there" for token in told.ordered - tokens]
        wrong += [f"order {token} is there twice or was never told of" for token in tokens - told.ordered]
        ids = dict(iter(db.session.execute(select(Order.number, Order.id))))
        states = dict(iter(db.session.execute(select(Order.number, Order.state))))
        paid = payments_of(ids.values())
        wrong += [f"{n}: cancelled, yet {states[n]}" for n in told.cancelled if states[n] != State.CANCELLED]
        unpaid = {PaymentState.OPEN, PaymentState.EXPIRED, PaymentState.REFUSED}
        wrong += [f"{n}: paid, yet {paid[ids[n]].state}" for n in told.paid if paid[ids[n]].state in unpaid]
        dead = db.session.scalar(select(func.count(Job.id)).where(Job.dead))
    return wrong + ([f"{dead} jobs are dead"] if dead else [])
