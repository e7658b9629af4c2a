"""The search index on PostgreSQL: a narrow table of tsvectors under a GIN index, in the order of rank."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text

from marketplace.catalog import tags
from marketplace.catalog.bands import bands, blocks_of, is_block
from marketplace.catalog.documents import Document
from marketplace.catalog.engine import PRICED, Candidate, Clause, Query, in_turn, numbered, rendered, selecting
from marketplace.catalog.frequencies import Frequencies, frequencies
from marketplace.db import db
from marketplace.reading import Query as Statement

NOTHING = "'-'"  # no document has this token
ENOUGH = 1500  # goods that the best band is to find
KEYS = 4  # conditions that the index is asked apart, leaping from one to where others are; the rest is in the last
# So few goods are all read with all tiers in one go, as each tier costs a walk through the lists of the index: where
# about so many are expected, and if they are no more than that.
AT_ONCE, MOST_AT_ONCE = 2000, 4000

# A query that the planner cannot see: with one that it can it may choose to read every product, or to walk the ranks.
_MEETS = "vector @@ (SELECT CAST({} AS tsquery))"
# Of most goods the block of their price says enough, which is asked of the row, not of the index (no @@). Nor is it
# EXISTS: that could be answered by reading all goods.
_PRICED = (
    " AND (ts_match_vq(vector, (SELECT CAST(:inside AS tsquery)))"  # noqa: S608  # constants of this package
    f" OR (SELECT {PRICED} FROM product WHERE product.id = search_document.product_id))"
)
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
    if has_price:
        others["inside"] = " | ".join(tags.prices_inside(others["lowest"], others["highest"])) or NOTHING
    known = frequencies().within(queries[0].clause)
    if len(queries) > 1 and sum(known.news(queries)) < AT_ONCE:
        tiers, every = _all_of(queries, known)
        values = numbered("q", tiers) | numbered("every", every)
        rows = _at_once(len(tiers), len(every), has_price, most).all(**values, too_many=MOST_AT_ONCE + 1, **others)
        if not rows or rows[0].tier:
            return rows
    parts = [part for tier, query in enumerate(queries, 1) for part in _parts(tier, query, known)]
    keys = max(len(part.keys) for part in parts)
    others |= numbered("key", (list(each) for each in zip(*(part.filled(keys) for part in parts), strict=True)))
    others |= {"tiers": [part.tier for part in parts], "below": [part.below for part in parts]}
    return _in_bands(keys, has_price, most).all(**others)


@cache
def _best(most: int) -> Statement[Candidate]:
    return in_turn([(1, _BEST)], most)


class Part(NamedTuple):
    """What a tier finds in a band: ranks below `below` that meet all of `keys`, queries of the index."""

    tier: int
    below: int
    keys: list[str]

    def filled(self, keys: int) -> list[str]:
        """As many keys as other parts have: the rarest is asked again, which costs least."""
        return (self.keys + self.keys[:1] * keys)[:keys]


def _parts(tier: int, query: Query, known: Frequencies) -> Iterator[Part]:
    """A tier band by band; the best one finds enough if goods are as expected."""
    keys, first = _keys(query, known), int(ENOUGH / max(known.share(query.clause, spread=False), 1e-9))
    for band in bands(known.qualities, first):
        yield Part(tier, band.below, [*keys, " | ".join(band.tokens)] if band.tokens else keys)


@cache
def _in_bands(keys: int, has_price: bool, most: int) -> Statement[Candidate]:
    """Part after part; none is asked once those before it have found enough.

    By rank + 0 no index goes: walking the ranks for a word that few goods have would read them all.
    """
    names = [f"key{n}" for n in range(1, keys + 1)]
    given = ", ".join(f"CAST(:{name} AS tsquery[])" for name in names)
    meets = " AND ".join(f"vector @@ part.{name}" for name in names)
    return selecting(f"""
        best AS MATERIALIZED (SELECT part.tier, hit.rank
            FROM unnest(CAST(:tiers AS int[]), CAST(:below AS bigint[]), {given})
                AS part(tier, below, {", ".join(names)}),
            LATERAL (SELECT search_document.rank FROM search_document
                WHERE {meets} AND search_document.rank + 0 < part.below {_PRICED * has_price}
                ORDER BY search_document.rank + 0 DESC LIMIT {most}) AS hit
            LIMIT {most})
    """)  # noqa: S608  # constant numbers


def _meets(name: str, keys: int) -> str:
    return " AND ".join(_MEETS.format(f":{name}{n}") for n in range(1, keys + 1))


def _keys(query: Query, known: Frequencies) -> list[str]:
    """A query as conditions of its own."""
    first, *others = _rarest_first((known.share([each]), _rendered([each])) for each in query.clause)
    return [_without(first, query.but), *others]


def _rarest_first(conditions: Iterable[tuple[float, str]]) -> list[str]:
    """KEYS of these at most, by the share of goods that meet them.

    In one the index would weigh each token against every other, wherever any of the rare ones stands.
    """
    each = [condition for _share, condition in sorted(conditions)]
    alone, rest = each[: KEYS - 1], each[KEYS - 1 :]
    return [*alone, " & ".join(rest)] if rest else alone


@cache
def _at_once(tiers: int, keys: int, has_price: bool, most: int) -> Statement[Candidate]:
    """Every hit with its tiers, the best of them; one of tier 0 if there are too many."""
    each = ", ".join(f"CASE WHEN {_MEETS.format(f':q{n}')} THEN {n} END" for n in range(1, tiers + 1))
    return selecting(f"""
        hit AS MATERIALIZED (SELECT search_document.rank, ARRAY[{each}] AS tiers
            FROM search_document WHERE {_meets("every", keys)} {_PRICED * has_price} LIMIT :too_many),
        best AS MATERIALIZED ((SELECT tier, rank FROM hit, unnest(tiers) AS tier
            WHERE tier IS NOT NULL AND (SELECT count(*) FROM hit) < :too_many ORDER BY tier, rank DESC LIMIT {most})
            UNION ALL (SELECT 0, rank FROM hit WHERE (SELECT count(*) FROM hit) = :too_many LIMIT 1))
    """)  # noqa: S608  # constant numbers


def _all_of(queries: Sequence[Query], known: Frequencies) -> tuple[list[str], list[str]]:
    """What tells the tiers apart, and the conditions of whatever any of them finds."""
    common = [each for each in queries[0].clause if all(each in query.clause for query in queries)]
    own = [[each for each in query.clause if each not in common] for query in queries]
    taken_in = [but for query, clause in zip(queries, own, strict=True) if len(clause) > 1 for but in query.but]
    every = [(known.share([each]), _rendered([each])) for each in common]
    if all(own):
        any_of = [clause for clause in own if clause not in taken_in]
        every.append((sum(map(known.share, any_of)), f"({' | '.join(f'({_rendered(each)})' for each in any_of)})"))
    tiers = (_rendered(clause or query.clause) for query, clause in zip(queries, own, strict=True))
    return [_without(tier, query.but) for tier, query in zip(tiers, queries, strict=True)], _rarest_first(every)


def _without(condition: str, but: Sequence[Clause]) -> str:
    return " & !".join([f"({condition})", *(f"({_rendered(each)})" for each in but)])


def _rendered(clause: Clause) -> str:
    """A tsquery; every token is quoted, so none is an operator."""
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
