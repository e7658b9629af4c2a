"""Products as their pages show them: plain rows, so that a page costs little and its pieces can be kept."""

from collections.abc import Sequence
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased

from marketplace.catalog.cards import Cards, more_of_shop
from marketplace.catalog.models import Category, Photo, Product, Variant
from marketplace.catalog.ratings import ReviewPage, latest_of, review_page, spread_of
from marketplace.expressions import json_rows
from marketplace.reading import Query
from marketplace.sellers.models import Shop
from marketplace.sellers.on_show import OF_SHOP, ShownShop, with_places

FEW_REVIEWS = 4
MORE = 10  # goods of the same shop


class Shelf(NamedTuple):
    """A category that a product stands on or below."""

    slug: str
    name: str
    name_en: str


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


class ShownProduct(NamedTuple):
    """A listed product; prices are rupiah, `shelves` are its category and, first, what that stands below.

    `variants` are those on offer, `photos` the names of those that are ready.
    """

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
    variants: tuple[ShownVariant, ...]
    photos: tuple[str, ...]

    @property
    def rating(self) -> float:
        """The average of its stars, 1 to 5; 0 as long as nobody has given any."""
        return self.rating_sum / self.rating_count if self.rating_count else 0.0


class ProductPage(NamedTuple):
    """All that the page of a product shows: what its buyers say, and what else the shop sells."""

    product: ShownProduct
    shop: ShownShop
    opinions: ReviewPage
    more: Cards


_OF_PRODUCT = (
    *(Product.id, Product.slug, Product.title, Product.title_en, Product.description, Product.description_en),
    *(Product.price_min, Product.price_max, Product.in_stock, Product.made_to_order, Product.lead_days),
    *(Product.min_order, Product.shelf_life_days, Product.cover, Product.sold),
    *(Product.rating_sum, Product.rating_count, Product.halal_number, Product.pirt_number),
)
_VARIANTS = (
    *(Variant.id, Variant.price, Variant.weight_grams, Variant.size, Variant.colour),
    (Variant.on_hand - Variant.held).label("available"),
)
_OF_OTHERS = (
    json_rows(
        select(*_VARIANTS)
        .where(Variant.product_id == Product.id, Variant.is_offered)
        .order_by(Variant.position, Variant.id)
        .correlate(Product),
        ShownVariant._make,
    ),
    json_rows(
        select(Photo.name)
        .where(Photo.product_id == Product.id, Photo.name != "")
        .order_by(Photo.position, Photo.id)
        .correlate(Product),
        itemgetter(0),
    ),
)
_ABOVE = aliased(Category)
_OF_SHELVES = (_ABOVE.slug, _ABOVE.name, _ABOVE.name_en, Category.slug, Category.name, Category.name_en)
_OF_PAGE = (spread_of(Product.id.expression), latest_of(Product.id.expression, FEW_REVIEWS), more_of_shop(MORE))


def _product_page(row: Sequence[Any]) -> ProductPage:
    """The columns come in the order in which they are asked for below."""
    left = iter(row)
    spread, latest, more = islice(left, len(_OF_PAGE))
    above, own = Shelf(*islice(left, 3)), Shelf(*islice(left, 3))
    variants, photos = islice(left, len(_OF_OTHERS))
    shelves = (above, own) if above.slug else (own,)
    product = ShownProduct._make((*islice(left, len(_OF_PRODUCT)), shelves, variants, photos))
    return ProductPage(product, ShownShop._make(left), review_page(spread[0], latest, FEW_REVIEWS), more)


PRODUCT_PAGE = Query(
    with_places(
        select(*_OF_PAGE, *_OF_SHELVES, *_OF_OTHERS, *_OF_PRODUCT, *OF_SHOP)
        .select_from(Product)
        .join(Category, Category.id == Product.category_id)
        .outerjoin(_ABOVE, _ABOVE.id == Category.parent_id)
        .join(Shop, Shop.id == Product.shop_id)
    ).where(Product.is_listed, Product.slug == bindparam("slug")),
    _product_page,
    kept=400,  # some kilobytes each
)
