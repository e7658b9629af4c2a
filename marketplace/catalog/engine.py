"""What both search engines have in common: conditions on tokens, and the one statement that finds candidates."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, text

from marketplace.catalog.ranking import ID_MASK
from marketplace.db import Moment
from marketplace.reading import Query as Statement

MOST = 1000  # nobody reads further; ranking, facets and paging look at no more

# Buckets of prices are tags; this is the exact comparison.
PRICED = "product.price_min >= :lowest AND product.price_min <= :highest"

# All of these conditions; each is met by one of its alternatives; an alternative is tokens that all stand there.
Clause = Sequence[Sequence[tuple[str, ...]]]
# A query text of the engine: FTS5's or tsquery's.
Render = Callable[[Clause], str]


class Candidate(NamedTuple):
    """A product that was found, as ranking and facets need it; `price` is rupiah, tier 1 the closest match."""

    id: int
    tier: int
    rank: int
    tags: str
    price: int
    sold: int
    shop_id: int
    kelurahan_id: int
    is_closed: bool


def rendered(clause: Clause, both: str, either: str, quote: Callable[[str], str]) -> str:
    """A clause in the words of an engine: (a | (b & c)) & d."""
    conditions = []
    for alternatives in clause:
        parts = (both.join(map(quote, tokens)) for tokens in dict.fromkeys(alternatives))
        conditions.append(either.join(f"({part})" for part in parts))
    return both.join(f"({condition})" for condition in conditions)


class Query(NamedTuple):
    """What one tier asks for: `clause`, and none of `but`, which tiers before it have asked for."""

    clause: Clause
    but: Sequence[Clause] = ()


class Hits(NamedTuple):
    """An engine's SELECTs of ranks for the query :q, each best first and without limit, those of a later one lower.

    `bands` is a table expression that they look into, if any.
    """

    selects: Sequence[str]
    bands: str = ""


@cache
def statement(hits: Hits, tiers: int, most: int) -> Statement[Candidate]:
    """Candidates for `tiers` queries, the closest first, about `most`; a product may come in two tiers.

    Nothing is run once what stands before it has enough.
    """
    parts = " UNION ALL ".join(
        f"SELECT {tier} AS tier, rank FROM ({select.replace(':q', f':q{tier}')} LIMIT {most}) AS t{tier}_{n}"  # noqa: S608
        for tier in range(1, tiers + 1)
        for n, select in enumerate(hits.selects)
    )
    sql = f"""
        WITH {hits.bands} best AS MATERIALIZED ({parts} LIMIT {most})
        SELECT product.id, best.tier, best.rank, product.tags, product.price_min, product.sold, product.shop_id,
            product.kelurahan_id, product.shop_id IN (SELECT id FROM shop WHERE closed_until > :now) AS is_closed
        FROM best JOIN product ON product.id = (best.rank & {ID_MASK})
    """  # noqa: S608  # constants of this module alone
    return Statement(text(sql).bindparams(bindparam("now", type_=Moment)), Candidate._make)


def values(queries: Sequence[str], **others: Any) -> dict[str, Any]:
    """The parameters of `statement`."""
    return {f"q{tier}": query for tier, query in enumerate(queries, 1)} | others
