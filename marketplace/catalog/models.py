"""What is for sale: categories, products, their variants with stock, their photos, what buyers say of them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, MappedAsDataclass, mapped_column, relationship

from marketplace.catalog.picture_model import Picture
from marketplace.counters import Limited
from marketplace.db import Base, Moment, Row
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


def _listed(name: str, *columns: str) -> Index:
    """An index of what everyone may see, in the order of one of its lists."""
    return Index(name, *columns, sqlite_where=text("is_listed = 1"), postgresql_where=text("is_listed"))


class Product(Row):
    """A kind of good of one shop; price_min, price_max, in_stock and cover repeat its variants and photos for cards.

    rating_sum and rating_count repeat the stars of its reviews, without those that the office has hidden.
    `made_to_order` goods are made after ordering, `lead_days` long; their stock says how many orders the shop can take.
    is_listed, quality, rank, tags, top_category_id, kampung_id and kelurahan_id repeat what lists ask of the product,
    its shelf and its shop; `indexing.reindex` keeps them.
    """

    __table_args__ = (
        Index("ix_product_shop", "shop_id", "state", "id"),
        _listed("ix_product_listed", "id"),
        _listed("ix_product_listed_rank", "rank"),
        _listed("ix_product_listed_sold", "sold", "id"),
        _listed("ix_product_listed_price", "price_min", "id"),
        _listed("ix_product_listed_category_rank", "category_id", "rank"),
        _listed("ix_product_listed_top_category_rank", "top_category_id", "rank"),
        _listed("ix_product_listed_kampung_rank", "kampung_id", "rank"),
        _listed("ix_product_listed_shop_rank", "shop_id", "rank"),
        *(
            _listed(f"ix_product_listed_{scope}_{order[0]}", f"{scope}_id", *order)
            for scope in ("category", "top_category", "kampung")
            for order in (("id",), ("sold", "id"), ("price_min", "id"))
        ),
        CheckConstraint("min_order > 0", name="min_order_positive"),
        CheckConstraint("rating_sum BETWEEN rating_count AND 5 * rating_count", name="rating_possible"),
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
    halal_number: Mapped[str] = mapped_column(default="")
    pirt_number: Mapped[str] = mapped_column(default="")
    is_listed: Mapped[bool] = mapped_column(default=False)
    quality: Mapped[int] = mapped_column(default=0)
    rank: Mapped[int] = mapped_column(BigInteger, default=0)
    top_category_id: Mapped[int | None] = mapped_column(default=None)
    kampung_id: Mapped[int | None] = mapped_column(default=None)
    kelurahan_id: Mapped[int | None] = mapped_column(default=None)
    tags: Mapped[str] = mapped_column(default="")
    shop: Mapped[Shop] = relationship(init=False, lazy="raise")
    category: Mapped[Category] = relationship(init=False, lazy="raise")

    @property
    def rating(self) -> float:
        """The average of its stars, 1 to 5; 0 as long as nobody has given any."""
        return self.rating_sum / self.rating_count if self.rating_count else 0.0


class FacetCount(MappedAsDataclass, Base, kw_only=True):
    """How many listed goods of a scope (the market, a category, kampung or shop) have a tag; see `facet_counts`."""

    __tablename__ = "facet_count"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012  # a list reads a hundred: they lie side by side

    scope: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True)
    n: Mapped[int]


class Vocabulary(Row):
    """A word of titles, shops, shelves and kampung, and how many listed goods have it; misspelt words are led to it."""

    word: Mapped[str] = mapped_column(unique=True)
    n: Mapped[int]


class Spelling(Row):
    """A key that a word of the vocabulary is found by: itself, its sound, itself less one letter."""

    __table_args__ = (UniqueConstraint("key", "word"),)

    key: Mapped[str]
    word: Mapped[str]


class Synonym(Row):
    """What the office adds to the market's own synonyms: folded words, and what they mean, separated by |."""

    term: Mapped[str] = mapped_column(unique=True)
    means: Mapped[str]


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


class Photo(Picture, Row):
    """One picture of a product."""

    __table_args__ = (
        Index("ix_photo_product", "product_id", "position"),
        Index("ix_photo_digest", "digest"),
        Index("ix_photo_edition", "edition", "id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))


class Review(Row):
    """What somebody who has bought a product says of it: stars and words, the shop's reply, whether it is hidden.

    `author` is the name as everyone may read it (Siti A.), or empty; `reports` counts the people who object to it.
    """

    __table_args__ = (
        Index("ix_review_product", "product_id", "id"),
        Index("ix_review_reported", "id", sqlite_where=text("reports > 0"), postgresql_where=text("reports > 0")),
        CheckConstraint("stars BETWEEN 1 AND 5", name="stars_one_to_five"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"))
    author: Mapped[str]
    stars: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(Moment)
    words: Mapped[str] = mapped_column(default="")
    variant_label: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    reply: Mapped[str] = mapped_column(default="")
    replied_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    reports: Mapped[int] = mapped_column(default=0)
    hidden_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    hidden_reason: Mapped[str] = mapped_column(default="")
    product: Mapped[Product] = relationship(init=False, lazy="raise")
    photos: Mapped[list["ReviewPhoto"]] = relationship(init=False, lazy="raise", order_by="ReviewPhoto.position")


class ReviewPhoto(Picture, Row):
    """One picture of a review."""

    __table_args__ = (
        UniqueConstraint("review_id", "digest"),
        Index("ix_review_photo_digest", "digest"),
        Index("ix_review_photo_edition", "edition", "id"),
    )

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))


class ReportReason(StrEnum):
    """Why somebody objects to a review."""

    RUDE = "rude"
    UNRELATED = "unrelated"
    PRIVATE = "private"
    ADVERT = "advert"
    FALSE = "false"


class ReviewReport(Row):
    """One person's or browser's objection to a review; `reporter` is a digest that tells them apart."""

    __table_args__ = (UniqueConstraint("review_id", "reporter"),)

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id", ondelete="CASCADE"))
    reporter: Mapped[str]
    reason: Mapped[ReportReason]
    at: Mapped[datetime] = mapped_column(Moment)


class SavedProduct(Row):
    """A product that a member has put aside (Simpan)."""

    __table_args__ = (UniqueConstraint("user_id", "product_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id", ondelete="CASCADE"), index=True)
    saved_at: Mapped[datetime] = mapped_column(Moment)
