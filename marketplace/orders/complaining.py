"""A complaint's way: the buyer opens it in time, the shop answers, the office decides, and the money follows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload

from marketplace import audit, jobs, once
from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.orders import fulfilment, refunding
from marketplace.orders.complaint_models import Complaint, ComplaintPhoto, ComplaintReason
from marketplace.orders.models import Actor, Order, State
from marketplace.orders.paying import KIND
from marketplace.orders.promises import promised_by
from marketplace.orders.queries import whole_order
from marketplace.orders.refunding import Wish
from marketplace.payments.earning import shares_of
from marketplace.refusal import GoneAway, Refusal

MOST_PHOTOS = 3
TELL = "orders.tell_complaint"
ON_THE_WAY = frozenset({State.READY, State.SHIPPED})


class NotComplainable(Refusal):
    """Too early, too late, or there is a complaint already."""


class Decided(Refusal):
    """The office has spoken."""


@dataclass(frozen=True)
class Opening:
    """What the buyer says, with the digests of up to MOST_PHOTOS pictures that were kept."""

    reason: ComplaintReason
    words: str
    digests: Sequence[str] = ()


@dataclass(frozen=True)
class Decision:
    """What the office says; a cancelled order gives everything back, a completed one what `wish` says."""

    is_cancelled: bool
    wish: Wish

    @property
    def outcome(self) -> State:
        """Where the order ends."""
        return State.CANCELLED if self.is_cancelled else State.COMPLETED


def complainable_from(order: Order) -> datetime | None:
    """Since or from when its buyer may complain; None when that is over, or has not begun to be foreseeable.

    With its history loaded. Goods that have come can be complained of until the order completes, others some hours
    after they were promised.
    """
    if order.state == State.DELIVERED:
        return order.history[-1].at
    promised = promised_by(order) if order.state in ON_THE_WAY else None
    return promised + timedelta(hours=settings().complaint_hours) if promised else None


def may_complain(order: Order) -> bool:
    """Whether its buyer can complain now."""
    since = complainable_from(order)
    return since is not None and since <= now()


def open_complaint(order_id: int, opening: Opening, *, key: str, actor_id: int | None) -> None:
    """The buyer complains: nobody completes the order before the office has decided. Raises NotComplainable."""
    try:
        with writing() as session:
            once.claim(f"complaint:{key}")
            if not may_complain(_locked(order_id)):
                raise NotComplainable(_("Pesanan ini tidak bisa dikomplain sekarang."))
            fulfilment.move(order_id, State.DISPUTED, Actor.BUYER, actor_id, note=opening.reason)
            complaint = Complaint(order_id=order_id, reason=opening.reason, words=opening.words, opened_at=now())
            session.add(complaint)
            session.flush()
            for digest in dict.fromkeys(opening.digests[:MOST_PHOTOS]):
                session.add(ComplaintPhoto(complaint_id=complaint.id, digest=digest))
            jobs.enqueue(TELL, complaint_id=complaint.id, step="opened")
    except once.AlreadyDone:
        return


def answer(order_id: int, words: str, *, actor_id: int) -> None:
    """The shop says its side; it may say it again until the office decides. Raises GoneAway, Decided."""
    with writing() as session:
        known = complaint_of(order_id)
        if known is None:
            raise _unknown()
        open_one = (Complaint.id == known.id, Complaint.decided_at.is_(None))
        change = update(Complaint).where(*open_one).values(answer=words, answered_at=now()).returning(Complaint.id)
        if session.scalar(change.execution_options(synchronize_session=False)) is None:
            raise Decided(_("Komplain ini sudah diputuskan."))
        audit.record("answer", "complaint", known.id, actor_id=actor_id)
        if words != known.answer:
            jobs.enqueue(TELL, complaint_id=known.id, step="answered")


def decide(order_id: int, decision: Decision, *, key: str, officer_id: int) -> None:
    """The office ends the complaint: money goes back as it says, the order is completed or cancelled.

    Raises GoneAway, Decided, and what `refunding.give_back` raises.
    """
    try:
        with writing():
            once.claim(f"decision:{key}")
            order = _locked(order_id)
            complaint = complaint_of(order_id)
            if complaint is None:
                raise _unknown()
            if complaint.decided_at is not None or order.state != State.DISPUTED:
                raise Decided(_("Komplain ini sudah diputuskan."))
            _end(complaint, order, decision, officer_id)
    except once.AlreadyDone:
        return


def _end(complaint: Complaint, order: Order, decision: Decision, officer_id: int) -> None:
    words = decision.wish.reason
    wish = replace(decision.wish, quantities={}, extra=_left(order.id)) if decision.is_cancelled else decision.wish
    refund = refunding.give_back(order, wish)
    complaint.refund_id = refund.id if refund else None
    complaint.decision, complaint.outcome = words, decision.outcome
    complaint.decided_at, complaint.decided_by_id = now(), officer_id
    if decision.is_cancelled:
        order.reason = words
    db.session.flush()
    by_office = (order.id, decision.outcome, Actor.OFFICER, officer_id)
    fulfilment.move(*by_office, note=words, are_back=decision.wish.are_back)
    audit.record("decide", "complaint", complaint.id, actor_id=officer_id, note=decision.outcome)
    jobs.enqueue(TELL, complaint_id=complaint.id, step="decided")


def complaint_of(order_id: int) -> Complaint | None:
    """The complaint about an order, with its photos."""
    found = select(Complaint).where(Complaint.order_id == order_id)
    return db.session.scalar(found.execution_options(populate_existing=True))


def complaints_of(orders: Sequence[Order]) -> dict[int, Complaint]:
    """The complaints about these orders by order id, in one statement; in none for orders that can have none."""
    ids = [order.id for order in orders if any(event.after == State.DISPUTED for event in order.history)]
    if not ids:
        return {}
    found = select(Complaint).where(Complaint.order_id.in_(ids)).options(joinedload(Complaint.photos))
    return {complaint.order_id: complaint for complaint in db.session.scalars(found).unique()}


def open_complaints() -> list[Complaint]:
    """What the office has to decide, the oldest first, with the orders."""
    found = select(Complaint).where(Complaint.decided_at.is_(None)).options(joinedload(Complaint.order))
    return list(db.session.scalars(found.order_by(Complaint.id)))


def _left(order_id: int) -> int:
    """All that can still go back, in rupiah; 0 for what nobody has paid."""
    return max((share.left for share in shares_of(KIND, order_id)), default=0)


def _locked(order_id: int) -> Order:
    found = whole_order().where(Order.id == order_id).with_for_update(of=Order)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def _unknown() -> GoneAway:
    return GoneAway(_("Tidak ada komplain untuk pesanan ini."))
