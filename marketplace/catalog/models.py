"""What is for sale: categories, products, their variants with stock, their photos."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.counters import Limited
from marketplace.db import Moment, Row
from marketplace.sellers.models import Shop


class Category(Row):
    """A shelf; `parent_id` makes two levels: kuliner, craft, alas kaki and what stands below them."""

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(unique=True)
    name_en: Mapped[str]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("category.id"), default=None)
    position: Mapped[int] = mapped_column(default=0)


class ProductState(StrEnum):
    """`draft` is seen by the shop alone, `published` by everyone, `archived` keeps its place in old orders."""

    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Product(Row):
    """A kind of good of one shop; price_min, price_max, in_stock and cover repeat its variants and photos for cards.

    `made_to_order` goods are made after ordering, `lead_days` long; their stock says how many orders the shop can take.
    """

    __table_args__ = (
        Index("ix_product_category", "category_id", "state", "id"),
        Index("ix_product_shop", "shop_id", "state", "id"),
        Index("ix_product_new", "state", "id"),
        Index("ix_product_best", "state", "sold", "id"),
        CheckConstraint("min_order > 0", name="min_order_positive"),
    )

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    category_id: Mapped[int] = mapped_column(ForeignKey("category.id"))
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    description: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")
    state: Mapped[ProductState] = mapped_column(default=ProductState.DRAFT)
    made_to_order: Mapped[bool] = mapped_column(default=False)
    lead_days: Mapped[int] = mapped_column(default=0)
    shelf_life_days: Mapped[int | None] = mapped_column(default=None)
    min_order: Mapped[int] = mapped_column(default=1)
    price_min: Mapped[int] = mapped_column(default=0)
    price_max: Mapped[int] = mapped_column(default=0)
    in_stock: Mapped[bool] = mapped_column(default=False)
    cover: Mapped[str] = mapped_column(default="")
    sold: Mapped[int] = mapped_column(default=0)
    rating_sum: Mapped[int] = mapped_column(default=0)
    rating_count: Mapped[int] = mapped_column(default=0)
    shop: Mapped[Shop] = relationship(init=False, lazy="raise")
    category: Mapped[Category] = relationship(init=False, lazy="raise")


class Variant(Limited, Row):
    """What is really bought: one size and colour, with its own price (rupiah), weight (grams) and stock."""

    __table_args__ = (
        Limited.constraint(),
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("weight_grams >= 0", name="weight_not_negative"),
        UniqueConstraint("product_id", "size", "colour"),
        Index("ix_variant_sku", "sku"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))
    price: Mapped[int]
    weight_grams: Mapped[int]
    size: Mapped[str] = mapped_column(default="")
    colour: Mapped[str] = mapped_column(default="")
    sku: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    is_offered: Mapped[bool] = mapped_column(default=True)

    @property
    def label(self) -> str:
        """Size and colour in one, empty for a product without choice."""
        return ", ".join(part for part in (self.size, self.colour) if part)


class Photo(Row):
    """One picture of a product; `digest` names the private original, `ready_at` is set once its public sizes exist."""

    __table_args__ = (Index("ix_photo_product", "product_id", "position"), Index("ix_photo_digest", "digest"))

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))
    digest: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    position: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    is_broken: Mapped[bool] = mapped_column(default=False)
