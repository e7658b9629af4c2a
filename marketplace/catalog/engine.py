"""What both search engines have in common: conditions on tokens, and the one statement that finds candidates."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, text

from marketplace.catalog.ranking import ID_MASK
from marketplace.db import Moment
from marketplace.reading import Query as Statement

MOST = 1000  # nobody reads further; ranking, facets and paging look at no more

# Buckets of prices are tags; this is the exact comparison.
PRICED = "product.price_min >= :lowest AND product.price_min <= :highest"

# All of these conditions; each is met by one of its alternatives; an alternative is tokens that all stand there.
Clause = Sequence[Sequence[tuple[str, ...]]]


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


# What there is to know of the best, a table of tiers and ranks that goes before.
_SELECT = f"""
    SELECT product.id, best.tier, best.rank, product.tags, product.price_min, product.sold, product.shop_id,
        product.kelurahan_id, product.shop_id IN (SELECT id FROM shop WHERE closed_until > :now) AS is_closed
    FROM best JOIN product ON product.id = (best.rank & {ID_MASK})
"""  # noqa: S608  # a constant number


def selecting(best: str) -> Statement[Candidate]:
    """The candidates for a SELECT of tiers and ranks."""
    sql = text(f"WITH {best} {_SELECT}")
    return Statement(sql.bindparams(bindparam("now", type_=Moment)), Candidate._make)


def in_turn(selects: Iterable[tuple[int, str]], most: int) -> Statement[Candidate]:
    """About `most` candidates, the closest first, of these SELECTs of ranks, best first, each with its tier.

    A product may come in two tiers. Nothing is run once what stands before it has enough.
    """
    parts = " UNION ALL ".join(
        f"SELECT {tier} AS tier, rank FROM ({select} LIMIT {most}) AS t{n}"  # noqa: S608  # constants of this package
        for n, (tier, select) in enumerate(selects)
    )
    return selecting(f"best AS MATERIALIZED ({parts} LIMIT {most})")


def numbered(name: str, queries: Iterable[object]) -> dict[str, object]:
    """Queries as the parameters name1, name2 ..."""
    return {f"{name}{n}": query for n, query in enumerate(queries, 1)}
