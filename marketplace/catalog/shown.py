"""Which stamps move when a good changes: that of its own page, and those of every list with its card."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import bindparam, select

from marketplace import stamps
from marketplace.catalog.models import Product
from marketplace.db import db

_LISTED = select(Product.id, Product.shop_id, Product.top_category_id, Product.kampung_id).where(
    Product.is_listed, Product.id.in_(bindparam("ids", expanding=True))
)


def touch_pages(product_ids: Iterable[int]) -> None:
    """What the goods' own pages alone print has changed: a count, a review's reply. Call inside writing()."""
    stamps.touch(stamps.product(id) for id in product_ids)


def touch_cards(product_ids: Iterable[int]) -> None:
    """The goods' pages, and their cards or places in lists, have changed. Call inside writing().

    For what `indexing.reindex` does not look at; that touches by itself what it is called for.
    """
    for row in db.session.execute(_LISTED, {"ids": list(product_ids)}):
        stamps.touch({stamps.product(row.id), *lists_with(row.shop_id, row.top_category_id, row.kampung_id)})


def scopes_of(row: Any, columns: dict[str, Any]) -> Iterator[str]:
    """What must be printed anew when the product of `row` gets these columns: lists that it leaves or joins."""
    if row.is_listed:
        yield stamps.product(row.id)
        yield from lists_with(row.shop_id, row.top_category_id, row.kampung_id)
    if columns["is_listed"]:
        yield from lists_with(row.shop_id, columns["top_category_id"], columns["kampung_id"])


def lists_with(shop_id: int, top_category_id: int | None, kampung_id: int | None) -> Iterator[str]:
    """The lists that hold the goods of this shop in this category."""
    yield from (stamps.shop(shop_id), stamps.SITE)
    if top_category_id is not None:
        yield stamps.category(top_category_id)
    if kampung_id is not None:
        yield stamps.kampung(kampung_id)
