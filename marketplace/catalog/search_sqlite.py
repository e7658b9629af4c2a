"""The search index on SQLite: FTS5, contentless; its rowid is how far below TOP the rank is, so nothing is sorted."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import bindparam, text

from marketplace.catalog.bands import TOP
from marketplace.catalog.documents import Document
from marketplace.catalog.engine import PRICED, Candidate, Query, in_turn, numbered, rendered
from marketplace.catalog.ranking import ID_MASK
from marketplace.db import db
from marketplace.reading import Query as Statement

_BEST = "SELECT rank FROM product WHERE is_listed = 1 ORDER BY rank DESC"
# Rows are read from the lowest up: backwards, SQLite 3.40 leaves some out where two long lists meet.
_RANK = f"({TOP} - search_index.rowid)"
_HITS = f"SELECT {_RANK} AS rank FROM search_index WHERE search_index MATCH :q{{}} ORDER BY search_index.rowid"  # noqa: S608
_HITS_PRICED = (
    f"SELECT {_RANK} AS rank FROM search_index"  # noqa: S608  # constant numbers
    f" CROSS JOIN product ON product.id = ({_RANK} & {ID_MASK}) AND {PRICED}"
    " WHERE search_index MATCH :q{} ORDER BY search_index.rowid"
)

_READ = text("SELECT product_id, rank, tokens FROM search_document WHERE product_id IN :ids")
_READ = _READ.bindparams(bindparam("ids", expanding=True))
_FORGET = text("INSERT INTO search_index (search_index, rowid, tokens) VALUES ('delete', :place, :tokens)")
_DROP = text("DELETE FROM search_document WHERE product_id = :id")
_INDEX = text("INSERT INTO search_index (rowid, tokens) VALUES (:place, :tokens)")
_ADD = text("INSERT INTO search_document (product_id, rank, tokens) VALUES (:id, :rank, :tokens)")


def found(queries: Sequence[Query], most: int, has_price: bool = False, **others: Any) -> list[Candidate]:
    """About `most` candidates, tier by tier; without any condition the best of the whole market."""
    if not queries[0].clause:
        return _best(most).all(**others)
    return _in_tiers(len(queries), has_price, most).all(**numbered("q", map(render, queries)), **others)


@cache
def _best(most: int) -> Statement[Candidate]:
    return in_turn([(1, _BEST)], most)


@cache
def _in_tiers(tiers: int, has_price: bool, most: int) -> Statement[Candidate]:
    hits = _HITS_PRICED if has_price else _HITS
    return in_turn([(tier, hits.format(tier)) for tier in range(1, tiers + 1)], most)


def render(query: Query) -> str:
    """A query of FTS5; every token is quoted, so none is an operator."""
    clauses = (query.clause, *query.but)
    wanted, *unwanted = (rendered(clause, " AND ", " OR ", lambda token: f'"{token}"') for clause in clauses)
    return " NOT ".join(f"({part})" for part in (wanted, *unwanted))


def read(ids: Sequence[int]) -> dict[int, Document]:
    """The documents of these products."""
    rows = db.session.execute(_READ, {"ids": list(ids)})
    return {id: Document(rank, tuple(tokens.split(" "))) for id, rank, tokens in rows}


def remove(documents: Mapping[int, Document]) -> None:
    """Take documents out, as they were read: a contentless index must be told what it forgets."""
    if documents:
        rows = _rows(documents)
        db.session.execute(_FORGET, [{"place": row["place"], "tokens": row["tokens"]} for row in rows])
        db.session.execute(_DROP, [{"id": row["id"]} for row in rows])


def add(documents: Mapping[int, Document]) -> None:
    """Put documents in."""
    if documents:
        rows = _rows(documents)
        db.session.execute(_INDEX, [{"place": row["place"], "tokens": row["tokens"]} for row in rows])
        db.session.execute(_ADD, [{name: row[name] for name in ("id", "rank", "tokens")} for row in rows])


def clear() -> None:
    """Forget everything."""
    db.session.execute(text("INSERT INTO search_index (search_index) VALUES ('delete-all')"))
    db.session.execute(text("DELETE FROM search_document"))


def finish() -> None:
    """After thousands of documents: one b-tree instead of many."""
    db.session.execute(text("INSERT INTO search_index (search_index) VALUES ('optimize')"))


def _rows(documents: Mapping[int, Document]) -> list[dict[str, object]]:
    in_order: Iterable[tuple[int, Document]] = sorted(documents.items(), key=lambda pair: -pair[1].rank)
    return [
        {"id": id, "rank": found.rank, "place": TOP - found.rank, "tokens": " ".join(found.tokens)}
        for id, found in in_order
    ]
