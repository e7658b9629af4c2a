"""Cities of several sizes for the growth bench, each asked in a process of its own, as a market has one to itself."""

import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import click
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event

from bench._city import build
from bench._questions import Question, questions
from marketplace import create_app
from marketplace.config import Settings
from marketplace.db import db
from tests import postgres

NO_STATEMENT = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")
Environment = dict[str, str]


class City:
    """A city of so many goods, built in `seconds`, and its questions."""

    def __init__(self, process: ProcessPoolExecutor, goods: int, seconds: float) -> None:
        self._process, self.goods, self.seconds = process, goods, seconds
        self.questions: list[Question] = process.submit(_questions).result()

    def ask(self, path: str) -> float:
        """The milliseconds that a page takes; whatever is no page is an error."""
        return self._process.submit(_ask, path).result()

    def statements(self, path: str) -> int:
        """How often a page asks the database."""
        return len(self._process.submit(_heard, path).result())

    def plans(self, path: str) -> list[tuple[str, list[str]]]:
        """The statements of a page, each with its plan."""
        return self._process.submit(_plans, path).result()


@contextmanager
def cities(engine: str, sizes: Sequence[int]) -> Iterator[list[City]]:
    """Cities of these sizes in databases of their own, gone afterwards."""
    if engine == "postgresql":
        postgres.start(shared_buffers="1GB")
    try:
        with tempfile.TemporaryDirectory(prefix="growth-") as folder, ExitStack() as open_ones:
            yield [_city(engine, Path(folder), size, open_ones) for size in sizes]
    finally:
        postgres.stop()


def _city(engine: str, folder: Path, goods: int, open_ones: ExitStack) -> City:
    instance = folder / str(goods)
    url = f"sqlite:///{instance}/pasar.db" if engine == "sqlite" else postgres.clone(f"growth_{goods}")
    environment = {"INSTANCE": str(instance), "DATABASE_URL": url, "SECRET_KEY": "x", "PAGE_CACHE_MEGABYTES": "0"}
    environment["BASE_URL"] = "http://localhost"
    with create_app(Settings.from_environment(environment)).app_context():
        upgrade()
        start = time.monotonic()
        with click.progressbar(length=goods, label=f"{engine}, {goods:,} goods") as bar:
            build(goods, bar.update)
        seconds = time.monotonic() - start
        db.session.remove()
        db.engine.dispose()
    print(f"{engine}, {goods:,} goods: built in {seconds:.0f} s", flush=True)
    process = ProcessPoolExecutor(1, get_context("spawn"), initializer=_open, initargs=(environment,))
    return City(open_ones.enter_context(process), goods, seconds)


_asked: tuple[Flask, FlaskClient]


def _open(environment: Environment) -> None:
    """Begin the process of a city as web servers begin theirs."""
    global _asked
    os.environ.update(environment)
    app = import_module("wsgi").app
    _asked = app, app.test_client()


def _questions() -> list[Question]:
    with _asked[0].app_context():
        return [_to_the_end(each) for each in questions()]


def _to_the_end(question: Question) -> Question:
    """A deep page among candidates is reached by going on as long as there is more."""
    if question.kind != "deep" or "sesudah" in question.paths[0]:
        return question
    path = question.paths[0]
    while found := re.search(r'href="(/cari\?[^"]*sesudah=[^"]*)"', _asked[1].get(path).get_data(as_text=True)):
        path = found[1].replace("&amp;", "&")
    return question._replace(paths=[path])


def _ask(path: str) -> float:
    start = time.perf_counter()
    answer = _asked[1].get(path, headers={"Accept-Encoding": "gzip, deflate, br"})
    took = 1000 * (time.perf_counter() - start)
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.status_code}")
    return took


def _heard(path: str) -> list[tuple[str, Any]]:
    """The statements of a page, with their values."""
    heard: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        if not statement.startswith(NO_STATEMENT):
            heard.append((statement, values))

    with _asked[0].app_context():
        event.listen(db.engine, "before_cursor_execute", listen)
        _ask(path)
        event.remove(db.engine, "before_cursor_execute", listen)
    return heard


def _plans(path: str) -> list[tuple[str, list[str]]]:
    with _asked[0].app_context(), db.engine.connect() as connection:
        how = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
        return [
            (statement, [str(row[-1]) for row in connection.exec_driver_sql(how + statement, values).all()])
            for statement, values in _heard(path)
        ]
