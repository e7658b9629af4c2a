"""What buyers say of a product, a page at a time: the latest reviews with photos, and how the stars are spread."""

import re
from collections.abc import Iterator
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, ScalarSelect, Select, bindparam, func, select

from marketplace.catalog.cards import TOP
from marketplace.catalog.models import Product, Review, ReviewPhoto
from marketplace.expressions import json_rows
from marketplace.reading import Query

PAGE = 10
STARS = (5, 4, 3, 2, 1)
_CURSOR = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


class ShownReview(NamedTuple):
    """A review as everyone can read it, with the names of its photos."""

    id: int
    author: str
    stars: int
    created_at: datetime
    words: str
    variant_label: str
    changed_at: datetime | None
    reply: str
    photos: tuple[str, ...]


Counts = tuple[int, ...]
Reviews = tuple[ShownReview, ...]


class ReviewPage(NamedTuple):
    """`counts` are how many gave 5, 4 ... 1 stars, `after` is the cursor."""

    reviews: Reviews
    counts: Counts
    after: int | None
    is_first: bool

    def spread(self) -> Iterator[tuple[int, int, int]]:
        """Stars, how many gave them, how many of a hundred."""
        whole = sum(self.counts) or 1
        yield from ((stars, n, round(100 * n / whole)) for stars, n in zip(STARS, self.counts, strict=True))


_OWN = [getattr(Review, name) for name in ShownReview._fields[:-1]]
_PHOTOS = json_rows(
    select(ReviewPhoto.name)
    .where(ReviewPhoto.review_id == Review.id, ReviewPhoto.name != "")
    .order_by(ReviewPhoto.position, ReviewPhoto.id)
    .correlate(Review),
    itemgetter(0),
)


def spread_of(product_id: ColumnElement[int]) -> ScalarSelect[tuple[Counts, ...]]:
    """How many gave a product 5, 4 ... 1 stars, as the only row of a column."""
    counts = (func.count().filter(Review.stars == stars) for stars in STARS)
    return json_rows(_visible(select(*counts), product_id))


def latest_of(product_id: ColumnElement[int], most: int, *older: ColumnElement[bool]) -> ScalarSelect[Reviews]:
    """The latest reviews of a product as a column: one more than `most`, which tells whether there are others."""
    reviews = _visible(select(*_OWN, _PHOTOS), product_id).where(*older).order_by(Review.id.desc()).limit(most + 1)
    return json_rows(reviews, ShownReview._make)


def review_page(spread: Counts, latest: Reviews, most: int, *, is_first: bool = True) -> ReviewPage:
    """What `spread_of` and `latest_of` found."""
    after = latest[most - 1].id if len(latest) > most else None
    return ReviewPage(latest[:most], spread, after, is_first)


def _visible(reviews: Select[*tuple[Any, ...]], product_id: ColumnElement[int]) -> Select[*tuple[Any, ...]]:
    """Those of one product that the office has not hidden."""
    return reviews.where(Review.product_id == product_id, Review.hidden_at.is_(None)).correlate(Product)


_ID, _BELOW = bindparam("product_id", type_=BigInteger), bindparam("below", type_=BigInteger)
_PAGE: Query[tuple[Any, ...]] = Query(select(latest_of(_ID, PAGE, Review.id < _BELOW)), tuple)


def reviews_of(product_id: int, spread: Counts, cursor: str) -> ReviewPage:
    """The reviews that everyone can read, the latest first; a cursor that is none means the first page."""
    below = int(cursor) if _CURSOR.fullmatch(cursor) else TOP
    ((latest,),) = _PAGE.all(product_id=product_id, below=below)
    return review_page(spread, latest, PAGE, is_first=below == TOP)
