"""What the operator pays its shops: one run a period, one payout a shop and period, ever."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Moment, Row


class PayoutState(StrEnum):
    """A payout is `due` until the bank has sent it (`paid`); what the bank sent back is the shop's again."""

    DUE = "due"
    PAID = "paid"
    RETURNED = "returned"


class PayoutRun(Row):
    """All payouts of one period; `filed_at` is when the bank's file was first handed out."""

    period: Mapped[str] = mapped_column(String(8), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    filed_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class Payout(Row):
    """Rupiah to one shop for everything that it had earned by the end of a period and was not paid before.

    The account is copied: a later change of it must not change what the bank was told. `rail` is the code of who
    carries it there, `reference` what the bank or the rail calls it.
    """

    __table_args__ = (
        UniqueConstraint("shop_id", "period"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("(state = 'due') = (ended_at IS NULL)", name="ended_when_not_due"),
    )

    run_id: Mapped[int] = mapped_column(ForeignKey("payout_run.id"), index=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    period: Mapped[str] = mapped_column(String(8))
    amount: Mapped[int]
    bank: Mapped[str]
    number: Mapped[str]
    holder: Mapped[str]
    rail: Mapped[str] = mapped_column(String(20))
    state: Mapped[PayoutState] = mapped_column(default=PayoutState.DUE)
    reference: Mapped[str] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
