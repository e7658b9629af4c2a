"""The search index on PostgreSQL: a narrow table of tsvectors under a GIN index, in the order of rank."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, text

from marketplace.catalog.documents import Document
from marketplace.catalog.engine import PRICED, Clause, Hits, rendered
from marketplace.db import db

BEST = Hits("SELECT rank FROM product WHERE is_listed ORDER BY rank DESC")
HITS = Hits("SELECT rank FROM search_document WHERE vector @@ CAST(:q AS tsquery) ORDER BY rank DESC", is_dear=True)
HITS_PRICED = Hits(
    "SELECT search_document.rank FROM search_document"  # noqa: S608  # a constant condition
    f" JOIN product ON product.id = search_document.product_id AND {PRICED}"
    " WHERE vector @@ CAST(:q AS tsquery) ORDER BY search_document.rank DESC",
    is_dear=True,
)

_READ = text("SELECT product_id, rank, tsvector_to_array(vector) FROM search_document WHERE product_id IN :ids")
_READ = _READ.bindparams(bindparam("ids", expanding=True))
_DROP = text("DELETE FROM search_document WHERE product_id IN :ids").bindparams(bindparam("ids", expanding=True))
_ADD = text(
    "INSERT INTO search_document (product_id, rank, vector)"
    " VALUES (:id, :rank, array_to_tsvector(CAST(:tokens AS text[])))"
)


def render(clause: Clause) -> str:
    """A tsquery; every token is quoted, so none is an operator."""
    return rendered(clause, " & ", " | ", lambda token: f"'{token}'")


def read(ids: Sequence[int]) -> dict[int, Document]:
    """The documents of these products."""
    return {id: Document(rank, tuple(tokens)) for id, rank, tokens in db.session.execute(_READ, {"ids": list(ids)})}


def remove(documents: Mapping[int, Document]) -> None:
    """Take documents out."""
    if documents:
        db.session.execute(_DROP, {"ids": sorted(documents)})


def add(documents: Mapping[int, Document]) -> None:
    """Put documents in."""
    rows = [{"id": id, "rank": found.rank, "tokens": list(found.tokens)} for id, found in sorted(documents.items())]
    if rows:
        db.session.execute(_ADD, rows)


def clear() -> None:
    """Forget everything."""
    db.session.execute(text("DELETE FROM search_document"))


def finish() -> None:
    """After thousands of documents: let the planner know how frequent each token is."""
    db.session.execute(text("ANALYZE search_document"))
