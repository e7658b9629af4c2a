"""The stock of variants: every movement goes through the counters, inside writing(), and the cards hear of it."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import ColumnElement, exists, select, update

from marketplace import counters
from marketplace.catalog.indexing import reindex
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.shown import touch_pages
from marketplace.counters import Limited
from marketplace.db import db

# {variant id: how many}
Quantities = Mapping[int, int]


class Short(Exception):
    """A counter refused; `variant_id` is the one that has too few."""

    def __init__(self, variant_id: int) -> None:
        super().__init__(variant_id)
        self.variant_id = variant_id


def take(quantities: Quantities) -> None:
    """Hold stock for an order; raises Short, after which the transaction must be rolled back."""
    _move(counters.take, quantities)


def give_back(quantities: Quantities) -> None:
    """End holds: others can buy it."""
    _move(counters.give_back, quantities)


def use_up(quantities: Quantities) -> None:
    """Held stock was handed over."""
    _move(counters.use_up, quantities)


def restock(quantities: Quantities) -> None:
    """What had been handed over was brought back."""
    _move(counters.restock, quantities)


def count(variant_id: int, n: int) -> None:
    """The shop counted n on its shelf; raises Short when more than n are promised to buyers."""
    _move(counters.set_on_hand, {variant_id: n})


def count_all(quantities: Quantities) -> None:
    """The same for a whole sheet at once, of variants that the caller has locked and found to hold no more promises.

    The CHECK of the table stands behind that: too small a count raises IntegrityError.
    """
    if not quantities:
        return
    rows = [{"id": id, "on_hand": n} for id, n in quantities.items()]
    db.session.execute(update(Variant), rows)
    products = select(Variant.product_id).where(Variant.id.in_(quantities)).distinct()
    refresh_in_stock(db.session.scalars(products))


def sellable() -> ColumnElement[bool]:
    """SQL condition of a product: an offered variant has enough left for the smallest order."""
    left = Variant.on_hand - Variant.held
    return exists().where(Variant.product_id == Product.id, Variant.is_offered, left >= Product.min_order)


def refresh_in_stock(product_ids: Iterable[int]) -> None:
    """Let the cards and lists of these products say what is true."""
    ids = list(product_ids)
    touch_pages(ids)
    reindex(update_in_stock(ids))


def update_in_stock(product_ids: Iterable[int]) -> list[int]:
    """The ids of those that were or came back in stock; each card's row is locked before its stock is looked at."""
    ids = sorted(product_ids)
    db.session.execute(select(Product.id).where(Product.id.in_(ids)).order_by(Product.id).with_for_update())
    change = update(Product).where(Product.id.in_(ids), Product.in_stock != sellable()).values(in_stock=sellable())
    changed = db.session.scalars(change.returning(Product.id).execution_options(synchronize_session=False))
    return list(changed)


def _move(counter: Callable[[type[Limited], int, int], bool], quantities: Quantities) -> None:
    """Move variants in id order, then tell their products in id order: no two transactions wait for each other."""
    for variant_id in sorted(quantities):
        if not counter(Variant, variant_id, quantities[variant_id]):
            raise Short(variant_id)
    products = db.session.scalars(select(Variant.product_id).where(Variant.id.in_(quantities)).distinct())
    refresh_in_stock(products)
