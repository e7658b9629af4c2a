"""Products as their pages show them: plain rows, so that a page costs little and its pieces can be kept."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from marketplace.catalog.models import Category, Photo, Product, Variant
from marketplace.reading import Query
from marketplace.sellers.models import Shop
from marketplace.sellers.on_show import OF_SHOP, ShownShop, with_places


class Shelf(NamedTuple):
    """A category that a product stands on or below."""

    slug: str
    name: str
    name_en: str


class ShownProduct(NamedTuple):
    """A listed product; prices are rupiah, `shelves` are its category and, first, what that stands below."""

    id: int
    slug: str
    title: str
    title_en: str
    description: str
    description_en: str
    price_min: int
    price_max: int
    in_stock: bool
    made_to_order: bool
    lead_days: int
    min_order: int
    shelf_life_days: int | None
    cover: str
    sold: int
    rating_sum: int
    rating_count: int
    halal_number: str
    pirt_number: str
    shelves: tuple[Shelf, ...]

    @property
    def rating(self) -> float:
        """The average of its stars, 1 to 5; 0 as long as nobody has given any."""
        return self.rating_sum / self.rating_count if self.rating_count else 0.0


class ShownVariant(NamedTuple):
    """What can be chosen: rupiah, grams, and how many can still be promised."""

    id: int
    price: int
    weight_grams: int
    size: str
    colour: str
    available: int

    @property
    def label(self) -> str:
        """Size and colour in one, empty for a product without choice."""
        return ", ".join(part for part in (self.size, self.colour) if part)


_OF_PRODUCT = (
    *(Product.id, Product.slug, Product.title, Product.title_en, Product.description, Product.description_en),
    *(Product.price_min, Product.price_max, Product.in_stock, Product.made_to_order, Product.lead_days),
    *(Product.min_order, Product.shelf_life_days, Product.cover, Product.sold),
    *(Product.rating_sum, Product.rating_count, Product.halal_number, Product.pirt_number),
)
_ABOVE = aliased(Category)
_OF_SHELVES = (_ABOVE.slug, _ABOVE.name, _ABOVE.name_en, Category.slug, Category.name, Category.name_en)


def _product_and_shop(row: Sequence[Any]) -> tuple[ShownProduct, ShownShop]:
    """The shelves come first in a row, then the product, then the shop."""
    above, own, rest = Shelf(*row[:3]), Shelf(*row[3:6]), row[6:]
    shelves = (above, own) if above.slug else (own,)
    of_product, of_shop = rest[: len(_OF_PRODUCT)], rest[len(_OF_PRODUCT) :]
    return ShownProduct._make((*of_product, shelves)), ShownShop._make(of_shop)


PRODUCT = Query(
    with_places(
        select(*_OF_SHELVES, *_OF_PRODUCT, *OF_SHOP)
        .select_from(Product)
        .join(Category, Category.id == Product.category_id)
        .outerjoin(_ABOVE, _ABOVE.id == Category.parent_id)
        .join(Shop, Shop.id == Product.shop_id)
    ).where(Product.is_listed, Product.slug == bindparam("slug")),
    _product_and_shop,
)
VARIANTS = Query(
    select(
        Variant.id, Variant.price, Variant.weight_grams, Variant.size, Variant.colour, Variant.on_hand - Variant.held
    )
    .where(Variant.product_id == bindparam("product_id"), Variant.is_offered)
    .order_by(Variant.position, Variant.id),
    ShownVariant._make,
)
PHOTOS: Query[tuple[str]] = Query(
    select(Photo.name)
    .where(Photo.product_id == bindparam("product_id"), Photo.name != "")
    .order_by(Photo.position, Photo.id)
)
