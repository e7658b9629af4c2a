"""What the demo buyers say of their goods, what the shops reply, and what the office takes off the page."""

from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace import clock
from marketplace.catalog import reviews
from marketplace.catalog.models import Product, ReportReason, Variant
from marketplace.catalog.reviews import Opinion
from marketplace.db import db
from marketplace.demo import content
from marketplace.demo.content import Entry
from marketplace.demo.moments import later
from marketplace.demo.orders import token_of
from marketplace.orders.checkout import placed_by
from marketplace.orders.models import Order, OrderEvent, OrderGroup, OrderLine, State
from marketplace.orders.reviewing import review_line

Photos = Mapping[str, Future[str]]  # the digest of each drawing
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Written:
    """A review of the data files, and when it was written about which line of which shop."""

    at: datetime
    line_id: int
    shop_id: int
    said: Entry


def write_demo_reviews(officer_id: int, photos: Photos) -> Iterator[Entry]:
    """Write every review as its buyer would, the oldest first; give each one that is done."""
    for review in sorted(_waiting(), key=lambda review: review.at):
        _write(review, photos)
        _answer(review, officer_id)
        yield review.said


def _waiting() -> Iterator[Written]:
    """Each review with its line; it was written some hours after the goods had come."""
    for entry, sku, said in content.reviews():
        line = db.session.execute(
            select(OrderLine.id, Product.shop_id, OrderEvent.at)
            .join(Variant, Variant.id == OrderLine.variant_id)
            .join(Product, Product.id == OrderLine.product_id)
            .join(Order, Order.id == OrderLine.order_id)
            .join(OrderGroup, OrderGroup.id == Order.group_id)
            .join(OrderEvent, OrderEvent.order_id == Order.id)
            .where(OrderGroup.token == placed_by(token_of(entry)))
            .where(Variant.sku == sku, OrderEvent.after == State.DELIVERED)
        ).one()
        yield Written(later(line.at, 2 * HOUR, 60 * HOUR, f"{entry['key']}/{sku}"), line.id, line.shop_id, said)


def _write(review: Written, photos: Photos) -> None:
    """One that is there from an interrupted run stays as it is."""
    if _review_id(review) is None:
        digests = tuple(photos[name].result() for name in review.said.get("photos", []))
        with clock.at(review.at):
            review_line(review.line_id, Opinion(review.said["stars"], review.said["words"], digests))


def _answer(review: Written, officer_id: int) -> None:
    """The shop's reply, the objection of a reader, the decision of the office."""
    review_id, said = _review_id(review), review.said
    assert review_id is not None  # it has just been written
    with clock.at(later(review.at, 3 * HOUR, 30 * HOUR, said["words"])):
        if "reply" in said:
            with suppress(reviews.RepliedAlready):
                reviews.reply(review.shop_id, review_id, said["reply"])
        if "reported" in said:
            reviews.report(review_id, f"demo:{review_id}", ReportReason(said["reported"]))
        if "hidden" in said:
            reviews.hide(review_id, officer_id, said["hidden"])


def _review_id(review: Written) -> int | None:
    return db.session.scalar(select(OrderLine.review_id).where(OrderLine.id == review.line_id))
