"""Keeps what lists and search know of a product true, in the transaction that changes the product, shelf or shop."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Row, Select, exists, select, update

from marketplace import clock, stamps
from marketplace.catalog import facet_counts
from marketplace.catalog.models import Category, Product, ProductState, Variant
from marketplace.catalog.ranking import quality_of, rank_of
from marketplace.catalog.shown import scopes_of
from marketplace.catalog.tags import Facts, tags_of
from marketplace.db import db, writing
from marketplace.jobs import enqueue_once
from marketplace.places.models import Kelurahan
from marketplace.sellers.models import CourierRate, Shop, ShopState

CHUNK = 500
ALERTS_AFTER = timedelta(minutes=5)  # who puts up one product often puts up more
Item = TypeVar("Item")
AnyRow = Row[*tuple[Any, ...]]
Statement = Select[*tuple[Any, ...]]

_OF_PRODUCT = (
    *("id", "shop_id", "category_id", "state", "description", "made_to_order", "price_min", "in_stock", "cover"),
    *("rating_sum", "rating_count", "halal_number", "pirt_number"),
    *("is_listed", "quality", "rank", "top_category_id", "tags"),
)
_OF_SHOP = (
    *("state", "kampung_id", "kelurahan_id", "offers_pickup", "orders_done", "orders_lost"),
    *("fee_kelurahan", "fee_kecamatan", "fee_city", "fee_outside"),
)


@dataclass(frozen=True)
class Reach:
    """Where a shop's goods are brought: ids of kelurahan, the whole city, outside of it."""

    kelurahan_ids: frozenset[int]
    whole_city: bool
    outside: bool


def in_chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of at most `size`: a statement has a largest number of parameters."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def reindex(product_ids: Iterable[int]) -> None:
    """Make the columns, tags and counts of these products true. Call inside writing(), after everything else."""
    moves: facet_counts.Moves = Counter()
    for chunk in in_chunks(sorted(product_ids)):
        rows = _reindexed(chunk)
        moves.update(_moves(rows))
        stamps.touch(scope for row, columns in rows for scope in scopes_of(row, columns))
        if any(columns["is_listed"] and not row.is_listed for row, columns in rows):
            enqueue_once("catalog.tell_alerts", due_at=clock.now() + ALERTS_AFTER)
    facet_counts.move(moves)


def reindex_shop(_sender: object = None, *, shop_id: int) -> None:
    """The same for all goods of a shop that has changed. Call inside writing()."""
    reindex(db.session.scalars(select(Product.id).where(Product.shop_id == shop_id)).all())


def rerank_shop(shop_id: int) -> None:
    """Job after the share of a shop's orders that arrive has moved by a step."""
    with writing():
        reindex_shop(shop_id=shop_id)


def reindex_if_outdated() -> None:
    """Make everything anew where an upgrade has left goods without tags, which every product has."""
    if db.session.scalar(select(exists().where(Product.tags == ""))):
        with writing():
            reindex_all()
    db.session.remove()


def reindex_all() -> None:
    """Make everything anew. Call inside writing()."""
    ids = db.session.scalars(select(Product.id).order_by(Product.id)).all()
    for chunk in in_chunks(ids):
        _reindexed(chunk)
    stamps.touch({stamps.EVERYWHERE})
    moves: facet_counts.Moves = Counter()
    for tags in db.session.scalars(select(Product.tags).where(Product.is_listed)):
        moves.update(facet_counts.difference((), tags.split()))
    facet_counts.replace_all(moves)


def _reindexed(product_ids: list[int]) -> list[tuple[AnyRow, dict[str, Any]]]:
    """Update what differs; returns every product as it was with its columns as they are."""
    db.session.flush()
    rows = db.session.execute(_locked(product_ids)).all()
    reaches, choices = _reaches(rows), _choices(product_ids)
    now = [(row, _columns(row, tags_of(_facts(row, reaches[row.shop_id], choices[row.id])))) for row in rows]
    changed = [{"id": row.id, **columns} for row, columns in now if _differs(row, columns)]
    if changed:
        db.session.execute(update(Product), changed)
    return now


def _differs(row: AnyRow, columns: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in columns.items())


def _moves(rows: Iterable[tuple[AnyRow, dict[str, Any]]]) -> facet_counts.Moves:
    """How the counts of facets move."""
    moves: facet_counts.Moves = Counter()
    for row, columns in rows:
        before = row.tags.split() if row.is_listed else ()
        after = columns["tags"].split() if columns["is_listed"] else ()
        moves.update(facet_counts.difference(before, after))
    return moves


def _locked(product_ids: list[int]) -> Statement:
    """The products, locked in id order, with what is repeated of their shelves and shops."""
    return (
        select(
            *(Product.__table__.c[name] for name in _OF_PRODUCT),
            Product.kampung_id,
            Product.kelurahan_id,
            Category.parent_id,
            *(Shop.__table__.c[name].label(f"shop_{name}") for name in _OF_SHOP),
        )
        .join(Category, Category.id == Product.category_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(Product.id.in_(product_ids))
        .order_by(Product.id)
        .with_for_update(of=Product, key_share=True)
    )


def _columns(row: AnyRow, tags: list[str]) -> dict[str, Any]:
    """The product's columns as they should be."""
    quality = quality_of(
        in_stock=row.in_stock,
        has_photo=bool(row.cover),
        description=row.description,
        rating_sum=row.rating_sum,
        rating_count=row.rating_count,
        done=row.shop_orders_done,
        lost=row.shop_orders_lost,
    )
    return {
        "is_listed": row.state == ProductState.PUBLISHED and row.shop_state == ShopState.VERIFIED,
        "quality": quality,
        "rank": rank_of(quality, row.id),
        "top_category_id": row.parent_id or row.category_id,
        "kampung_id": row.shop_kampung_id,
        "kelurahan_id": row.shop_kelurahan_id,
        "tags": " ".join(tags),
    }


def _facts(row: AnyRow, reach: Reach, choices: list[tuple[str, str]]) -> Facts:
    return Facts(
        category_id=row.category_id,
        top_category_id=row.parent_id or row.category_id,
        shop_id=row.shop_id,
        kampung_id=row.shop_kampung_id,
        kelurahan_id=row.shop_kelurahan_id,
        price=row.price_min,
        in_stock=row.in_stock,
        made_to_order=row.made_to_order,
        is_halal=bool(row.halal_number),
        has_pirt=bool(row.pirt_number),
        offers_pickup=row.shop_offers_pickup,
        reaches=reach.kelurahan_ids,
        reaches_all=reach.whole_city,
        reaches_outside=reach.outside,
        stars=row.rating_sum / row.rating_count if row.rating_count else 0.0,
        sizes=[size for size, _colour in choices],
        colours=[colour for _size, colour in choices],
    )


def _choices(product_ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Size and colour of each offered variant."""
    choices = defaultdict(list)
    offered = select(Variant.product_id, Variant.size, Variant.colour)
    for product_id, *choice in db.session.execute(
        offered.where(Variant.product_id.in_(product_ids), Variant.is_offered)
    ):
        choices[product_id].append((choice[0], choice[1]))
    return choices


def _reaches(rows: Iterable[AnyRow]) -> dict[int, Reach]:
    """Where the shops of these rows deliver; a courier with a fee for East Java goes to the whole city, too."""
    shops = {row.shop_id: row for row in rows}
    kecamatan = dict(db.session.execute(select(Kelurahan.id, Kelurahan.kecamatan_id)).all())
    rates = db.session.execute(
        select(CourierRate.shop_id, CourierRate.jawa_timur, CourierRate.jawa, CourierRate.luar_jawa).where(
            CourierRate.shop_id.in_(shops)
        )
    ).all()
    by_courier = {rate.shop_id for rate in rates if rate.jawa_timur is not None}
    abroad = {rate.shop_id for rate in rates if any(fee is not None for fee in rate[1:])}
    reaches = {}
    for id, row in shops.items():
        near = frozenset(place for place, above in kecamatan.items() if _delivers(row, place, above, kecamatan))
        whole = id in by_courier or len(near) == len(kecamatan)
        reaches[id] = Reach(near, whole, id in abroad or row.shop_fee_outside is not None)
    return reaches


def _delivers(row: AnyRow, kelurahan_id: int, kecamatan_id: int, kecamatan: dict[int, int]) -> bool:
    """Whether the shop's own delivery has a fee for this kelurahan."""
    if kelurahan_id == row.shop_kelurahan_id:
        return row.shop_fee_kelurahan is not None
    if kecamatan_id == kecamatan[row.shop_kelurahan_id]:
        return row.shop_fee_kecamatan is not None
    return row.shop_fee_city is not None
