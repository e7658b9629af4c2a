"""Vouchers of shops and of the city, what each phone number took of them, and which checkout used which."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.clock import now
from marketplace.counters import Limited
from marketplace.db import Moment, Row
from marketplace.payments.models import Bearer

# With these every order of a checkout keeps a rupiah to be paid, however many shops share a voucher.
LEAST_MINIMUM, MOST_PERCENT = 1_000, 90


class VoucherState(StrEnum):
    """Whether a voucher can be used now, and if not, why."""

    ACTIVE = "active"
    COMING = "coming"
    USED_UP = "used_up"
    OVER = "over"
    ENDED = "ended"


class Voucher(Limited, Row):
    """So much off the goods of one shop, or of a whole checkout when it is the city's (`shop_id` is None).

    Off are `percent` of a hundred, up to `cap` rupiah if there is one, or `amount` rupiah, from `minimum` rupiah of
    goods on. It holds from `starts_at` until before `ends_at`, unless somebody has ended it earlier. `on_hand` is how
    many checkouts may use it, `held` how many do; one phone number may `per_buyer` times.
    """

    __table_args__ = (
        Limited.constraint(),
        CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name="percent_or_amount"),
        CheckConstraint("percent BETWEEN 1 AND 90", name="percent_possible"),
        CheckConstraint("cap IS NULL OR (cap > 0 AND percent IS NOT NULL)", name="cap_of_percent"),
        CheckConstraint("amount > 0 AND amount * 10 <= minimum * 9", name="amount_below_minimum"),
        CheckConstraint("minimum >= 1000", name="minimum_possible"),
        CheckConstraint("per_buyer > 0", name="per_buyer_positive"),
        CheckConstraint("starts_at < ends_at", name="ends_after_start"),
        Index("ix_voucher_shop", "shop_id", "id"),
    )

    code: Mapped[str] = mapped_column(unique=True)
    minimum: Mapped[int]
    per_buyer: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    made_at: Mapped[datetime] = mapped_column(Moment)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), default=None)
    percent: Mapped[int | None] = mapped_column(default=None)
    cap: Mapped[int | None] = mapped_column(default=None)
    amount: Mapped[int | None] = mapped_column(default=None)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    @property
    def paid_by(self) -> Bearer:
        """Who goes without what it takes off."""
        return Bearer.SHOP if self.shop_id else Bearer.PLATFORM

    @property
    def state(self) -> VoucherState:
        """How it stands now."""
        if self.ended_at is not None:
            return VoucherState.ENDED
        if self.ends_at <= now():
            return VoucherState.OVER
        if self.starts_at > now():
            return VoucherState.COMING
        return VoucherState.ACTIVE if self.available else VoucherState.USED_UP

    @property
    def last_moment(self) -> datetime:
        """A moment of the last day on which it holds."""
        return self.ends_at - timedelta(seconds=1)

    def off(self, goods: int) -> int:
        """What it takes off goods of so many rupiah."""
        if self.amount is not None:
            return self.amount
        part = goods * (self.percent or 0) // 100
        return part if self.cap is None else min(part, self.cap)


class VoucherBuyer(Limited, Row):
    """How often one phone number may use a voucher (`on_hand`), and does (`held`)."""

    __table_args__ = (Limited.constraint(), UniqueConstraint("voucher_id", "phone"))

    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id", ondelete="CASCADE"))
    phone: Mapped[str]


class VoucherUse(Row):
    """The voucher of a checkout; it counts (`is_counted`) unless all its orders were called off before they arrived."""

    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), unique=True)
    voucher_id: Mapped[int] = mapped_column(ForeignKey("voucher.id"), index=True)
    buyer_id: Mapped[int] = mapped_column(ForeignKey("voucher_buyer.id"), index=True)
    is_counted: Mapped[bool] = mapped_column(default=True)
