"""What both search engines have in common: conditions on tokens, and the one statement that finds candidates."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import TextClause, bindparam, text

from marketplace.catalog.ranking import ID_MASK
from marketplace.db import Moment

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
    is_fresh: bool
    is_closed: bool


def rendered(clause: Clause, both: str, either: str, quote: Callable[[str], str]) -> str:
    """A clause in the words of an engine: (a | (b & c)) & d."""
    conditions = []
    for alternatives in clause:
        parts = (both.join(map(quote, tokens)) for tokens in dict.fromkeys(alternatives))
        conditions.append(either.join(f"({part})" for part in parts))
    return both.join(f"({condition})" for condition in conditions)


class Hits(NamedTuple):
    """An engine's SELECT of ranks for the query :q, best first, without limit.

    `is_dear` where it pays to leave out a query that is not needed. SQLite must not: it writes a table expression out
    wherever it is named, so that expressions which count each other grow without end.
    """

    sql: str
    is_dear: bool = False


@cache
def statement(hits: Hits, tiers: int, enough: int, most: int) -> TextClause:
    """Rows of Candidate for `tiers` queries, the closest first, at most `most`.

    A query may be left out once those before it have `enough`.
    """
    parts, before = [], ""
    for tier in range(1, tiers + 1):
        limit = f"CASE WHEN ({_count(before)}) >= {enough} THEN 0 ELSE {most} END" if before else most
        parts.append(f"t{tier} AS MATERIALIZED ({hits.sql.replace(':q', f':q{tier}')} LIMIT {limit})")
        if hits.is_dear:
            before = " UNION ".join(f"SELECT rank FROM t{n}" for n in range(1, tier + 1))  # noqa: S608
    found = " UNION ALL ".join(f"SELECT {tier} AS tier, rank FROM t{tier}" for tier in range(1, tiers + 1))  # noqa: S608
    sql = f"""
        WITH {", ".join(parts)},
        best AS MATERIALIZED (
            SELECT min(tier) AS tier, rank FROM ({found}) AS found GROUP BY rank ORDER BY 1, 2 DESC LIMIT {most}
        )
        SELECT product.id, best.tier, best.rank, product.tags, product.price_min, product.sold, product.shop_id,
            product.kelurahan_id, product.created_at > :fresh AS is_fresh,
            product.shop_id IN (SELECT id FROM shop WHERE closed_until > :now) AS is_closed
        FROM best JOIN product ON product.id = (best.rank & {ID_MASK})
        ORDER BY best.tier, best.rank DESC
    """  # noqa: S608  # constants of this module alone
    return text(sql).bindparams(bindparam("fresh", type_=Moment), bindparam("now", type_=Moment))


def _count(ranks: str) -> str:
    return f"SELECT count(*) FROM ({ranks}) AS before"  # noqa: S608  # constants of this module alone


def values(queries: Sequence[str], **others: Any) -> dict[str, Any]:
    """The parameters of `statement`."""
    return {f"q{tier}": query for tier, query in enumerate(queries, 1)} | others
