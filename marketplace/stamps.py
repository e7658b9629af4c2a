"""Stamps: a number for each thing that public pages print, moved by whoever changes it, read before a page is kept."""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Engine

from marketplace.db import db
from marketplace.reading import Connections

SITE = "site"  # which goods there are, in which order, with what on their cards
EVERYWHERE = "everywhere"  # names that stand on pages of every kind: shops, categories, kampung, kelurahan
Numbers = dict[str, int]


def product(id: int) -> str:
    """All that the page of one product prints of it."""
    return f"product:{id}"


def shop(id: int) -> str:
    """What a shop says of itself, and the cards of its goods."""
    return f"shop:{id}"


def category(id: int) -> str:
    """The cards of a topmost category and of those below it."""
    return f"category:{id}"


def kampung(id: int) -> str:
    """The shops of a kampung and the cards of their goods."""
    return f"kampung:{id}"


def touch(scopes: Iterable[str]) -> None:
    """Say inside writing() that what pages print of these has changed; their stamps move just before the commit."""
    if not db.session.info.get("writing"):
        raise RuntimeError("stamps are touched inside writing()")
    db.session.info["touched"].update(scopes)


class Reader:
    """Reads stamps on plain connections of its own: a session would cost more than the page that it saves.

    A connection that fails is not used again; whoever asked gets the database's own Error.
    """

    def __init__(self, engine: Engine) -> None:
        self.connections = Connections(engine)
        self.Error = self.connections.Error
        is_sqlite = engine.dialect.name == "sqlite"
        self._listed: Callable[[list[str]], Any] = json.dumps if is_sqlite else list
        self._of_scopes = f"SELECT scope, n FROM stamp WHERE {_IN_SQLITE if is_sqlite else _IN_POSTGRESQL}"  # noqa: S608
        self._begin = "BEGIN" if is_sqlite else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"

    def now(self, scopes: Iterable[str]) -> Numbers:
        """The numbers of these scopes, without those that have never moved. Raises Error."""
        connection = self.connections.take()
        numbers = self._numbers(connection, scopes)
        self.connections.put_back(connection)
        return numbers

    def snapshot(self) -> Any:
        """Open a snapshot for `end`: what is read elsewhere from now on is as new as its stamps, or newer."""
        connection = self.connections.take()
        self._run(connection, self._begin)
        self._rows(connection, "SELECT n FROM stamp LIMIT 1")  # reads, and so fixes the moment
        return connection

    def end(self, snapshot: Any, scopes: Iterable[str]) -> Numbers:
        """The numbers of these scopes at the moment of the snapshot, which ends. Raises Error."""
        numbers = self._numbers(snapshot, scopes)
        self.drop(snapshot)
        return numbers

    def drop(self, snapshot: Any) -> None:
        """End a snapshot that nobody needs."""
        self._run(snapshot, "ROLLBACK")
        self.connections.put_back(snapshot)

    def _numbers(self, connection: Any, scopes: Iterable[str]) -> Numbers:
        return dict(self._rows(connection, self._of_scopes, [self._listed(list(scopes))]))

    def _rows(self, connection: Any, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        return list(self._run(connection, statement, values).fetchall())

    def _run(self, connection: Any, statement: str, values: Sequence[Any] = ()) -> Any:
        try:
            return connection.execute(statement, values)
        except self.Error:
            connection.close()
            raise


_IN_SQLITE = "scope IN (SELECT value FROM json_each(?))"
_IN_POSTGRESQL = "scope = ANY(%s)"
