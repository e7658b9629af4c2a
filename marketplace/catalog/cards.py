"""Product cards: the rows that every list of goods shows."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, bindparam, select
from sqlalchemy.engine import Row

from marketplace.catalog.models import Product
from marketplace.db import db
from marketplace.places.models import Kelurahan
from marketplace.sellers.models import Shop

Statement = Select[*tuple[Any, ...]]
Cards = Sequence[Row[*tuple[Any, ...]]]

PAGE = 24
TOP = 2**63 - 1  # above every id and rank: where a list begins

# Statements are built once, at import: building one anew costs more than running it.
_CARDS: Statement = (
    select(
        Product.id,
        Product.slug,
        Product.title,
        Product.title_en,
        Product.price_min,
        Product.price_max,
        Product.in_stock,
        Product.made_to_order,
        Product.lead_days,
        Product.cover.label("photo"),
        (Product.cover != "").label("photo_ready"),
        Shop.name.label("shop_name"),
        Kelurahan.name.label("kelurahan"),
    )
    .join(Shop, Shop.id == Product.shop_id)
    .join(Kelurahan, Kelurahan.id == Product.kelurahan_id)
    .where(Product.is_listed)
)
_LIMIT = bindparam("limit", type_=Integer)
_NEWEST = _CARDS.order_by(Product.id.desc()).limit(_LIMIT)
_BEST_SELLING = _CARDS.where(Product.sold > 0).order_by(Product.sold.desc(), Product.id.desc()).limit(_LIMIT)
_MORE_OF_SHOP = (
    _CARDS.where(Product.shop_id == bindparam("shop_id"), Product.id != bindparam("but"))
    .order_by(Product.id.desc())
    .limit(_LIMIT)
)
# A place for each id of a page: a statement of its own for every number of ids would be built anew each time.
_NO_IDS = {f"id_{n}": 0 for n in range(PAGE)}
_OF_IDS = _CARDS.where(Product.id.in_([bindparam(name, type_=BigInteger) for name in _NO_IDS]))


def listed(*filters: ColumnElement[bool]) -> Statement:
    """The cards that pass these filters, in no order; build a statement once, with a bindparam for each value."""
    return _CARDS.where(*filters)


def cards_of(product_ids: Sequence[int]) -> Cards:
    """The cards of at most PAGE products, in the order of the ids; what nobody may see is left out."""
    if not product_ids:
        return []
    values = {f"id_{n}": id for n, id in enumerate(product_ids)}
    by_id = {card.id: card for card in db.session.execute(_OF_IDS, {**_NO_IDS, **values})}
    return [by_id[id] for id in product_ids if id in by_id]


def newest(limit: int) -> Cards:
    """The goods that came last, the newest first."""
    return db.session.execute(_NEWEST, {"limit": limit}).all()


def best_selling(limit: int) -> Cards:
    """The goods sold most often; those never sold are not among them."""
    return db.session.execute(_BEST_SELLING, {"limit": limit}).all()


def more_of_shop(shop_id: int, but: int, limit: int) -> Cards:
    """Other goods of the shop than product `but`."""
    return db.session.execute(_MORE_OF_SHOP, {"shop_id": shop_id, "but": but, "limit": limit}).all()
