"""The search index on PostgreSQL: a narrow table of tsvectors under a GIN index, in the order of rank."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import count
from typing import Any

from sqlalchemy import bindparam, text

from marketplace.catalog.bands import Band, bands, blocks_of, is_block
from marketplace.catalog.documents import Document
from marketplace.catalog.engine import PRICED, Candidate, Clause, Query, in_turn, numbered, rendered, selecting
from marketplace.catalog.frequencies import Frequencies, frequencies
from marketplace.db import db
from marketplace.reading import Query as Statement

ENOUGH = 1500  # goods that the best band is to find
# So few goods are all read with all tiers in one go, as each tier costs a walk through the lists of the index: where
# about so many are expected, and if they are no more than that.
AT_ONCE, MOST_AT_ONCE = 2000, 4000

# A query that the planner cannot see: with one that it can it may choose to read every product, or to walk the ranks.
_MEETS = "vector @@ (SELECT CAST({} AS tsquery))"
_PRICED = f"JOIN product ON product.id = search_document.product_id AND {PRICED}"
# By rank + 0 no index goes: walking the ranks for a word that few goods have would read them all.
_HITS = "SELECT search_document.rank FROM search_document {} WHERE {} ORDER BY search_document.rank + 0 DESC"
_BEST = "SELECT rank FROM product WHERE is_listed ORDER BY rank DESC"

_READ = text("SELECT product_id, rank, tsvector_to_array(vector) FROM search_document WHERE product_id IN :ids")
_READ = _READ.bindparams(bindparam("ids", expanding=True))
_DROP = text("DELETE FROM search_document WHERE product_id IN :ids").bindparams(bindparam("ids", expanding=True))
_ADD = text(
    "INSERT INTO search_document (product_id, rank, vector)"
    " VALUES (:id, :rank, array_to_tsvector(CAST(:tokens AS text[])))"
)


def found(queries: Sequence[Query], most: int, has_price: bool = False, **others: Any) -> list[Candidate]:
    """About `most` candidates: all read at once where few are expected, otherwise tier by tier, band by band."""
    if not queries[0].clause:
        return _best(most).all(**others)
    known = frequencies()
    if len(queries) > 1 and sum(known.news(queries)) < AT_ONCE:
        rows = _at_once(len(queries), has_price, most).all(**_all_of(queries), too_many=MOST_AT_ONCE + 1, **others)
        if not rows or rows[0].tier:
            return rows
    each = [_bands(query, known) for query in queries]
    upper, last = [band for some in each for band in some[:-1]], [some[-1].below for some in each]
    others |= numbered("q", map(render, queries)) | numbered("below", last)
    others |= numbered("band", (" | ".join(band.tokens) for band in upper))
    return _in_bands(tuple(len(some) - 1 for some in each), has_price, most).all(**others)


@cache
def _best(most: int) -> Statement[Candidate]:
    return in_turn([(1, _BEST)], most)


@lru_cache(maxsize=500)
def _in_bands(upper: Sequence[int], has_price: bool, most: int) -> Statement[Candidate]:
    """Each tier in so many bands, and the one below them.

    Band and query are two conditions: in one the index would weigh every word against every block.
    """
    numbers = count(1)
    selects = [
        (tier, _HITS.format(_PRICED * has_price, condition))
        for tier, bands_of_it in enumerate(upper, 1)
        for condition in (
            *(f"{_meets('band', next(numbers))} AND {_meets('q', tier)}" for _band in range(bands_of_it)),
            f"{_meets('q', tier)} AND search_document.rank + 0 < :below{tier}",
        )
    ]
    return in_turn(selects, most)


def _meets(name: str, number: int) -> str:
    return _MEETS.format(f":{name}{number}")


def _bands(query: Query, known: Frequencies) -> Sequence[Band]:
    """The bands of a query: the best one finds enough if goods are as expected."""
    return bands(known.qualities, int(ENOUGH / max(known.share(query.clause, spread=False), 1e-9)))


@cache
def _at_once(tiers: int, has_price: bool, most: int) -> Statement[Candidate]:
    """Every hit with its tiers, the best of them; one of tier 0 if there are too many."""
    each = ", ".join(f"CASE WHEN {_meets('q', n)} THEN {n} END" for n in range(1, tiers + 1))
    return selecting(f"""
        hit AS MATERIALIZED (SELECT search_document.rank, ARRAY[{each}] AS tiers
            FROM search_document {_PRICED * has_price} WHERE {_MEETS.format(":every")} LIMIT :too_many),
        best AS MATERIALIZED ((SELECT tier, rank FROM hit, unnest(tiers) AS tier
            WHERE tier IS NOT NULL AND (SELECT count(*) FROM hit) < :too_many ORDER BY tier, rank DESC LIMIT {most})
            UNION ALL (SELECT 0, rank FROM hit WHERE (SELECT count(*) FROM hit) = :too_many LIMIT 1))
    """)  # noqa: S608  # constant numbers


def _all_of(queries: Sequence[Query]) -> dict[str, object]:
    """The parameters of `_at_once`: each query, and what any of them finds, without what a later one takes in."""
    clauses = [query.clause for query in queries]
    common = [each for each in clauses[0] if all(each in clause for clause in clauses)]
    own = [[each for each in clause if each not in common] for clause in clauses]
    taken_in = [but for query, clause in zip(queries, own, strict=True) if len(clause) > 1 for but in query.but]
    kept = [clause for clause in own if clause not in taken_in]
    any_of = f"({' | '.join(f'({_rendered(clause)})' for clause in kept)})" if all(own) else ""
    every = " & ".join(part for part in (_rendered(common), any_of) if part)
    return numbered("q", map(render, queries)) | {"every": every}


def render(query: Query) -> str:
    """A tsquery; every token is quoted, so none is an operator."""
    return " & !".join(f"({_rendered(clause)})" for clause in (query.clause, *query.but))


def _rendered(clause: Clause) -> str:
    return rendered(clause, " & ", " | ", lambda token: f"'{token}'")


def read(ids: Sequence[int]) -> dict[int, Document]:
    """The documents of these products."""
    rows = db.session.execute(_READ, {"ids": list(ids)})
    return {id: Document(rank, tuple(each for each in tokens if not is_block(each))) for id, rank, tokens in rows}


def tokens_of(document: Document) -> list[str]:
    """The tokens of a document, and those of its rank."""
    return [*document.tokens, *blocks_of(document.rank)]


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
