"""Product cards: the rows that every list of goods shows, newest first, a page at a time."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
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
TOP = 2**63 - 1  # above every id: where a list begins

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


@dataclass(frozen=True)
class CardPage:
    """One page of a list; `after` is the cursor of the next page, None on the last one."""

    cards: Cards
    after: int | None
    is_first: bool


def listed(*filters: ColumnElement[bool]) -> Statement:
    """The statement of a list for `page_of`, newest first; build it once, with a bindparam for each value."""
    below = Product.id < bindparam("below", type_=BigInteger)
    return _CARDS.where(below, *filters).order_by(Product.id.desc()).limit(PAGE + 1)


def page_of(statement: Statement, cursor: str, **values: object) -> CardPage:
    """The page of a `listed` statement that follows the cursor; a cursor that is none means the first page."""
    below = int(cursor) if re.fullmatch(r"[1-9][0-9]{0,17}", cursor, re.ASCII) else TOP
    rows = db.session.execute(statement, {"below": below, **values}).all()
    after = rows[PAGE - 1].id if len(rows) > PAGE else None
    return CardPage(rows[:PAGE], after, below == TOP)


def newest(limit: int) -> Cards:
    """The goods that came last, the newest first."""
    return db.session.execute(_NEWEST, {"limit": limit}).all()


def best_selling(limit: int) -> Cards:
    """The goods sold most often; those never sold are not among them."""
    return db.session.execute(_BEST_SELLING, {"limit": limit}).all()


def more_of_shop(shop_id: int, but: int, limit: int) -> Cards:
    """Other goods of the shop than product `but`."""
    return db.session.execute(_MORE_OF_SHOP, {"shop_id": shop_id, "but": but, "limit": limit}).all()
