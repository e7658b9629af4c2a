"""Fixtures of every test: both engines, a fresh database each time, the fixed cast, a browser that checks HTML."""

import copy
import dataclasses
import email
import functools
import gc
import os
import shutil
from collections.abc import Callable, Iterator
from email import policy
from pathlib import Path

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import event

from marketplace import create_app
from marketplace.config import Settings
from marketplace.db import db
from marketplace.jobs import run_due
from marketplace.templating import forget
from marketplace.wiring import HANDLERS
from tests import postgres
from tests.browser import Browser
from tests.databases import BARE, OPEN, TestDatabase
from tests.factories import Market, open_market

ENGINES = ("sqlite", "postgresql")
# The tests about money and orders: `--cov` looks at what they reach on SQLite, and on PostgreSQL at the first's alone.
MEASURED = ("test_db.py", "test_money.py", "payments", "orders", "guards")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--engines sqlite,postgresql` runs each test that uses the database once per engine."""
    parser.addoption("--engines", default="sqlite", help="comma separated: sqlite, postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """Keep test data in memory where possible; start PostgreSQL once, in the process that leads the run."""
    if memory := postgres.memory_disk():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))
    if not hasattr(config, "workerinput") and "postgresql" in _engines(config):
        postgres.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the PostgreSQL of this run."""
    if not hasattr(config, "workerinput"):
        postgres.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that touches the database runs on each chosen engine; what is the same on both on the first."""
    if "engine" in metafunc.fixturenames:
        last = 1 if any(metafunc.definition.get_closest_marker(name) for name in ("markup", "once")) else None
        metafunc.parametrize("engine", _engines(metafunc.config)[:last], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs Java where there is none (the last lines of the run say so), and half of what is crossed.

    What takes long comes first: no process is left alone with it. What is not about money and orders is not measured.
    """
    for item in items:
        about = MEASURED[:1] if "[postgresql" in item.name else MEASURED
        if item.path.relative_to(Path(__file__).parent).parts[0] not in about:
            item.add_marker("no_cover")
    checks = [] if _has_java() else [item for item in items if item.get_closest_marker("java")]
    halves = [item for item in items if item.get_closest_marker("crossed") and not _is_crossed(item, _engines(config))]
    if checks or halves:
        config.hook.pytest_deselected(items=checks + halves)
        items[:] = [item for item in items if item not in checks and item not in halves]
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in ("slow", "browser", "java")))


def _is_crossed(item: pytest.Item, engines: list[str]) -> bool:
    """With scripts on the first engine, without on the second; with one engine, both there."""
    chosen = item.callspec.params  # type: ignore[attr-defined]
    return len(engines) == 1 or chosen["javascript"] == (chosen["engine"] == engines[0])


def pytest_collection_finish() -> None:
    """What is imported by now stays: the collector need not walk through it again and again (as in wsgi.py)."""
    gc.freeze()
    gc.set_threshold(100_000, 50, 1000)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what did not run."""
    if not _has_java():
        terminalreporter.write_line("Java or npm is missing: the Nu checker did not run.")


@functools.cache
def _has_java() -> bool:
    return bool(shutil.which("java") and shutil.which("npm"))


def _engines(config: pytest.Config) -> list[str]:
    chosen = str(config.getoption("--engines")).split(",")
    unknown = set(chosen) - set(ENGINES)
    if unknown:
        raise pytest.UsageError(f"unknown engines: {sorted(unknown)}")
    return chosen


def settings_for(instance: Path, database_url: str) -> Settings:
    """The settings that tests run with."""
    environment = {
        "INSTANCE": str(instance),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "a secret of the tests",
        "BASE_URL": "http://localhost",
        "PAGE_CACHE_MEGABYTES": "0",  # tests change rows behind the writers' backs; tests of the cache turn it on
    }
    return Settings.from_environment(environment)


@pytest.fixture(scope="session")
def test_database(engine: str, tmp_path_factory: pytest.TempPathFactory, worker_name: str) -> TestDatabase:
    """The migrated database of this worker and engine."""
    database = TestDatabase(engine, tmp_path_factory.mktemp(engine), f"pasar_{worker_name}")
    database.create()
    app = create_app(settings_for(database.folder, database.url))
    with app.app_context():
        upgrade()
        db.engine.dispose()
    database.keep(BARE)
    return database


@pytest.fixture(scope="session")
def worker_name(request: pytest.FixtureRequest) -> str:
    """A name that no other test process has."""
    return str(getattr(request.config, "workerinput", {"workerid": "main"})["workerid"])


@pytest.fixture(scope="session")
def app_of_engine(test_database: TestDatabase) -> Flask:
    """One app per engine: its compiled templates serve all tests."""
    app = create_app(settings_for(test_database.folder, test_database.url))
    app.config["TESTING"] = True
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture(scope="session")
def opened(app_of_engine: Flask, test_database: TestDatabase) -> Market:
    """The cast, moved in once and kept: tests begin with a copy of that database."""
    with app_of_engine.app_context():
        db.engine.dispose()
        test_database.reset(BARE)
        market = open_market()
        db.session.remove()
        db.engine.dispose()
    test_database.keep(OPEN)
    return market


@pytest.fixture
def app(app_of_engine: Flask, test_database: TestDatabase, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The app over a database that holds the city's places and shelves and, if asked for, the cast: no context yet."""
    settings = app_of_engine.config["SETTINGS"]
    with app_of_engine.app_context():
        db.engine.dispose()
        test_database.reset(OPEN if "market" in request.fixturenames else BARE)
    yield app_of_engine
    app_of_engine.config["SETTINGS"] = settings
    forget()  # what no request changes, a test may: the settings
    for folder in ("mail", "originals", "papers", "pictures", "proofs"):
        shutil.rmtree(settings.instance / folder, ignore_errors=True)
    with app_of_engine.app_context():
        db.engine.dispose()


@pytest.fixture
def change_settings(app: Flask) -> Callable[..., None]:
    """`change_settings(accept_minutes=5)`: other settings for this test."""

    def change(**values: object) -> None:
        app.config["SETTINGS"] = dataclasses.replace(app.config["SETTINGS"], **values)

    return change


@pytest.fixture
def market(app: Flask, opened: Market) -> Market:
    """The cast: siti buys, bu_ani sells onde-onde, pak_budi sells shoes, bu_rina is the officer."""
    return copy.deepcopy(opened)


@pytest.fixture
def client(app: Flask) -> Browser:
    """A guest's browser; every page it opens must keep the house's HTML rules."""
    return Browser(app)


@pytest.fixture
def signed_in(app: Flask, market: Market) -> Callable[[str], Browser]:
    """`signed_in("siti")`: the browser of one of the cast."""

    def sign_in(who: str) -> Browser:
        browser = Browser(app)
        browser.sign_in_as(market.tokens[who])
        return browser

    return sign_in


@pytest.fixture
def run_jobs(app: Flask) -> Callable[[], int]:
    """Run every job that is due now; returns how many ran."""

    def run() -> int:
        with app.app_context():
            return run_due(HANDLERS)

    return run


@pytest.fixture
def mails(app: Flask) -> Callable[[], list[str]]:
    """The texts in the mail folder, decoded, oldest first."""

    def read() -> list[str]:
        folder = app.config["SETTINGS"].instance / "mail"
        files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns) if folder.exists() else []
        letters = [email.message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
        return [f"To: {letter['To']}\nSubject: {letter['Subject']}\n\n{letter.get_content()}" for letter in letters]

    return read


@pytest.fixture
def count_sql(app: Flask) -> Iterator[Callable[[], list[str]]]:
    """Call it once to start listening: the returned list grows by every statement but BEGIN, COMMIT and ROLLBACK."""
    statements: list[str] = []
    with app.app_context():
        heard = (db.engine, "before_cursor_execute")

    def listen(_conn: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    yield lambda: event.listen(*heard, listen) or statements
    if event.contains(*heard, listen):
        event.remove(*heard, listen)
