"""How many goods may meet a query on PostgreSQL: an estimate that costs time when it is wrong, never goods."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import prod
from time import monotonic

from flask import current_app
from sqlalchemy import text

from marketplace.catalog import tags
from marketplace.catalog.engine import Clause, Query
from marketplace.catalog.facet_counts import SITE, TOTAL, stored
from marketplace.reading import Query as Statement

SECONDS = 600  # that frequencies are kept
FEW = {"ka", "kg"}  # kinds of tags of which a city has some dozens; a shop has too few goods to expect much
UNKNOWN = 1.0  # the share of goods that have a token, where nothing is known of any
# What the planner has learned of the index: its most frequent tokens, and the share of the goods that each has, with
# some figures of another kind behind.
_LEARNED: Statement[tuple[list[str], list[float]]] = Statement(
    text(
        "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats"
        " WHERE schemaname = current_schema() AND tablename = 'search_document' AND attname = 'vector'"
        " AND most_common_elems IS NOT NULL"
    ),
    tuple,
)


@dataclass(frozen=True)
class Frequencies:
    """The share of all goods that have a token; a token that is missing has `rare` or less. Qualities best first."""

    goods: int
    qualities: tuple[tuple[int, int], ...]
    shares: Mapping[str, float]
    rare: float
    scopes: dict[str, "Frequencies"] = field(default_factory=dict, compare=False)  # what `within` has read

    def within(self, clause: Clause) -> "Frequencies":
        """The same for a clause that asks for a category or kampung: which tags its goods have is counted."""
        asked = (condition[0][0] for condition in clause if len(condition) == len(condition[0]) == 1)
        scope = next((token for token in asked if tags.kind(token) in FEW), None)
        if scope is None:
            return self
        if scope not in self.scopes:
            counts = stored(scope).numbers
            own = {tag: n / counts[TOTAL] for tag, n in counts.items() if tag != scope}
            self.scopes[scope] = replace(self, shares={**self.shares, **own})
        return self.scopes[scope]

    def share(self, clause: Clause, spread: bool = True) -> float:
        """The share of goods that meet a clause, if its conditions have nothing to do with each other.

        If not `spread`, they have: goods that meet the rarest are likelier than others to meet the next.
        """
        each = sorted(min(sum(map(self._together, any_of)), 1.0) for any_of in clause)
        return prod(each) if spread else prod(one ** (0.5**n) for n, one in enumerate(each))

    def news(self, queries: Sequence[Query]) -> list[float]:
        """How many goods each query is likely to find that those before it do not."""
        found, before = [], 0.0
        for clause, but in queries:
            share = self.share(clause)
            is_wider = any(not set(clause[-1]).isdisjoint(condition) for other in but for condition in other)
            found.append(self.goods * max(share - before * is_wider, share / 20))
            before = share
        return found

    def _together(self, tokens: Sequence[str]) -> float:
        return prod(self.shares.get(token, self.rare) for token in tokens)


def frequencies() -> Frequencies:
    """Those of the running market, or what they were minutes ago."""
    kept: tuple[float, Frequencies] | None = current_app.extensions.get("frequencies")
    if kept and monotonic() < kept[0]:
        return kept[1]
    if kept:
        current_app.extensions["frequencies"] = monotonic() + SECONDS, kept[1]  # one thread reads them, others go on
    fresh = _read()
    current_app.extensions["frequencies"] = monotonic() + (SECONDS if fresh.goods else 0), fresh
    return fresh


def _read() -> Frequencies:
    site, learned = stored(SITE), _LEARNED.first()
    tokens, shares = learned or ([], [])
    rare = min(shares[: len(tokens)]) / 2 if tokens else UNKNOWN
    known = dict(zip(tokens, shares, strict=False))
    return Frequencies(site.numbers.get(TOTAL, 0), tuple(site.qualities), known, rare)
