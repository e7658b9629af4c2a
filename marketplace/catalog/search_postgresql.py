"""The search index on PostgreSQL: a narrow table of tsvectors under a GIN index, in the order of rank."""

from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, text

from marketplace.catalog.documents import Document
from marketplace.catalog.engine import PRICED, Hits, Query, rendered
from marketplace.catalog.ranking import RANK_BITS
from marketplace.db import db

# Ranks in steps, a token each: a sixteenth of the circle of a quality.
STEP_BITS = RANK_BITS - 4
# A word that many goods have is looked for among the best of all first, then among the good, then below them: every hit
# is a row to be read, and a hundred thousand of them would be sorted for a thousand. Few steps make a band: each is a
# list that the index holds beside the others.
BANDS = f"""
    step AS (
        SELECT 16 * quality + part AS number, sum(n) OVER w / 16 AS above, row_number() OVER w AS place,
            sum(n) OVER () / 16 AS every
        FROM (SELECT CAST(substr(tag, 6) AS bigint) AS quality, n FROM facet_count
            WHERE scope = 'pasar' AND tag LIKE 'mutu%' AND n > 0) AS counted,
            generate_series(0, 15) AS part
        WINDOW w AS (ORDER BY quality DESC, part DESC)
    ),
    band AS MATERIALIZED (
        SELECT CAST(coalesce(string_agg('r_' || number, '|') FILTER (WHERE is_best), 'r_') AS tsquery) AS best,
            CAST(coalesce(string_agg('r_' || number, '|') FILTER (WHERE NOT is_best), 'r_') AS tsquery) AS good,
            coalesce(min(number), {2 ** (63 - STEP_BITS) - 1}) << {STEP_BITS} AS bottom
        FROM (SELECT number, place <= 8 AND above < 5000 AS is_best FROM step
            WHERE place <= 24 AND above < every / 8) AS top
    ),
"""  # noqa: S608  # constant numbers
_WHERE = (
    "vector @@ (CAST(:q AS tsquery) && (SELECT best FROM band))",
    "vector @@ (CAST(:q AS tsquery) && (SELECT good FROM band))",
    "vector @@ CAST(:q AS tsquery) AND search_document.rank + 0 < (SELECT bottom FROM band)",
)
# By rank + 0 no index goes: walking the ranks for a word that few goods have would read them all.
_ORDER = "ORDER BY search_document.rank + 0 DESC"
_PRICED = f"JOIN product ON product.id = search_document.product_id AND {PRICED}"
BEST = Hits(("SELECT rank FROM product WHERE is_listed ORDER BY rank DESC",))
HITS = Hits(tuple(f"SELECT rank FROM search_document WHERE {where} {_ORDER}" for where in _WHERE), BANDS)  # noqa: S608
HITS_PRICED = Hits(
    tuple(f"SELECT search_document.rank FROM search_document {_PRICED} WHERE {where} {_ORDER}" for where in _WHERE),  # noqa: S608
    BANDS,
)

_READ = text("SELECT product_id, rank, tsvector_to_array(vector) FROM search_document WHERE product_id IN :ids")
_READ = _READ.bindparams(bindparam("ids", expanding=True))
_DROP = text("DELETE FROM search_document WHERE product_id IN :ids").bindparams(bindparam("ids", expanding=True))
_ADD = text(
    "INSERT INTO search_document (product_id, rank, vector)"
    " VALUES (:id, :rank, array_to_tsvector(CAST(:tokens AS text[])))"
)


def render(query: Query) -> str:
    """A tsquery; every token is quoted, so none is an operator."""
    wanted, *unwanted = (
        rendered(each, " & ", " | ", lambda token: f"'{token}'") for each in (query.clause, *query.but)
    )
    return " & !".join(f"({part})" for part in (wanted, *unwanted))


def read(ids: Sequence[int]) -> dict[int, Document]:
    """The documents of these products."""
    rows = db.session.execute(_READ, {"ids": list(ids)})
    return {
        id: Document(rank, tuple(each for each in tokens if not each.startswith("q_"))) for id, rank, tokens in rows
    }


def tokens_of(document: Document) -> list[str]:
    """The tokens of a document, and the one of its step."""
    return [*document.tokens, f"r_{document.rank >> STEP_BITS}"]


def remove(documents: Mapping[int, Document]) -> None:
    """Take documents out."""
    if documents:
        db.session.execute(_DROP, {"ids": sorted(documents)})


def add(documents: Mapping[int, Document]) -> None:
    """Put documents in."""
    rows = [{"id": id, "rank": found.rank, "tokens": tokens_of(found)} for id, found in sorted(documents.items())]
    if rows:
        db.session.execute(_ADD, rows)


def clear() -> None:
    """Forget everything."""
    db.session.execute(text("DELETE FROM search_document"))


def finish() -> None:
    """After thousands of documents: let the planner know how frequent each token is."""
    db.session.execute(text("ANALYZE search_document"))
