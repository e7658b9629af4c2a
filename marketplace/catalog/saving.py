"""Simpan: what a member puts aside, and takes out again."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from marketplace.catalog.models import Product, SavedProduct
from marketplace.clock import now
from marketplace.db import writing
from marketplace.refusal import GoneAway
from marketplace.sellers.models import Shop

PAGE = 24


def save(user_id: int, slug: str) -> None:
    """Put a product that is on show aside; a second time changes nothing. Raises GoneAway."""
    with writing() as session:
        product_id = session.scalar(product_to_save(slug))
        if product_id is None:
            raise GoneAway(_("Produk ini tidak ditemukan."))
        try:
            with session.begin_nested():
                session.add(SavedProduct(user_id=user_id, product_id=product_id, saved_at=now()))
        except IntegrityError:
            return


def product_to_save(slug: str) -> Select[int]:
    """The id of the product of this slug, if it is on show."""
    return select(Product.id).where(Product.is_listed, Product.slug == slug)


def remove(user_id: int, product_id: int) -> None:
    """Take it out; what is not there stays away."""
    with writing() as session:
        session.execute(
            delete(SavedProduct).where(SavedProduct.user_id == user_id, SavedProduct.product_id == product_id)
        )


def saved_by(user_id: int, below: int) -> Select[*tuple[Any, ...]]:
    """Rows of a page, and one more, the last saved first; what is no longer on show is there, too, and marked so."""
    columns = (Product.slug, Product.title, Product.title_en, Product.price_min, Product.price_max, Product.cover)
    return (
        select(SavedProduct.id, Product.id.label("product_id"), *columns, Product.in_stock)
        .add_columns(Shop.name.label("shop_name"), Product.is_listed.label("is_on_show"))
        .join(Product, Product.id == SavedProduct.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(SavedProduct.user_id == user_id, SavedProduct.id < below)
        .order_by(SavedProduct.id.desc())
        .limit(PAGE + 1)
    )
