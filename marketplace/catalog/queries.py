"""What the public pages ask for beside cards: categories, kampung, shops and products that are on show."""

from collections.abc import Iterable

from sqlalchemy import BindParameter, ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from marketplace.catalog.cards import Statement
from marketplace.catalog.models import Category, Product
from marketplace.places.models import Kampung
from marketplace.sellers.models import Shop, ShopState

# A tile borrows the photo of one of the best products; others are not looked at, so that a long shelf costs no more.
BEST = 6
SHOPS_LOOKED_AT = 6
MOST_COUNTED = 100  # shops of a kampung; beyond it the page says "100+"
MOST_SHOPS = 48


def _photo_of_the_best(outer: type[Category | Shop], here: ColumnElement[bool]) -> ColumnElement[str | None]:
    best = (
        select(Product.rank, Product.cover)
        .where(Product.is_listed, here)
        .order_by(Product.rank.desc())
        .limit(BEST)
        .correlate(outer)
        .subquery()
    )
    first = select(best.c.cover).where(best.c.cover != "").order_by(best.c.rank.desc()).limit(1)
    return first.scalar_subquery()


def categories() -> Statement:
    """Rows of every category, parents first, with `is_stocked` (its own goods, without its children's) and `photo`."""
    here = Product.category_id == Category.id
    best = select(Product.id).where(Product.is_listed, here).order_by(Product.rank.desc()).limit(1).correlate(Category)
    return select(
        Category.id,
        Category.parent_id,
        Category.slug,
        Category.name,
        Category.name_en,
        best.scalar_subquery().is_not(None).label("is_stocked"),  # EXISTS would let PostgreSQL read every product
        _photo_of_the_best(Category, here).label("photo"),
    ).order_by(Category.position)


def _photo_of_kampung() -> ColumnElement[str | None]:
    """A photo of one of its first shops: looking through all their goods would cost more the more they have."""
    shop = aliased(Shop)
    first = (
        select(shop.name, _photo_of_the_best(shop, Product.shop_id == shop.id).label("photo"))
        .where(shop.kampung_id == Kampung.id, shop.state == ShopState.VERIFIED)
        .order_by(shop.name, shop.id)
        .limit(SHOPS_LOOKED_AT)
        .correlate(Kampung)
        .subquery()
    )
    with_photo = select(first.c.photo).where(first.c.photo.is_not(None))
    return with_photo.order_by(first.c.name).limit(1).scalar_subquery()


def kampung_tiles(most: int = MOST_COUNTED + 1) -> Statement:
    """Rows of every kampung with `photo` and `shops`: how many are on show, counted to `most`, which costs time."""
    on_show = (Shop.kampung_id == Kampung.id, Shop.state == ShopState.VERIFIED)
    in_order = select(Shop.id).where(*on_show).order_by(Shop.name, Shop.id)  # as its index has them
    counted = in_order.limit(most).correlate(Kampung).subquery()
    shops = select(func.count()).select_from(counted).scalar_subquery()
    return select(
        Kampung.slug,
        Kampung.name,
        Kampung.name_en,
        shops.label("shops"),
        _photo_of_kampung().label("photo"),
    ).order_by(Kampung.position)


def shops_of_kampung(kampung_id: int | BindParameter[int]) -> Statement:
    """Rows (slug, name, photo) of the kampung's shops on show by name, at most MOST_SHOPS."""
    shop = aliased(Shop)
    photo = _photo_of_the_best(shop, Product.shop_id == shop.id)
    return (
        select(shop.slug, shop.name, photo.label("photo"))
        .where(shop.kampung_id == kampung_id, shop.state == ShopState.VERIFIED)
        .order_by(shop.name, shop.id)
        .limit(MOST_SHOPS)
    )


def shops_named(slugs: Iterable[str]) -> Select[str, int, str]:
    """Rows of (slug, id, name) of those verified shops."""
    return select(Shop.slug, Shop.id, Shop.name).where(Shop.slug.in_(slugs), Shop.state == ShopState.VERIFIED)
