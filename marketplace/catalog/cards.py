"""Product cards: the rows that every list of goods shows."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Integer, ScalarSelect, Select, bindparam, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Product
from marketplace.expressions import json_rows
from marketplace.places.models import Kelurahan
from marketplace.reading import Query
from marketplace.sellers.models import Shop


class Card(NamedTuple):
    """A product as lists show it, and what orders them; prices are rupiah, `photo` is the cover's name or empty."""

    id: int
    slug: str
    title: str
    title_en: str
    price_min: int
    price_max: int
    in_stock: bool
    made_to_order: bool
    lead_days: int
    photo: str
    shop_name: str
    kelurahan: str
    sold: int = 0
    rank: int = 0


Statement = Select[*tuple[Any, ...]]
Cards = tuple[Card, ...]

PAGE = 24
TOP = 2**63 - 1  # above every id and rank: where a list begins


def _columns(product: Any) -> tuple[ColumnElement[Any], ...]:
    """Those of a card, in its order, in a statement that also knows the Shop and Kelurahan."""
    return (
        *(product.id, product.slug, product.title, product.title_en, product.price_min, product.price_max),
        *(product.in_stock, product.made_to_order, product.lead_days, product.cover.label("photo")),
        *(Shop.name.label("shop_name"), Kelurahan.name.label("kelurahan"), product.sold, product.rank),
    )


_CARDS: Statement = (
    select(*_columns(Product))
    .join(Shop, Shop.id == Product.shop_id)
    .join(Kelurahan, Kelurahan.id == Product.kelurahan_id)
    .where(Product.is_listed)
)


def cards_query(statement: Statement) -> Query[Card]:
    """The cards of a statement that `listed` began."""
    return Query(statement, Card._make)


_LIMIT = bindparam("limit", type_=Integer)
_NEWEST = cards_query(_CARDS.order_by(Product.id.desc()).limit(_LIMIT))
_BEST_SELLING = cards_query(
    _CARDS.where(Product.sold > 0).order_by(Product.sold.desc(), Product.id.desc()).limit(_LIMIT)
)
# A place for each id of a page: a statement of its own for every number of ids would be built anew each time.
_NO_IDS = {f"id_{n}": 0 for n in range(PAGE)}
_OF_IDS = cards_query(_CARDS.where(Product.id.in_([bindparam(name, type_=BigInteger) for name in _NO_IDS])))


def listed(*filters: ColumnElement[bool]) -> Statement:
    """The cards that pass these filters, in no order; with a bindparam for each value the statement is built once."""
    return _CARDS.where(*filters)


def cards_of(product_ids: Sequence[int]) -> Cards:
    """The cards of at most PAGE products, in the order of the ids; what nobody may see is left out."""
    if not product_ids:
        return ()
    values = {f"id_{n}": id for n, id in enumerate(product_ids)}
    by_id = {card.id: card for card in _OF_IDS.all(**{**_NO_IDS, **values})}
    return tuple(by_id[id] for id in product_ids if id in by_id)


def newest(limit: int) -> Cards:
    """The goods that came last, the newest first."""
    return tuple(_NEWEST.all(limit=limit))


def best_selling(limit: int) -> Cards:
    """The goods sold most often; those never sold are not among them."""
    return tuple(_BEST_SELLING.all(limit=limit))


def more_of_shop(most: int) -> ScalarSelect[Cards]:
    """Other goods of the shop, the newest first: a column of a statement about a Product, its Shop and Kelurahan."""
    other = aliased(Product)
    goods = (
        select(*_columns(other))
        .where(other.is_listed, other.shop_id == Product.shop_id, other.id != Product.id)
        .order_by(other.id.desc())
        .limit(most)
    )
    return json_rows(goods.correlate(Product, Shop, Kelurahan), Card._make)
