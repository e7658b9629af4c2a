"""Complaints: what a buyer says of an order, what the shop answers, what the office decides."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Moment, Row
from marketplace.orders.models import Order, State


class ComplaintReason(StrEnum):
    """What is the matter."""

    NOT_THERE = "not_there"
    BROKEN = "broken"
    WRONG = "wrong"
    MISSING = "missing"
    OTHER = "other"


class Complaint(Row):
    """The one complaint about an order; `outcome` is the state in which the office has left the order.

    `decision` is the sentence that all sides read; what goes back, and who bears it, stands in the refund.
    """

    __table_args__ = (Index("ix_complaint_open", "decided_at", "id"),)

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), unique=True)
    reason: Mapped[ComplaintReason]
    words: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    decision: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    outcome: Mapped[State | None] = mapped_column(default=None)
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refund.id"), default=None)
    order: Mapped[Order] = relationship(init=False, lazy="raise")
    photos: Mapped[list["ComplaintPhoto"]] = relationship(init=False, lazy="selectin", order_by="ComplaintPhoto.id")


class ComplaintPhoto(Row):
    """A picture that the buyer shows; `digest` names its file, which only the people of the order can open."""

    __table_args__ = (UniqueConstraint("complaint_id", "digest"),)

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    digest: Mapped[str]
