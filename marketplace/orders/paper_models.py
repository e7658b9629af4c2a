"""Invoices, receipts and what cancels them: numbered without gaps, never changed once they are there."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Moment, Row


class PaperKind(StrEnum):
    """An invoice (faktur) says what is to be paid, a receipt (kuitansi) what was, a cancellation what no longer is."""

    INVOICE = "invoice"
    RECEIPT = "receipt"
    CANCELLATION = "cancellation"


class Size(StrEnum):
    """What a paper is printed on: a sheet, or the roll of a till."""

    A4 = "a4"
    ROLL = "80mm"


# Invoices, receipts and cancellations are numbered apart.
LETTERS = {PaperKind.INVOICE: "FKT", PaperKind.RECEIPT: "KWT", PaperKind.CANCELLATION: "BTL"}


class Paper(Row):
    """One document of an order: `data` is all that is printed, as `paper_words.py` made it when it was issued.

    Numbers count from 1 in each shop, kind and year (in WIB). `audit_row_id` is what happened, in the linked trail; a
    receipt knows the payment that it is for, a cancellation the paper that it cancels, wholly or in part.
    """

    __table_args__ = (
        UniqueConstraint("shop_id", "kind", "year", "number"),
        UniqueConstraint("order_id", "kind", "audit_row_id"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("(kind = 'cancellation') = (cancels_id IS NOT NULL)", name="cancellation_cancels"),
    )

    kind: Mapped[PaperKind]
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    year: Mapped[int]
    number: Mapped[int]
    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    audit_row_id: Mapped[int] = mapped_column(ForeignKey("audit_row.id"), index=True)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payment.id"), default=None, index=True)
    cancels_id: Mapped[int | None] = mapped_column(ForeignKey("paper.id"), default=None, index=True)
    files: Mapped[list["PaperFile"]] = relationship(init=False, lazy="raise", order_by="PaperFile.id")

    @property
    def name(self) -> str:
        """What people call it: `FKT/2026/000012`."""
        return name_of(self.kind, self.year, self.number)


class PaperFile(Row):
    """A paper as PDF in one size; `digest` is the SHA-256 of its bytes, whether they are kept or made again."""

    __table_args__ = (UniqueConstraint("paper_id", "size"),)

    paper_id: Mapped[int] = mapped_column(ForeignKey("paper.id"))
    size: Mapped[Size]
    digest: Mapped[str]


class PaperSeries(Row):
    """The last number that was given out to a shop, for a kind, in a year."""

    __table_args__ = (UniqueConstraint("shop_id", "kind", "year"),)

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    kind: Mapped[PaperKind]
    year: Mapped[int]
    last: Mapped[int]


def name_of(kind: PaperKind, year: int, number: int) -> str:
    """`KWT/2026/000009`."""
    return f"{LETTERS[kind]}/{year}/{number:06}"
