"""Expressions that each engine writes in its own words, so that one statement does where several would."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, ScalarSelect, Select, Text, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator, TypeEngine


class _JsonRows(FunctionElement[str]):
    """Rows as a JSON list of lists, in the order in which both engines hand a subquery's rows on."""

    inherit_cache = True


@compiles(_JsonRows, "sqlite")
def _in_sqlite(element: _JsonRows, compiler: SQLCompiler, **how: Any) -> str:
    return f"json_group_array(json_array({compiler.process(element.clauses, **how)}))"


@compiles(_JsonRows, "postgresql")
def _in_postgresql(element: _JsonRows, compiler: SQLCompiler, **how: Any) -> str:
    return f"CAST(coalesce(json_agg(json_build_array({compiler.process(element.clauses, **how)})), '[]') AS text)"


def json_rows(rows: Select[*tuple[Any, ...]]) -> ScalarSelect[str]:
    """All rows of a statement as a column of another one: one more statement would cost a page more than its rows."""
    own = rows.subquery()
    return select(_JsonRows(*own.c)).scalar_subquery()


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
