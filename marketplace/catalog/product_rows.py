"""The rows of products and variants, one or thousands at a time, inside a transaction that somebody else opened."""

import secrets
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.indexing import in_chunks, reindex
from marketplace.catalog.models import Category, Product, ProductState, Variant
from marketplace.catalog.product_cards import words_of
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.shelf import recount
from marketplace.clock import now
from marketplace.db import db
from marketplace.sellers.models import Shop, ShopState
from marketplace.slugs import slug_of

TRIES = 3


def add_product(shop_id: int, data: ProductData, *, publish: bool) -> int:
    """Add one product and return its id; see `add_products`."""
    return add_products(shop_id, [data], publish=publish)[0]


def add_products(shop_id: int, goods: Iterable[ProductData], *, publish: bool) -> list[int]:
    """Add products with their variants and cards, and return their ids in order. Call inside writing().

    `publish` shows them to everyone if the shop is verified; otherwise they are drafts.
    """
    shop = db.session.execute(select(Shop.name, Shop.state).where(Shop.id == shop_id)).one()
    categories = {c.id: (c.name, c.name_en) for c in db.session.scalars(select(Category))}
    state = ProductState.PUBLISHED if publish and shop.state == ShopState.VERIFIED else ProductState.DRAFT
    common = {"shop_id": shop_id, "state": state, "created_at": now()}
    ids = []
    for chunk in in_chunks(goods):
        cards = (_card(data, shop.name, categories[data.category_id]) for data in chunk)
        variants: list[dict[str, Any]] = []
        new_ids = _insert([data.columns() | common | card for data, card in zip(chunk, cards, strict=True)])
        for id, data in zip(new_ids, chunk, strict=True):
            variants += [_variant(id, position, row) for position, row in enumerate(data.variants)]
        db.session.execute(insert(Variant), variants)
        reindex(new_ids)
        ids += new_ids
    return ids


def replace_variants(product_id: int, rows: Sequence[VariantData]) -> None:
    """Make the product's variants those of the rows; those left out are no longer offered. Call inside writing().

    A row is the variant that has its size and colour already, or else the one it was shown as (a corrected name);
    so carts and orders keep what they mean. Raises StockMoved, StockPromised.
    """
    existing = _locked(product_id)
    matches = _matches(existing, rows)
    for old in existing:
        old.is_offered = old in matches
    for position, (variant, row) in enumerate(zip(matches, rows, strict=True)):
        values = _variant(product_id, position, row)
        if variant is None:
            db.session.add(Variant(**values))
            continue
        values.pop("on_hand")
        for name, value in values.items():
            setattr(variant, name, value)
        if row.stock is not None:
            recount(variant.id, row.stock, row.seen)
    db.session.flush()


def _locked(product_id: int) -> list[Variant]:
    """The product's variants, locked before its own row as every order does; read again after the wait for the lock."""
    variants = select(Variant).where(Variant.product_id == product_id).order_by(Variant.id)
    db.session.execute(variants.with_only_columns(Variant.id).with_for_update())
    return list(db.session.scalars(variants))


def _matches(existing: list[Variant], rows: Sequence[VariantData]) -> list[Variant | None]:
    by_label = {(variant.size, variant.colour): variant for variant in existing}
    same = [by_label.get(row.label) for row in rows]
    free = {variant.id: variant for variant in existing if variant not in same}
    return [variant or free.pop(row.id or 0, None) for variant, row in zip(same, rows, strict=True)]


def _variant(product_id: int, position: int, row: VariantData) -> dict[str, Any]:
    return {
        "product_id": product_id,
        "position": position,
        "price": row.price,
        "weight_grams": row.weight_grams,
        "on_hand": row.stock or 0,
        "size": row.size,
        "colour": row.colour,
        "sku": row.sku,
    }


def _card(data: ProductData, shop_name: str, category: tuple[str, str]) -> dict[str, Any]:
    """What `refresh_card` would find for a product that nobody has ordered yet."""
    prices = [variant.price for variant in data.variants]
    return {
        "price_min": min(prices),
        "price_max": max(prices),
        "in_stock": any((variant.stock or 0) >= data.min_order for variant in data.variants),
        "words": words_of(data.title, data.title_en, (v.sku for v in data.variants), shop_name, *category),
    }


def _insert(rows: list[dict[str, Any]]) -> list[int]:
    """Insert products and return their ids in order; another shop may take a slug at the same moment, so try again."""
    for left in reversed(range(TRIES)):
        _give_slugs(rows)
        try:
            with db.session.begin_nested():
                found = db.session.execute(insert(Product).returning(Product.slug, Product.id), rows)
                ids = {row.slug: row.id for row in found}
        except IntegrityError:
            if not left:
                raise
        else:
            return [ids[row["slug"]] for row in rows]
    raise AssertionError("unreachable")


def _give_slugs(rows: list[dict[str, Any]]) -> None:
    """The title's slug, or that with a random end where it is taken."""
    wanted = [slug_of(row["title"], "produk") for row in rows]
    taken = set(db.session.scalars(select(Product.slug).where(Product.slug.in_(set(wanted)))))
    for row, slug in zip(rows, wanted, strict=True):
        row["slug"] = f"{slug}-{secrets.token_hex(3)}" if slug in taken else slug
        taken.add(slug)
