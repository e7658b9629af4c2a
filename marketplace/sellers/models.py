"""Shops: who runs them, where they are, when they are open, how they deliver."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.clock import now
from marketplace.db import Moment, Row
from marketplace.places.models import Kampung, Kelurahan
from marketplace.sellers.hours import DEFAULT_HOURS, Hours


class ShopState(StrEnum):
    """`waiting` for the officer, `verified` and on show, or `suspended` and off every page."""

    WAITING = "waiting"
    VERIFIED = "verified"
    SUSPENDED = "suspended"


HIGHEST_FEE_RATE = 300  # per mille


class Shop(Row):
    """A maker's stall. Delivery fees are rupiah by zone, None where the shop does not deliver.

    `fee_rate` is what the platform keeps of a new order's goods, per mille.
    `consent_version` names the text that its owner agreed to, empty for a shop that nobody has claimed.
    orders_done were delivered; orders_lost were called off by the shop, the office, or because nobody answered.
    """

    # The shops of a kampung by name, and the few that are closed for a while, without looking at thousands.
    __table_args__ = (
        Index("ix_shop_kampung", "kampung_id", "state", "name", "id"),
        Index(
            "ix_shop_closed",
            "closed_until",
            "id",
            sqlite_where=text("closed_until IS NOT NULL"),
            postgresql_where=text("closed_until IS NOT NULL"),
        ),
        CheckConstraint(f"fee_rate BETWEEN 0 AND {HIGHEST_FEE_RATE}", name="fee_rate_per_mille"),
    )

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    whatsapp: Mapped[str]
    kelurahan_id: Mapped[int] = mapped_column(ForeignKey("kelurahan.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    description: Mapped[str] = mapped_column(default="")
    description_en: Mapped[str] = mapped_column(default="")
    kampung_id: Mapped[int | None] = mapped_column(ForeignKey("kampung.id"), default=None)
    street: Mapped[str] = mapped_column(default="")
    latitude: Mapped[float | None] = mapped_column(default=None)
    longitude: Mapped[float | None] = mapped_column(default=None)
    shows_street: Mapped[bool] = mapped_column(default=False)
    shows_pin: Mapped[bool] = mapped_column(default=False)
    state: Mapped[ShopState] = mapped_column(default=ShopState.WAITING, index=True)
    verified_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    suspension_reason: Mapped[str] = mapped_column(default="")
    opening: Mapped[list[Any]] = mapped_column(JSON, default_factory=lambda: DEFAULT_HOURS.to_json())
    closed_until: Mapped[datetime | None] = mapped_column(Moment, default=None)
    offers_pickup: Mapped[bool] = mapped_column(default=True)
    fee_kelurahan: Mapped[int | None] = mapped_column(default=None)
    fee_kecamatan: Mapped[int | None] = mapped_column(default=None)
    fee_city: Mapped[int | None] = mapped_column(default=None)
    fee_outside: Mapped[int | None] = mapped_column(default=None)
    is_demo: Mapped[bool] = mapped_column(default=False)
    consent_version: Mapped[str] = mapped_column(default="")
    orders_done: Mapped[int] = mapped_column(default=0)
    orders_lost: Mapped[int] = mapped_column(default=0)
    fee_rate: Mapped[int] = mapped_column(default=0)
    kelurahan: Mapped[Kelurahan] = relationship(init=False, lazy="joined", innerjoin=True)
    kampung: Mapped[Kampung | None] = relationship(init=False, lazy="joined")

    @property
    def hours(self) -> Hours:
        """The weekly opening hours as a value."""
        return Hours.from_json(self.opening)

    @property
    def reopens_at(self) -> datetime | None:
        """When a temporary closing ends; None when the shop is not closed now."""
        return self.closed_until if self.closed_until and self.closed_until > now() else None

    def takes_orders(self, at: datetime) -> bool:
        """Whether an order can be placed now; orders placed outside opening hours wait for the next opening."""
        return self.state == ShopState.VERIFIED and (self.closed_until is None or self.closed_until <= at)


class ShopMember(Row):
    """A person who works in a shop; the one who opened it is its owner."""

    __table_args__ = (UniqueConstraint("shop_id", "user_id"),)

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    is_owner: Mapped[bool] = mapped_column(default=False)


class CourierRate(Row):
    """What a shop asks for one courier service: rupiah per started kilogram and region, None where not offered."""

    __table_args__ = (UniqueConstraint("shop_id", "courier_code", "service_code"),)

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    courier_code: Mapped[str]
    service_code: Mapped[str]
    jawa_timur: Mapped[int | None] = mapped_column(default=None)
    jawa: Mapped[int | None] = mapped_column(default=None)
    luar_jawa: Mapped[int | None] = mapped_column(default=None)
