"""What we remember of Stripe: the hosted pages that were asked for, and the events that were heard."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Moment, Row


class CardState(StrEnum):
    """`asked` until Stripe has answered, `open` while it can be paid, `waiting` for a bank that tells days later."""

    ASKED = "asked"
    OPEN = "open"
    WAITING = "waiting"
    PAID = "paid"
    OVER = "over"


LIVE_STATES = (CardState.ASKED, CardState.OPEN, CardState.WAITING)
_LIVE = text("state IN ('asked', 'open', 'waiting')")


class CardSession(Row):
    """One hosted page for one payment, asked for under the idempotency `key`; at most one of a payment's is live.

    `back_url` is where the buyer comes back to; it stands here because a repeated request must be the same to the
    letter. `session_id` is None until Stripe has answered.
    """

    __table_args__ = (
        Index("uq_card_session_live", "payment_id", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_card_session_state", "state", "id"),
    )

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    key: Mapped[str] = mapped_column(unique=True)
    back_url: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    expires_at: Mapped[datetime] = mapped_column(Moment)
    state: Mapped[CardState] = mapped_column(default=CardState.ASKED)
    session_id: Mapped[str | None] = mapped_column(unique=True, default=None)
    url: Mapped[str] = mapped_column(default="")


class CardEvent(Row):
    """A signed event of Stripe's, kept once: it only tells which session or transfer to read again."""

    event_id: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    object_id: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
