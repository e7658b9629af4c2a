"""Reads of public pages: statements compiled once, run on plain connections; a session costs more than they do."""

import os
from collections import deque, namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic, TypeVar, overload

from flask import current_app
from sqlalchemy import CompoundSelect, Dialect, Engine, Enum, Select, TextClause, event
from sqlalchemy.types import TypeDecorator, TypeEngine

from marketplace.db import db

Values = Mapping[str, Any] | Sequence[Any]
R = TypeVar("R")
Statement = Select[*tuple[Any, ...]]
Union = CompoundSelect[*tuple[Any, ...]]
Convert = Callable[[Any], Any]


class Connections:
    """Plain connections of an engine, in no transaction; whoever takes one puts it back, or closes it if it failed."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.dialect = engine, engine.dialect
        self.Error: type[Exception] = engine.dialect.loaded_dbapi.Error
        self._free: deque[Any] = deque()
        self._process = os.getpid()
        event.listen(engine, "engine_disposed", lambda _engine: self.close())

    def take(self) -> Any:
        """A connection of the driver's own kind, out of the engine's pool for good."""
        try:
            return self._free.pop()
        except IndexError:
            return self._opened()

    def put_back(self, connection: Any) -> None:
        """Let others use it."""
        self._free.append(connection)

    def rows(self, sql: str, values: Values) -> Iterable[Sequence[Any]]:
        """What a statement finds, as the driver gives it.

        SQLAlchemy runs it itself where somebody listens to its statements, and where a connection fails: on one that
        lives, or with the error that everyone knows.
        """
        if not self.engine.dispatch.before_cursor_execute:
            connection = self.take()
            try:
                found = connection.execute(sql, values).fetchall()
            except self.Error:
                connection.close()
            else:
                self.put_back(connection)
                return found  # type: ignore[no-any-return]
        with self.engine.connect() as slow:
            return slow.exec_driver_sql(sql, values).all()

    def close(self) -> None:
        """Let go of every connection that is not in use; those that a fork left behind are its parent's."""
        while self._free:
            connection = self._free.pop()
            if self._process == os.getpid():
                connection.close()

    def _opened(self) -> Any:
        self._process = os.getpid()
        pooled = self.engine.raw_connection()
        pooled.detach()
        connection: Any = pooled.dbapi_connection
        if self.dialect.name == "postgresql":
            connection.autocommit = True
        return connection


def connections() -> Connections:
    """Those of the running app."""
    known = current_app.extensions
    found: Connections = known.get("reading") or known.setdefault("reading", Connections(db.engine))
    return found


class Query(Generic[R]):
    """A statement for public pages: every run sees what is committed, and nothing that is not.

    It is compiled at its first run; what differs from run to run are its bindparams. Rows are named tuples, or what
    `make` makes of their values; truth comes as the engine keeps it, 0 and 1 on SQLite. Of so many rows as `kept`
    says, what was made last is given again where the engine gives the same values: threads share it, so it must not be
    changed, and the values must be hashable. Inside writing() ask the session instead, which sees its own changes.
    """

    @overload
    def __init__(self: "Query[Any]", statement: Statement) -> None: ...
    @overload
    def __init__(
        self, statement: Statement | Union | TextClause, make: Callable[[Sequence[Any]], R], kept: int = 0
    ) -> None: ...
    def __init__(self, statement: Any, make: Callable[[Sequence[Any]], R] | None = None, kept: int = 0) -> None:
        self.statement, self.make, self.kept = statement, make or named_tuple(statement), kept
        self._prepared: dict[str, _Prepared] = {}

    def all(self, **values: Any) -> list[R]:
        """Every row."""
        plain = connections()
        dialect = plain.dialect
        prepared = self._prepared.get(dialect.name)
        if prepared is None:
            prepared = self._prepared[dialect.name] = _Prepared(self, dialect)
        return [*map(prepared.row, plain.rows(prepared.sql, prepared.values(values)))]

    def first(self, **values: Any) -> R | None:
        """The first row, or None."""
        rows = self.all(**values)
        return rows[0] if rows else None


def named_tuple(statement: Statement) -> Any:
    """What makes a row of a statement from its values."""
    return namedtuple("Row", statement.selected_columns.keys())._make  # type: ignore[attr-defined]


class _Prepared:
    """A statement in the words of an engine."""

    def __init__(self, query: Query[Any], dialect: Dialect) -> None:
        compiled = query.statement.compile(dialect=dialect)
        assert not compiled.post_compile_params, "a list of values has no fixed length"
        self.sql, self._order = str(compiled), compiled.positiontup
        self._binds: dict[str, Convert] = {}
        for parameter, name in compiled.bind_names.items():
            if bind := parameter.type.dialect_impl(dialect).bind_processor(dialect):
                self._binds[name] = bind
        self._always = self._bound(compiled.params)
        columns = query.statement.selected_columns if isinstance(query.statement, Select) else ()
        row = _maker(query.make, [_convert(column.type, dialect) for column in columns])
        self.row = lru_cache(query.kept)(row) if query.kept else row

    def values(self, given: Mapping[str, Any]) -> Values:
        """What the driver wants to be given."""
        values = {**self._always, **(self._bound(given) if self._binds else given)}
        return values if self._order is None else tuple(map(values.__getitem__, self._order))

    def _bound(self, values: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._binds[name](value) if name in self._binds else value for name, value in values.items()}


def _convert(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    """What makes a value of ours, as a Moment, from the engine's; plain ones are taken as they come."""
    is_ours = isinstance(kind, TypeDecorator | Enum)
    return kind.dialect_impl(dialect).result_processor(dialect, None) if is_ours else None


def _maker(make: Convert, converts: Sequence[Convert | None]) -> Convert:
    places = [(place, convert) for place, convert in enumerate(converts) if convert]

    def row(values: Sequence[Any]) -> Any:
        own = list(values)
        for place, convert in places:
            own[place] = convert(own[place])
        return make(own)

    return row if places else make
