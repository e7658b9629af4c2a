"""Keeps what lists and search know of a product true, in the transaction that changes the product, shelf or shop."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select, bindparam, exists, func, select, text, update
from sqlalchemy.orm import aliased

from marketplace import clock, stamps
from marketplace.catalog import facet_counts, index, vocabulary
from marketplace.catalog.documents import Document, document_of
from marketplace.catalog.models import Category, Product, Variant
from marketplace.catalog.shown import scopes_of
from marketplace.catalog.standing import AnyRow, Choice, Reach, columns_of, delivers, facts_of, texts_of
from marketplace.catalog.tags import tags_of
from marketplace.db import db, writing
from marketplace.jobs import enqueue_once
from marketplace.places.models import Kampung, Kelurahan
from marketplace.sellers.models import CourierRate, Shop

CHUNK = 500
MANY = 5_000  # at a time when everything is made anew
ALERTS_AFTER = timedelta(minutes=5)  # who puts up one product often puts up more
Item = TypeVar("Item")
Statement = Select[*tuple[Any, ...]]

_OF_PRODUCT = (
    *("title", "title_en", "description_en"),
    *("id", "shop_id", "category_id", "state", "description", "made_to_order", "price_min", "in_stock", "cover"),
    *("rating_sum", "rating_count", "halal_number", "pirt_number", "created_at"),
    *("is_listed", "quality", "rank", "top_category_id", "tags"),
)
_OF_SHOP = (
    *("name", "state", "kampung_id", "kelurahan_id", "offers_pickup", "orders_done", "orders_lost"),
    *("fee_kelurahan", "fee_kecamatan", "fee_city", "fee_outside"),
)


_ABOVE = aliased(Category)
_KEPT = ("is_listed", "quality", "rank", "top_category_id", "kampung_id", "kelurahan_id", "tags")
_CHANGE = update(Product).where(Product.id == bindparam("of")).values({name: bindparam(name) for name in _KEPT})


class Standing(NamedTuple):
    """A product as it was, its columns as they are now, and the choices that its variants give."""

    row: AnyRow
    columns: dict[str, Any]
    choices: list[Choice]


def in_chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of at most `size`: a statement has a largest number of parameters."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def reindex(product_ids: Iterable[int]) -> None:
    """Make columns, tags, counts and index of these products true. Call inside writing(), after everything else."""
    counts: facet_counts.Moves = Counter()
    words: Counter[str] = Counter()
    for chunk in in_chunks(sorted(product_ids)):
        goods = _reindexed(chunk)
        counts.update(_moves(goods))
        words.update(index.replace(chunk, _documents(goods)))
        stamps.touch(scope for good in goods for scope in scopes_of(good.row, good.columns))
        if any(good.columns["is_listed"] and not good.row.is_listed for good in goods):
            enqueue_once("catalog.tell_alerts", due_at=clock.now() + ALERTS_AFTER)
    vocabulary.move(words)
    facet_counts.move(counts)


def reindex_shop(_sender: object = None, *, shop_id: int) -> None:
    """The same for all goods of a shop that has changed. Call inside writing()."""
    reindex(db.session.scalars(select(Product.id).where(Product.shop_id == shop_id)).all())


def rerank_shop(shop_id: int) -> None:
    """Job after the share of a shop's orders that arrive has moved by a step."""
    with writing():
        reindex_shop(shop_id=shop_id)


def reindex_if_outdated() -> None:
    """Make everything anew where an upgrade has left goods without tags or out of the index."""
    listed = select(func.count()).select_from(Product).where(Product.is_listed).scalar_subquery()
    indexed = select(func.count()).select_from(text("search_document")).scalar_subquery()
    untagged = exists().where(Product.tags == "")
    if db.session.scalar(select(untagged | (listed != indexed))):
        with writing():
            reindex_all()
    db.session.remove()


def reindex_all(step: Callable[[int], None] = lambda _n: None) -> None:
    """Make everything anew, `step` hears how many products are done, twice each. Call inside writing().

    The columns first; then the index, in the order of rank, which both engines take up fastest.
    """
    index.engine().clear()
    counts: facet_counts.Moves = Counter()
    words: Counter[str] = Counter()
    for chunk in in_chunks(db.session.scalars(select(Product.id).order_by(Product.id)).all(), MANY):
        for _row, columns, _choices_of_it in _reindexed(chunk):
            counts.update(_counted(columns))
        step(len(chunk))
    listed = select(Product.id).where(Product.is_listed).order_by(Product.rank.desc())
    for chunk in in_chunks(db.session.scalars(listed).all(), MANY):
        words.update(index.add(_documents(_standing(chunk))))
        step(len(chunk))
    stamps.touch({stamps.EVERYWHERE})
    vocabulary.replace_all(words)
    facet_counts.replace_all(counts)
    index.engine().finish()


def _reindexed(product_ids: list[int]) -> list[Standing]:
    """Update what differs; returns how every product stands."""
    db.session.flush()
    goods = _standing(product_ids)
    changed = [{"of": good.row.id, **good.columns} for good in goods if _differs(good.row, good.columns)]
    if changed:
        db.session.connection().execute(_CHANGE, changed)
    return goods


def _standing(product_ids: list[int]) -> list[Standing]:
    rows = db.session.execute(_locked(product_ids)).all()
    reaches, choices = _reaches(rows), _choices(product_ids)
    tags = (tags_of(facts_of(row, reaches[row.shop_id], choices[row.id])) for row in rows)
    return [Standing(row, columns_of(row, own), choices[row.id]) for row, own in zip(rows, tags, strict=True)]


def _differs(row: AnyRow, columns: dict[str, Any]) -> bool:
    return any(getattr(row, name) != value for name, value in columns.items())


def _documents(goods: Iterable[Standing]) -> dict[int, Document]:
    """What the index should hold of those that are listed."""
    return {
        row.id: document_of(columns["rank"], texts_of(row, choices), columns["tags"].split())
        for row, columns, choices in goods
        if columns["is_listed"]
    }


def _moves(goods: Iterable[Standing]) -> facet_counts.Moves:
    """How the counts of facets move."""
    moves: facet_counts.Moves = Counter()
    for row, columns, _choices_of_it in goods:
        moves.update(_counted(columns))
        moves.subtract(_counted(row._asdict()))
    return moves


def _counted(columns: Mapping[str, Any]) -> facet_counts.Moves:
    """What a product with these columns adds to the counts of facets."""
    own = columns["tags"].split()
    return facet_counts.counted(own, columns["quality"]) if columns["is_listed"] else Counter()


def _locked(product_ids: list[int]) -> Statement:
    """The products, locked in id order, with what is repeated of their shelves and shops."""
    return (
        select(
            *(Product.__table__.c[name] for name in _OF_PRODUCT),
            Product.kampung_id,
            Product.kelurahan_id,
            Category.parent_id,
            *(Category.__table__.c[name].label(f"category_{name}") for name in ("name", "name_en")),
            func.coalesce(_ABOVE.name, "").label("above"),
            func.coalesce(_ABOVE.name_en, "").label("above_en"),
            func.coalesce(Kampung.name, "").label("kampung"),
            Kelurahan.name.label("kelurahan"),
            *(Shop.__table__.c[name].label(f"shop_{name}") for name in _OF_SHOP),
        )
        .join(Category, Category.id == Product.category_id)
        .outerjoin(_ABOVE, _ABOVE.id == Category.parent_id)
        .join(Shop, Shop.id == Product.shop_id)
        .join(Kelurahan, Kelurahan.id == Shop.kelurahan_id)
        .outerjoin(Kampung, Kampung.id == Shop.kampung_id)
        .where(Product.id.in_(product_ids))
        .order_by(Product.id)
        .with_for_update(of=Product, key_share=True)
    )


def _choices(product_ids: list[int]) -> dict[int, list[Choice]]:
    """Size, colour and SKU of each offered variant."""
    choices = defaultdict(list)
    offered = select(Variant.product_id, Variant.size, Variant.colour, Variant.sku)
    for product_id, *choice in db.session.execute(
        offered.where(Variant.product_id.in_(product_ids), Variant.is_offered)
    ):
        choices[product_id].append((choice[0], choice[1], choice[2]))
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
        near = frozenset(place for place, above in kecamatan.items() if delivers(row, place, above, kecamatan))
        whole = id in by_courier or len(near) == len(kecamatan)
        reaches[id] = Reach(near, whole, id in abroad or row.shop_fee_outside is not None)
    return reaches
