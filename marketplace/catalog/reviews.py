"""What happens to a review: written, changed, answered by the shop, reported by anyone, hidden by the office."""

from dataclasses import dataclass
from typing import NoReturn

from flask_babel import gettext as _
from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace import audit, jobs
from marketplace.catalog.indexing import reindex
from marketplace.catalog.models import Product, ReportReason, Review, ReviewPhoto, ReviewReport
from marketplace.catalog.shown import touch_pages
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.refusal import GoneAway, Refusal

MOST_PHOTOS = 3
LONGEST_WORDS = 1000


class TooManyPhotos(Refusal):
    """A review shows at most MOST_PHOTOS photos."""


class RepliedAlready(Refusal):
    """The shop replies once."""


@dataclass(frozen=True)
class Opinion:
    """What a buyer says: 1 to 5 stars, words, digests of kept pictures to add, ids of photos to take away."""

    stars: int
    words: str = ""
    photos: tuple[str, ...] = ()
    removed: frozenset[int] = frozenset()


def write(product_id: int, author: str, variant_label: str, opinion: Opinion) -> int:
    """Add a review inside writing() and return its id; `author` is the name that everyone reads."""
    review = Review(
        product_id=product_id,
        author=author,
        stars=opinion.stars,
        words=opinion.words,
        variant_label=variant_label,
        created_at=now(),
    )
    db.session.add(review)
    db.session.flush()
    _change_photos(review.id, opinion)
    _rate(product_id, opinion.stars, 1)
    return review.id


def change(review_id: int, opinion: Opinion) -> None:
    """Let a review say something else, inside writing(); one that is hidden stays so."""
    known = select(Review.product_id, Review.stars, Review.hidden_at).where(Review.id == review_id)
    before = db.session.execute(known.with_for_update()).one()
    values = {"stars": opinion.stars, "words": opinion.words, "changed_at": now()}
    db.session.execute(update(Review).where(Review.id == review_id).values(values))
    _change_photos(review_id, opinion)
    if before.hidden_at is None:
        _rate(before.product_id, opinion.stars - before.stars, 0)


def reply(shop_id: int, review_id: int, words: str) -> None:
    """The shop's one answer; raises GoneAway for another shop's review, RepliedAlready."""
    with writing() as session:
        review = session.scalar(review_of_shop(shop_id, review_id)) or _gone()
        first = update(Review).where(Review.id == review_id, Review.replied_at.is_(None))
        if session.scalar(first.values(reply=words, replied_at=now()).returning(Review.id)) is None:
            raise RepliedAlready(_("Ulasan ini sudah Anda balas."))
        touch_pages([review.product_id])


def review_of_shop(shop_id: int, review_id: int) -> Select[Review]:
    """One review of the shop's goods."""
    mine = select(Review).join(Product, Product.id == Review.product_id)
    return mine.where(Product.shop_id == shop_id, Review.id == review_id)


def report(review_id: int, reporter: str, reason: ReportReason) -> None:
    """Somebody objects; a reporter (a digest) counts once. Raises GoneAway for a review that nobody can see."""
    with writing() as session:
        session.scalar(review_on_show(review_id)) or _gone()
        try:
            with session.begin_nested():
                session.add(ReviewReport(review_id=review_id, reporter=reporter, reason=reason, at=now()))
        except IntegrityError:
            return
        session.execute(update(Review).where(Review.id == review_id).values(reports=Review.reports + 1))


def review_on_show(review_id: int) -> Select[Review]:
    """A review that everyone can read."""
    shown = select(Review).join(Product, Product.id == Review.product_id)
    return shown.where(Review.id == review_id, Review.hidden_at.is_(None), Product.is_listed)


def hide(review_id: int, officer_id: int, reason: str) -> bool:
    """Take a review off the page and out of the rating at once; False when it was hidden already."""
    with writing() as session:
        seen = update(Review).where(Review.id == review_id, Review.hidden_at.is_(None))
        hidden = seen.values(hidden_at=now(), hidden_reason=reason).returning(Review.product_id, Review.stars)
        row = session.execute(hidden).one_or_none()
        if row:
            _rate(row.product_id, -row.stars, -1)
            audit.record("hide", "review", review_id, actor_id=officer_id, note=reason)
        return row is not None


def show(review_id: int, officer_id: int) -> bool:
    """Bring a hidden review back; False when everyone could read it already."""
    with writing() as session:
        hidden = update(Review).where(Review.id == review_id, Review.hidden_at.is_not(None))
        shown = hidden.values(hidden_at=None, hidden_reason="").returning(Review.product_id, Review.stars)
        row = session.execute(shown).one_or_none()
        if row:
            _rate(row.product_id, row.stars, 1)
            audit.record("show", "review", review_id, actor_id=officer_id)
        return row is not None


def _rate(product_id: int, stars: int, count: int) -> None:
    """Add to what the product knows of its reviews."""
    rating = {"rating_sum": Product.rating_sum + stars, "rating_count": Product.rating_count + count}
    change = update(Product).where(Product.id == product_id).values(rating)
    db.session.execute(change.execution_options(synchronize_session=False))
    reindex([product_id])


def _change_photos(review_id: int, opinion: Opinion) -> None:
    """Take away, then add; a picture that is there already is not added again. Raises TooManyPhotos."""
    mine = ReviewPhoto.review_id == review_id
    db.session.execute(delete(ReviewPhoto).where(mine, ReviewPhoto.id.in_(opinion.removed)))
    there = set(db.session.scalars(select(ReviewPhoto.digest).where(mine)))
    new = [digest for digest in dict.fromkeys(opinion.photos) if digest not in there]
    if len(there) + len(new) > MOST_PHOTOS:
        raise TooManyPhotos(_("Paling banyak %(most)s foto untuk satu ulasan.", most=MOST_PHOTOS))
    last = db.session.scalar(select(func.max(ReviewPhoto.position)).where(mine)) or 0
    for position, digest in enumerate(new, last + 1):
        photo = ReviewPhoto(review_id=review_id, digest=digest, created_at=now(), position=position)
        db.session.add(photo)
        db.session.flush()
        jobs.enqueue("catalog.encode_review_photo", photo_id=photo.id)


def _gone() -> NoReturn:
    raise GoneAway(_("Ulasan ini tidak ditemukan."))
