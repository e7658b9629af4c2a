"""Who may write a review: the buyer of an order line, once the goods have come; once, and changeable for some time."""

from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace.catalog import reviews
from marketplace.catalog.models import Review
from marketplace.catalog.reviews import Opinion
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders.models import Order, OrderGroup, OrderLine, State
from marketplace.refusal import Refusal

DAYS_TO_CHANGE = 30
REVIEWABLE = frozenset({State.DELIVERED, State.COMPLETED})
LONGEST_AUTHOR = 24


class NotDelivered(Refusal):
    """Only who has the goods can speak of them."""


class TooLateToChange(Refusal):
    """A review stands as it is after DAYS_TO_CHANGE days."""


def may_review(order: Order, line: OrderLine) -> bool:
    """Whether the buyer can write a review of this line now, or change the one there is."""
    return order.state in REVIEWABLE and (line.review is None or is_changeable(line.review))


def is_changeable(review: Review) -> bool:
    """Whether its buyer can still let it say something else."""
    return now() - review.created_at <= timedelta(days=DAYS_TO_CHANGE)


def review_line(line_id: int, opinion: Opinion) -> None:
    """Write the review of an order line, or change it: sent twice, or by two at once, there is one.

    1. Lock the line, so that a second one waits here. 2. Refuse what comes too early or too late. 3. Write or change.
    Raises NotDelivered, TooLateToChange, TooManyPhotos.
    """
    with writing() as session:
        review_id = _locked_review_id(line_id)
        line = session.execute(_LINE.where(OrderLine.id == line_id)).one()
        review = session.get(Review, review_id) if review_id else None
        refuse_untimely(line.state, review)
        if review:
            reviews.change(review.id, opinion)
            return
        id = reviews.write(line.product_id, public_name(line.contact_name), line.variant_label, opinion)
        session.execute(update(OrderLine).where(OrderLine.id == line_id).values(review_id=id))


_LINE = (
    select(OrderLine.product_id, OrderLine.variant_label, Order.state, OrderGroup.contact_name)
    .join(Order, Order.id == OrderLine.order_id)
    .join(OrderGroup, OrderGroup.id == Order.group_id)
)


def _locked_review_id(line_id: int) -> int | None:
    """What the line says of its review once nobody else can change that."""
    return db.session.scalar(select(OrderLine.review_id).where(OrderLine.id == line_id).with_for_update())


def refuse_untimely(state: State, review: Review | None) -> None:
    """Raises NotDelivered or TooLateToChange."""
    if state not in REVIEWABLE:
        raise NotDelivered(_("Ulasan dapat diberikan setelah barangnya sampai."))
    if review and not is_changeable(review):
        raise TooLateToChange(_("Ulasan hanya dapat diubah selama %(days)s hari.", days=DAYS_TO_CHANGE))


def public_name(name: str) -> str:
    """`Siti Aminah` is `Siti A.` to everyone; empty when the name holds a number or an e-mail address."""
    first, *more = name.split() or [""]
    if any(character.isdigit() or character == "@" for character in first):
        return ""
    initial = next((character for character in more[-1] if character.isalpha()), "") if more else ""
    return f"{first[:LONGEST_AUTHOR]} {initial.upper()}." if initial else first[:LONGEST_AUTHOR]
