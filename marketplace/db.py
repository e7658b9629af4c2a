"""The database: engine, base classes, and writing(), the only way to write."""

import enum
import os
import re
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Dialect, Engine, Enum, Integer, MetaData, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, Session, declared_attr, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from marketplace.config import ROOT, Settings


def _values(members: type[enum.Enum]) -> list[str]:
    return [str(member.value) for member in members]


class Base(DeclarativeBase):
    """The metadata: a name for every constraint so that migrations can find them, enums stored as their values."""

    registry = registry(
        type_annotation_map={
            enum.Enum: Enum(enum.Enum, native_enum=False, length=20, values_callable=_values),
            int: BigInteger().with_variant(Integer, "sqlite"),
        },
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


class Row(MappedAsDataclass, Base, kw_only=True):
    """What every model derives from: a dataclass with an integer key, its table named after the class."""

    __abstract__ = True

    @declared_attr.directive
    def __tablename__(cls) -> str:  # noqa: N805  # SQLAlchemy hands in the class
        """CartLine -> cart_line."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    id: Mapped[int] = mapped_column(primary_key=True, init=False)


class Stamp(MappedAsDataclass, Base, kw_only=True):
    """How often something that public pages print has changed; `scope` names it (marketplace/stamps.py)."""

    __tablename__ = "stamp"

    scope: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class Moment(TypeDecorator[datetime]):
    """A time: aware UTC in Python, the same naive UTC text or timestamp in both engines."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse naive times: nobody could tell their zone later."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time its zone back."""
        return None if value is None else value.replace(tzinfo=UTC)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False, "autoflush": True})
migrate = Migrate()


@contextmanager
def writing() -> Iterator[Session]:
    """Open a write transaction, commit at the end, roll back on any exception.

    What was read before the block decides nothing in it: pass ids. A deferred read that grows into a write
    may sell the same unit twice on SQLite, so the read ends here and the write starts with BEGIN IMMEDIATE.
    Stamps that were touched inside move as the last statement: writers share their rows, and would queue there.
    """
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("writing() does not nest: pass the work into the block that is open")
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("objects were changed outside writing()")
    session.rollback()
    session.info.update(writing=True, touched=set())
    try:
        session.connection(execution_options={"write": True})
        yield session
        session.flush()
        move_stamps(session, session.info["touched"])
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["writing"] = False


def move_stamps(connection: Connection | Session, scopes: Collection[str]) -> None:
    """Count these scopes up, in their order, so that no two transactions wait for each other."""
    if scopes:
        connection.execute(_MOVE, [{"scope": scope} for scope in sorted(scopes)])


_MOVE = text("INSERT INTO stamp (scope, n) VALUES (:scope, 1) ON CONFLICT (scope) DO UPDATE SET n = stamp.n + 1")


def read_snapshot() -> None:
    """Begin a read in which all statements see the same moment, as SQLite's always do."""
    db.session.rollback()
    if db.engine.dialect.name == "postgresql":
        db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


@contextmanager
def hasty() -> Iterator[None]:
    """For work that can be taken up again: on SQLite no commit waits for the disk, so a power cut takes the last ones.

    The file stays whole. Holds for the connections of this process, while none of them is in use by others.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    db.session.rollback()
    db.engine.dispose()
    event.listen(db.engine, "connect", _do_not_wait)
    try:
        yield
    finally:
        event.remove(db.engine, "connect", _do_not_wait)
        db.session.rollback()
        db.engine.dispose()


def end_reading() -> None:
    """End the open read, before a network is waited for; refuses inside writing() (rule 1)."""
    session = db.session()
    if session.info.get("writing"):
        raise RuntimeError("nobody waits for a network inside writing()")
    session.rollback()


def breaches() -> Iterator[str]:
    """What the database itself finds wrong with its file or its foreign keys; PostgreSQL guards both at each write."""
    if db.engine.dialect.name != "sqlite":
        return
    for (verdict,) in db.session.execute(text("PRAGMA integrity_check")):
        if verdict != "ok":
            yield f"database: {verdict}"
    for table, row, *_ in db.session.execute(text("PRAGMA foreign_key_check")):
        yield f"database: row {row} of {table} points to nothing"


def init_app(app: Flask, settings: Settings) -> None:
    """Bind the engine of DATABASE_URL to the app."""
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    settings.instance.mkdir(parents=True, exist_ok=True)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(ROOT / "migrations"), compare_type=True)
    with app.app_context():
        prepare_engine(db.engine)


def _engine_options(settings: Settings) -> dict[str, Any]:
    """As many connections as threads, so that nobody waits for a connection; errors never name what was stored."""
    options: dict[str, Any] = {"pool_size": settings.database_threads, "max_overflow": 2, "hide_parameters": True}
    if settings.database_url.startswith("sqlite"):
        return options | {"connect_args": {"check_same_thread": False}}
    # Compiling a plan, or sharing it with other processes, takes longer than a statement of a page runs.
    plain = "-c jit=off -c max_parallel_workers_per_gather=0"
    timeouts = "-c lock_timeout=5000 -c statement_timeout=30000 -c timezone=UTC"
    return options | {"pool_pre_ping": True, "connect_args": {"options": f"{plain} {timeouts}"}}


def prepare_engine(engine: Engine) -> None:
    """Give SQLite explicit transactions; PostgreSQL needs nothing."""
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    os.register_at_fork(after_in_child=lambda: engine.dispose(close=False))


# A search looks at a thousand goods: mapped (2 GB at most), their pages are not copied one by one into each connection.
_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000", "mmap_size=2147418112")


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _do_not_wait(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=NORMAL")


def _begin(connection: Connection) -> None:
    write = connection.get_execution_options().get("write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
