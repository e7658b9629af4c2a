"""Everything, or all of a category, kampung or shop, by a number of the goods: each page costs what the first does."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, bindparam, tuple_

from marketplace.catalog import tags
from marketplace.catalog.cards import PAGE, TOP, Card, Cards, cards_query, listed
from marketplace.catalog.directory import Entry
from marketplace.catalog.facet_counts import SITE
from marketplace.catalog.models import Product
from marketplace.catalog.narrowing import Sort
from marketplace.reading import Query


class Kind(StrEnum):
    """What makes a scope: everything, or the goods that share one of these."""

    SITE = "site"
    CATEGORY = "category"
    TOP_CATEGORY = "top_category"
    KAMPUNG = "kampung"
    SHOP = "shop"


@dataclass(frozen=True)
class Scope:
    """The goods that a page starts from; `tag` names them in the counts, `id` in the database."""

    kind: Kind = Kind.SITE
    id: int = 0
    tag: str = SITE


def scope_of_category(entry: Entry) -> Scope:
    """A category; a topmost one with all that stands below it."""
    return Scope(Kind.CATEGORY if entry.parent_id else Kind.TOP_CATEGORY, entry.id, tags.category(entry.id))


def scope_of_kampung(id: int) -> Scope:
    """What the shops of a kampung sell."""
    return Scope(Kind.KAMPUNG, id, tags.kampung(id))


def scope_of_shop(id: int) -> Scope:
    """What a shop sells."""
    return Scope(Kind.SHOP, id, tags.shop(id))


@dataclass(frozen=True)
class Slice:
    """Some cards of a list; `after` is the cursor of what follows, empty at the end."""

    cards: Cards
    after: str
    is_first: bool

    @property
    def photos(self) -> tuple[str, ...]:
        """The names of its pictures."""
        return tuple(card.photo for card in self.cards if card.photo)


_COLUMNS: dict[Kind, ColumnElement[Any] | None] = {
    Kind.SITE: None,
    Kind.CATEGORY: Product.category_id.expression,
    Kind.TOP_CATEGORY: Product.top_category_id.expression,
    Kind.KAMPUNG: Product.kampung_id.expression,
    Kind.SHOP: Product.shop_id.expression,
}
# The columns that order a list, the last one unique, and whether the largest comes first.
_ORDERS: dict[Sort, tuple[tuple[str, ...], bool]] = {
    Sort.NEWEST: (("id",), True),
    Sort.BEST_SELLING: (("sold", "id"), True),
    Sort.CHEAPEST: (("price_min", "id"), False),
    Sort.DEAREST: (("price_min", "id"), True),
}
_NUMBERS = re.compile(r"\d{1,19}(?:\.\d{1,19})*", re.ASCII)


def numbers_in(cursor: str, count: int) -> tuple[int, ...] | None:
    """The numbers of a cursor, if they are so many, no larger than a key, and the last one is one."""
    numbers = tuple(map(int, cursor.split("."))) if _NUMBERS.fullmatch(cursor) else ()
    return numbers if len(numbers) == count and max(numbers) <= TOP and numbers[-1] else None


def slice_of(scope: Scope, sort: Sort, cursor: str) -> Slice:
    """The page of a whole scope that follows the cursor; a cursor that is none means the first page."""
    names, descends = _ORDERS[sort]
    start = numbers_in(cursor, len(names))
    bounds = start or ((TOP if descends else 0),) * len(names)
    values = {f"bound_{name}": bound for name, bound in zip(names, bounds, strict=True)}
    rows = _QUERIES[scope.kind, sort].all(**values, **bound_to(scope))
    after = ".".join(str(getattr(rows[PAGE - 1], name)) for name in names) if len(rows) > PAGE else ""
    return Slice(tuple(rows[:PAGE]), after, start is None)


def in_scope(kind: Kind) -> list[ColumnElement[bool]]:
    """What keeps a statement to a scope of this kind, whose id is bound as `scope_id`."""
    column = _COLUMNS[kind]
    return [] if column is None else [column == bindparam("scope_id", type_=BigInteger)]


def bound_to(scope: Scope) -> dict[str, int]:
    """The value that `in_scope` asks for."""
    return {} if scope.kind is Kind.SITE else {"scope_id": scope.id}


def _query(kind: Kind, sort: Sort) -> Query[Card]:
    names, descends = _ORDERS[sort]
    columns = [getattr(Product, name) for name in names]
    here, there = tuple_(*columns), tuple_(*(bindparam(f"bound_{name}", type_=BigInteger) for name in names))
    ordered = listed(*in_scope(kind), here < there if descends else here > there)
    return cards_query(ordered.order_by(*(c.desc() if descends else c for c in columns)).limit(PAGE + 1))


_QUERIES = {(kind, sort): _query(kind, sort) for kind in Kind for sort in _ORDERS}
