"""What buyers say of a product, a page at a time: the latest reviews with photos, and how the stars are spread."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, and_, bindparam, func, select, true

from marketplace.catalog.cards import TOP
from marketplace.catalog.models import Review, ReviewPhoto
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
    photos: tuple[str, ...] = ()


class ReviewPage(NamedTuple):
    """`counts` are how many gave 5, 4 ... 1 stars, `after` is the cursor."""

    reviews: tuple[ShownReview, ...] = ()
    counts: tuple[int, ...] = ()
    after: int | None = None
    is_first: bool = True

    def spread(self) -> Iterator[tuple[int, int, int]]:
        """Stars, how many gave them, how many of a hundred."""
        whole = sum(self.counts) or 1
        yield from ((stars, n, round(100 * n / whole)) for stars, n in zip(STARS, self.counts, strict=True))


# One statement, so that a public page keeps within its six: the spread stands beside each row.
_VISIBLE = and_(Review.product_id == bindparam("product_id"), Review.hidden_at.is_(None))
_COLUMNS = [getattr(Review, name) for name in ShownReview._fields[:-1]]
_LATEST = (
    select(*_COLUMNS)
    .where(_VISIBLE, Review.id < bindparam("below", type_=BigInteger))
    .order_by(Review.id.desc())
    .limit(bindparam("most", type_=Integer))
    .subquery()
)
_SPREAD = select(*(func.count().filter(Review.stars == stars) for stars in STARS)).where(_VISIBLE).subquery()
_READY = and_(ReviewPhoto.review_id == _LATEST.c.id, ReviewPhoto.name != "")
_PAGE = Query(
    select(*_SPREAD.c, *_LATEST.c, ReviewPhoto.name)
    .select_from(_SPREAD)
    .outerjoin(_LATEST, true())
    .outerjoin(ReviewPhoto, _READY)
    .order_by(_LATEST.c.id.desc(), ReviewPhoto.position),
    tuple,
)


def reviews_of(product_id: int, cursor: str = "", most: int = PAGE) -> ReviewPage:
    """The reviews that everyone can read, the latest first; a cursor that is none means the first page."""
    below = int(cursor) if _CURSOR.fullmatch(cursor) else TOP
    rows = _PAGE.all(product_id=product_id, below=below, most=most + 1)
    reviews = tuple(_reviews(row[len(STARS) :] for row in rows))
    after = reviews[most - 1].id if len(reviews) > most else None
    return ReviewPage(reviews[:most], rows[0][: len(STARS)], after, below == TOP)


def _reviews(rows: Iterable[tuple[Any, ...]]) -> Iterator[ShownReview]:
    """A review of the rows that differ in its photos alone; where there is no review, there is a row of nothing."""
    for values, same in groupby(rows, key=lambda row: row[:-1]):
        if values[0] is not None:
            yield ShownReview._make((*values, tuple(photo for *_, photo in same if photo)))
