"""What the public pages ask for beside cards: categories, kampung, shops and products that are on show."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, contains_eager

from marketplace.catalog.cards import Statement
from marketplace.catalog.models import Category, Photo, Product, Variant
from marketplace.places.models import Kampung
from marketplace.sellers.models import Shop, ShopState

# A tile borrows the photo of a recent product; older ones are not looked at, so that a long shelf costs no more.
RECENT = 24
RECENT_SHOPS = 6
MOST_SHOPS = 48


def _recent_photo(outer: type[Category | Shop], here: ColumnElement[bool]) -> ColumnElement[str | None]:
    recent = (
        select(Product.id, Product.cover)
        .where(Product.is_listed, here)
        .order_by(Product.id.desc())
        .limit(RECENT)
        .correlate(outer)
        .subquery()
    )
    newest = select(recent.c.cover).where(recent.c.cover != "").order_by(recent.c.id.desc()).limit(1)
    return newest.scalar_subquery()


def categories() -> Statement:
    """Rows of every category, parents first, with `is_stocked` (its own goods, without its children's) and `photo`."""
    here = Product.category_id == Category.id
    stocked = exists().where(Product.is_listed, here).correlate(Category)
    return select(
        Category.id,
        Category.parent_id,
        Category.slug,
        Category.name,
        Category.name_en,
        stocked.label("is_stocked"),
        _recent_photo(Category, here).label("photo"),
    ).order_by(Category.position)


def _photo_of_kampung() -> ColumnElement[str | None]:
    """A photo of its newest shops: looking through all their goods would cost more the more they have."""
    shop = aliased(Shop)
    newest = (
        select(shop.id, _recent_photo(shop, Product.shop_id == shop.id).label("photo"))
        .where(shop.kampung_id == Kampung.id, shop.state == ShopState.VERIFIED)
        .order_by(shop.id.desc())
        .limit(RECENT_SHOPS)
        .correlate(Kampung)
        .subquery()
    )
    with_photo = select(newest.c.photo).where(newest.c.photo.is_not(None))
    return with_photo.order_by(newest.c.id.desc()).limit(1).scalar_subquery()


def kampung_tiles() -> Statement:
    """Rows of every kampung with `shops` (how many are on show) and `photo`."""
    on_show = (Shop.kampung_id == Kampung.id, Shop.state == ShopState.VERIFIED)
    shops = select(func.count()).where(*on_show).correlate(Kampung).scalar_subquery()
    return select(
        Kampung.slug,
        Kampung.name,
        Kampung.name_en,
        shops.label("shops"),
        _photo_of_kampung().label("photo"),
    ).order_by(Kampung.position)


def shops_of_kampung(kampung_id: int) -> Statement:
    """Rows (slug, name, photo) of the kampung's shops on show by name, at most MOST_SHOPS."""
    shop = aliased(Shop)
    photo = _recent_photo(shop, Product.shop_id == shop.id)
    return (
        select(shop.slug, shop.name, photo.label("photo"))
        .where(shop.kampung_id == kampung_id, shop.state == ShopState.VERIFIED)
        .order_by(shop.name, shop.id)
        .limit(MOST_SHOPS)
    )


def shops_named(slugs: Iterable[str]) -> Select[str, int, str]:
    """Rows of (slug, id, name) of those verified shops."""
    return select(Shop.slug, Shop.id, Shop.name).where(Shop.slug.in_(slugs), Shop.state == ShopState.VERIFIED)


def shop_on_show(slug: str) -> Select[Shop]:
    """The verified shop of this slug, with its kelurahan, kecamatan and kampung."""
    return select(Shop).where(Shop.slug == slug, Shop.state == ShopState.VERIFIED)


def product_on_show(slug: str) -> Select[Product, Category | None]:
    """The published product of this slug with its shop and category, and the shelf above that category."""
    above = aliased(Category)
    return (
        select(Product, above)
        .join(Product.shop)
        .join(Product.category)
        .outerjoin(above, above.id == Category.parent_id)
        .where(Product.is_listed, Product.slug == slug)
        .options(contains_eager(Product.shop), contains_eager(Product.category))
    )


def variants_on_offer(product_id: int) -> Select[Variant]:
    """What a buyer can choose from, in the shop's order."""
    return (
        select(Variant)
        .where(Variant.product_id == product_id, Variant.is_offered)
        .order_by(Variant.position, Variant.id)
    )


def photos_ready(product_id: int) -> Select[str]:
    """The names of the pictures that can be shown, the cover first."""
    return select(Photo.name).where(Photo.product_id == product_id, Photo.name != "").order_by(Photo.position, Photo.id)
