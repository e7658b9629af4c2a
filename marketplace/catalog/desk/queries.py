"""What the desk's lists show: products with their stock, variants with what is promised."""

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, selectinload

from marketplace.catalog.models import Product, ProductState, Review, Variant

PAGE = 25
Rows = Select[*tuple[Any, ...]]


def products_of(shop_id: int, state: ProductState, words: str, below: int) -> Rows:
    """A page, and one row more, of the shop's products in this state, newest first, with `left` to sell."""
    left = select(func.sum(Variant.on_hand - Variant.held)).where(Variant.product_id == Product.id, Variant.is_offered)
    columns = (Product.id, Product.slug, Product.title, Product.price_min, Product.price_max, Product.cover)
    listed = select(*columns, left.correlate(Product).scalar_subquery().label("left"))
    return _narrowed(listed, shop_id, words, below).where(Product.state == state)


def counts_by_state(shop_id: int) -> Rows:
    """How many products the shop has in each state."""
    return select(Product.state, func.count()).where(Product.shop_id == shop_id).group_by(Product.state)


def shelf_products(shop_id: int, words: str, below: int) -> Rows:
    """A page, and one row more, of the ids of the products that are not archived, newest first."""
    return _narrowed(select(Product.id), shop_id, words, below).where(Product.state != ProductState.ARCHIVED)


def shelf_rows(shop_id: int) -> Rows:
    """What lies on the shelf, variant by variant, to be narrowed to some products or one variant."""
    columns = (Variant.id, Variant.size, Variant.colour, Variant.on_hand, Variant.held)
    return (
        select(*columns, Product.slug, Product.title, Product.state)
        .join(Product, Product.id == Variant.product_id)
        .where(Product.shop_id == shop_id, Variant.is_offered)
        .order_by(Product.id.desc(), Variant.position, Variant.id)
    )


def reviews_of_shop(shop_id: int, below: int) -> Select[Review]:
    """A page, and one more, of what buyers say of the shop's goods, the latest first."""
    mine = select(Review).join(Review.product).where(Product.shop_id == shop_id, Review.id < below)
    whole = (contains_eager(Review.product), selectinload(Review.photos))
    return mine.options(*whole).order_by(Review.id.desc()).limit(PAGE + 1)


def _narrowed(listed: Rows, shop_id: int, words: str, below: int) -> Rows:
    having = [Product.words.contains(word, autoescape=True) for word in words.lower().split()]
    mine = listed.where(Product.shop_id == shop_id, Product.id < below, *having)
    return mine.order_by(Product.id.desc()).limit(PAGE + 1)
