"""What a shop does with its goods: add, change, publish, archive."""

from typing import NoReturn

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from marketplace import once
from marketplace.catalog.indexing import reindex
from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.catalog.product_cards import refresh_card
from marketplace.catalog.product_data import ProductData
from marketplace.catalog.product_rows import add_product, replace_variants
from marketplace.db import db, writing
from marketplace.refusal import GoneAway, Refusal
from marketplace.sellers.models import Shop, ShopState


class ShopNotVerified(Refusal):
    """Only goods of a shop that the office has verified are shown to everyone."""


def product_of(shop_id: int, slug: str) -> Product:
    """The shop's own product with its category; raises GoneAway for everyone else's, which gives a stranger a 404."""
    mine = select(Product).where(Product.shop_id == shop_id, Product.slug == slug)
    return db.session.scalar(mine.options(joinedload(Product.category))) or _gone()


def variants_of(product_id: int) -> list[Variant]:
    """What buyers can choose from, in the shop's order."""
    offered = select(Variant).where(Variant.product_id == product_id, Variant.is_offered)
    return list(db.session.scalars(offered.order_by(Variant.position, Variant.id)))


def create_product(shop_id: int, data: ProductData, *, key: str) -> str:
    """Add a draft and return its slug; raises once.AlreadyDone, whose text is the slug, for a form sent twice."""
    with writing() as session:
        answer = once.claim(key)
        id = add_product(shop_id, data, publish=False)
        answer.text = session.scalars(select(Product.slug).where(Product.id == id)).one()
        return answer.text


def update_product(shop_id: int, slug: str, data: ProductData) -> None:
    """Save what the form says; the slug stays, variants keep their ids, those left out are no longer offered.

    Raises GoneAway for another shop's product, StockMoved and StockPromised for counts.
    """
    with writing() as session:
        mine = (Product.shop_id == shop_id, Product.slug == slug)
        id = session.scalar(select(Product.id).where(*mine)) or _gone()
        replace_variants(id, data.variants)
        session.execute(update(Product).where(*mine).values(data.columns()))
        refresh_card(id)


def publish(shop_id: int, slug: str) -> None:
    """Show the product to everyone; raises ShopNotVerified before the office has verified the shop."""
    _move(shop_id, slug, ProductState.PUBLISHED)


def unpublish(shop_id: int, slug: str) -> None:
    """Make it a draft that only the shop sees, also out of the archive."""
    _move(shop_id, slug, ProductState.DRAFT)


def archive(shop_id: int, slug: str) -> None:
    """Put the product away; old orders keep it."""
    _move(shop_id, slug, ProductState.ARCHIVED)


def publish_drafts(shop_id: int) -> int:
    """Show every draft of the shop at once; returns how many. Raises ShopNotVerified."""
    with writing() as session:
        _require_verified(shop_id)
        drafts = update(Product).where(Product.shop_id == shop_id, Product.state == ProductState.DRAFT)
        shown = session.scalars(drafts.values(state=ProductState.PUBLISHED).returning(Product.id)).all()
        reindex(shown)
        return len(shown)


def _move(shop_id: int, slug: str, state: ProductState) -> None:
    """Every state may follow every other, and doing it twice does it once. Raises GoneAway."""
    with writing() as session:
        if state == ProductState.PUBLISHED:
            _require_verified(shop_id)
        mine = update(Product).where(Product.shop_id == shop_id, Product.slug == slug)
        reindex([session.scalar(mine.values(state=state).returning(Product.id)) or _gone()])


def _require_verified(shop_id: int) -> None:
    if db.session.scalar(select(Shop.state).where(Shop.id == shop_id)) != ShopState.VERIFIED:
        raise ShopNotVerified(_("Produk dapat ditampilkan setelah toko Anda diverifikasi kantor."))


def _gone() -> NoReturn:
    raise GoneAway(_("Produk ini tidak ditemukan."))
