"""Writes rows past SQLAlchemy, as many and as fast as the engine takes them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Index, Table, text

from marketplace.catalog.documents import Document
from marketplace.catalog.index import engine
from marketplace.catalog.search_postgresql import tokens_of
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


def load_documents(connection: Connection, documents: Mapping[int, Document]) -> None:
    """Put documents into the search index: by its own engine on SQLite, by COPY on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        engine().add(documents)
        return
    cursor = connection.connection.cursor()
    with cursor.copy("COPY search_document (product_id, rank, vector) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for id, document in documents.items():
            copy.write_row((id, document.rank, " ".join(f"'{token}'" for token in tokens_of(document))))


def begin_documents(connection: Connection) -> None:
    """Make the search index ready for very many."""
    for statement in _BEGIN[connection.dialect.name]:
        connection.execute(text(statement))


def end_documents(connection: Connection) -> None:
    """The search index as it always is. Call inside writing()."""
    for statement in _END[connection.dialect.name]:
        connection.execute(text(statement))
    engine().finish()


_SET = "INSERT INTO search_index (search_index, rank) VALUES ('{}', {})"
# FTS5 keeps what is new in memory until it is so large, and then merges what it has written.
_BEGIN = {
    "sqlite": [_SET.format("hashsize", 64 << 20), _SET.format("automerge", 0)],
    "postgresql": ["DROP INDEX search_document_vector", "DROP INDEX search_document_rank"],
}
_END = {
    "sqlite": [_SET.format("hashsize", 1 << 20), _SET.format("automerge", 4)],
    "postgresql": [
        "SET LOCAL maintenance_work_mem = '1GB'",
        "SET LOCAL statement_timeout = 0",
        "CREATE UNIQUE INDEX search_document_rank ON search_document (rank)",
        "CLUSTER search_document USING search_document_rank",  # as reindex_all leaves it
        "CREATE INDEX search_document_vector ON search_document USING gin (vector) WITH (fastupdate = off)",
    ],
}
