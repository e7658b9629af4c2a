"""What buyers say of a product, a page at a time: the latest reviews with photos, and how the stars are spread."""

import re
from dataclasses import dataclass, field

from sqlalchemy import BigInteger, and_, bindparam, func, select, true
from sqlalchemy.orm import aliased

from marketplace.catalog.cards import TOP
from marketplace.catalog.models import Review, ReviewPhoto
from marketplace.db import db

PAGE = 10
STARS = (5, 4, 3, 2, 1)


@dataclass(frozen=True)
class ReviewPage:
    """Rows of (review, digests of its photos); `counts` are how many gave 5, 4 ... 1 stars, `after` is the cursor."""

    reviews: list[tuple[Review, list[str]]] = field(default_factory=list)
    counts: dict[int, int] = field(default_factory=dict)
    after: int | None = None
    is_first: bool = True

    def share(self, stars: int) -> int:
        """How many of a hundred gave so many stars."""
        return round(100 * self.counts[stars] / (sum(self.counts.values()) or 1))


# One statement, so that a public page keeps within its six: the spread stands beside each row.
_VISIBLE = and_(Review.product_id == bindparam("product_id"), Review.hidden_at.is_(None))
_LATEST = (
    select(Review)
    .where(_VISIBLE, Review.id < bindparam("below", type_=BigInteger))
    .order_by(Review.id.desc())
    .limit(PAGE + 1)
    .subquery()
)
_SPREAD = select(*(func.count().filter(Review.stars == stars) for stars in STARS)).where(_VISIBLE).subquery()
_SHOWN = aliased(Review, _LATEST)
_READY = and_(ReviewPhoto.review_id == _SHOWN.id, ReviewPhoto.name != "")
_PAGE = (
    select(_SHOWN, ReviewPhoto.name, *_SPREAD.c)
    .select_from(_SPREAD)
    .outerjoin(_SHOWN, true())
    .outerjoin(ReviewPhoto, _READY)
    .order_by(_SHOWN.id.desc(), ReviewPhoto.position)
)


def reviews_of(product_id: int, cursor: str = "") -> ReviewPage:
    """The reviews that everyone can read, the latest first; a cursor that is none means the first page."""
    below = int(cursor) if re.fullmatch(r"[1-9][0-9]{0,17}", cursor, re.ASCII) else TOP
    rows = db.session.execute(_PAGE, {"product_id": product_id, "below": below}).all()
    reviews: list[tuple[Review, list[str]]] = []
    for review, photo, *_spread in rows:
        if review and (not reviews or reviews[-1][0] is not review):
            reviews.append((review, []))
        if photo:
            reviews[-1][1].append(photo)
    after = reviews[PAGE - 1][0].id if len(reviews) > PAGE else None
    return ReviewPage(reviews[:PAGE], dict(zip(STARS, rows[0][2:], strict=True)), after, below == TOP)
