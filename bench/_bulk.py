"""Writes rows past SQLAlchemy, as many and as fast as the engine takes them."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Index, Table

from marketplace.db import writing


def values_of(row: Any) -> dict[str, Any]:
    """What a new row would be written with."""
    return {column.name: getattr(row, column.name, None) for column in row.__table__.columns}


def load(connection: Connection, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows past SQLAlchemy: executemany on SQLite, COPY on PostgreSQL."""
    names = [column.name for column in table.columns]
    dialect = connection.dialect
    convert = [column.type.dialect_impl(dialect).bind_processor(dialect) for column in table.columns]
    tuples = ([own(row[name]) if own else row[name] for name, own in zip(names, convert, strict=True)] for row in rows)
    cursor = connection.connection.cursor()
    if dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        cursor.executemany(f"INSERT INTO {table.name} ({', '.join(names)}) VALUES ({marks})", tuples)
        return
    with cursor.copy(f"COPY {table.name} ({', '.join(names)}) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in tuples:
            copy.write_row(row)


def drop_indexes(tables: Iterable[Table]) -> list[Index]:
    """Drop the indexes that are quicker made at the end, and return them."""
    indexes = [index for table in tables for index in table.indexes]
    with writing() as session:
        for index in indexes:
            index.drop(session.connection())
    return indexes
