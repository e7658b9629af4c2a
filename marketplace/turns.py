"""One process at a time: whoever comes second waits, on one machine or on several that share a PostgreSQL."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

from sqlalchemy import text

from marketplace.config import settings
from marketplace.db import db


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Keep every other process out of blocks of the same name; the system ends the turn of a process that dies.

    What was read while waiting is forgotten, so that the block sees what the one before it has done.
    """
    with _postgresql_turn(name) if db.engine.dialect.name == "postgresql" else _file_turn(name):
        db.session.rollback()
        yield


@contextmanager
def together(name: str) -> Iterator[None]:
    """Keep out who wants to be alone under that name; others in such blocks do not wait for each other."""
    is_postgresql = db.engine.dialect.name == "postgresql"
    with _postgresql_turn(name, "_shared") if is_postgresql else _file_turn(name, fcntl.LOCK_SH):
        yield


@contextmanager
def _file_turn(name: str, how: int = fcntl.LOCK_EX) -> Iterator[None]:
    """SQLite's database is on this machine, so a locked file beside it will do."""
    with (settings().instance / f"{name}.turn").open("w") as file:
        fcntl.flock(file, how)
        yield


@contextmanager
def _postgresql_turn(name: str, how: str = "") -> Iterator[None]:
    """A session's advisory lock on a connection of its own, which waits as long as it takes and ends with it."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.detach()
        connection.execute(text("SET lock_timeout = 0"))
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text(f"SELECT pg_advisory_lock{how}(:turn)"), {"turn": crc32(name.encode())})
        yield
