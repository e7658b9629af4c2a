"""Expressions that each engine writes in its own words, so that one statement does where several would."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Dialect,
    Enum,
    Integer,
    ScalarSelect,
    Select,
    String,
    Text,
    bindparam,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine

from marketplace.db import Moment

Rows = tuple[Any, ...]
Convert = Callable[[Any], Any]


class _Made(TypeDecorator[Rows]):
    """A JSON list of lists, out of which come the rows that `make` makes of each list's values."""

    impl = Text
    cache_ok = False  # two of them differ by what they make

    def __init__(self, make: Convert, kinds: Sequence[TypeEngine[Any]]) -> None:
        super().__init__()
        self.make = make
        self._converts = [(place, convert) for place, kind in enumerate(kinds) if (convert := _from_json(kind))]

    def process_result_value(self, value: Any, dialect: Dialect) -> Rows:
        """The rows."""
        return self.made(value)

    def made(self, value: Any) -> Rows:
        """The rows; engines hand on a list within a list as JSON, or as a text of it."""
        rows = json.loads(value) if isinstance(value, str) else value
        for row in rows if self._converts else ():
            for place, convert in self._converts:
                row[place] = convert(row[place])
        return tuple(map(self.make, rows))


def _from_json(kind: TypeEngine[Any]) -> Convert | None:
    """What makes a value of ours from what JSON has for it; TypeError for what it does not hold as it was."""
    if isinstance(kind, _Made):
        return kind.made
    if isinstance(kind, Moment):
        return lambda text: text and datetime.fromisoformat(text).replace(tzinfo=UTC)
    if isinstance(kind, Enum) or not isinstance(kind, String | Integer | Boolean):
        raise TypeError(f"{kind!r} is another value in JSON")
    return None


class _JsonRows(FunctionElement[Rows]):
    """Rows as a JSON list of lists, in the order in which both engines hand a subquery's rows on."""

    inherit_cache = False

    def __init__(self, columns: Sequence[ColumnElement[Any]], make: Convert) -> None:
        super().__init__(*columns)
        self.type = _Made(make, [column.type for column in columns])


@compiles(_JsonRows, "sqlite")
def _in_sqlite(element: _JsonRows, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **how)}))"


@compiles(_JsonRows, "postgresql")
def _in_postgresql(element: _JsonRows, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(coalesce(json_agg(json_build_array({compiler.process(element.clauses, **how)})), '[]') AS text)"


def json_rows(rows: Select[*tuple[Any, ...]], make: Convert = tuple) -> ScalarSelect[Rows]:
    """All rows of a statement as a column of another one: one more statement would cost a page more than its rows.

    The column holds what `make` makes of each row's values. Truth comes as the engine keeps it, 0 and 1 on SQLite.
    """
    return select(_JsonRows([*rows.subquery().c], make)).scalar_subquery()


class Listed(TypeDecorator[Sequence[str]]):
    """A list of texts as one value: JSON, or an array where the engine has them."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """As the engine keeps it."""
        return dialect.type_descriptor(ARRAY(Text) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        """As the driver wants it."""
        return value if dialect.name == "postgresql" else json.dumps(value)


class _Among(FunctionElement[bool]):
    """Whether a column is one of the values of a Listed."""

    inherit_cache = True


@compiles(_Among, "sqlite")
def _among_in_sqlite(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, listed = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608  # a bound value


@compiles(_Among, "postgresql")
def _among_in_postgresql(element: _Among, compiler: SQLCompiler, **how: Any) -> str:
    column, listed = (compiler.process(clause, **how) for clause in element.clauses)
    return f"{column} = ANY({listed})"


def among(column: Any, name: str) -> ColumnElement[bool]:
    """Whether the column is one of the texts bound as `name`, however many: `in_` is built anew for each number."""
    return _Among(column, bindparam(name, type_=Listed()))
