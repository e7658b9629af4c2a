"""The ledger's accounts, journals and entries; `ledger.py` alone writes them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.db import Moment, Row


class Account(StrEnum):
    """The ledger's accounts; those in SHOP_ACCOUNTS are kept for each shop apart.

    Money that a shop has in hand stands on COD_RECEIVABLE (cash) or PAID_TO_SHOP (its own bank account or QRIS), what
    it has earned on SHOP_PAYABLE: the sum of the three is what the platform and the shop owe each other. What a payout
    run has promised and no bank has sent stands on PAYOUT_CLEARING.
    """

    PROVIDER_CLEARING = "provider_clearing"
    COD_RECEIVABLE = "cod_receivable"
    PAID_TO_SHOP = "paid_to_shop"
    BUYER_HELD = "buyer_held"
    SHOP_PAYABLE = "shop_payable"
    PLATFORM_FEE = "platform_fee"
    REFUND_CLEARING = "refund_clearing"
    PAYOUT_CLEARING = "payout_clearing"
    SUBSIDY = "subsidy"
    SUSPENSE = "suspense"


SHOP_ACCOUNTS = frozenset({Account.COD_RECEIVABLE, Account.PAID_TO_SHOP, Account.SHOP_PAYABLE})


class JournalKind(StrEnum):
    """Why money moved: it came for a payment or belongs to nothing we know, is earned, owed back, back, paid out.

    The reference of what is earned is the name of what was paid for (an order's number), a refund's is its id. Money
    in suspense keeps its reference when that has ended (it was for a payment, or goes back) and when it was sent back.
    """

    CAPTURE = "capture"
    SUSPENSE = "suspense"
    SUSPENSE_ENDED = "suspense_ended"
    SUSPENSE_SENT = "suspense_sent"
    EARNED = "earned"
    REFUND_DUE = "refund_due"
    REFUND_PAID = "refund_paid"
    PAYOUT_DUE = "payout_due"
    PAYOUT_PAID = "payout_paid"
    PAYOUT_RETURNED = "payout_returned"


class Journal(Row):
    """One movement of money, whose entries sum to zero; a kind and reference stand in the ledger once."""

    __table_args__ = (UniqueConstraint("kind", "reference"),)

    kind: Mapped[JournalKind]
    reference: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    currency: Mapped[str] = mapped_column(String(3), default="IDR")
    note: Mapped[str] = mapped_column(default="")


class Entry(Row):
    """One side of a movement in whole rupiah: positive is a debit, negative a credit."""

    __table_args__ = (
        CheckConstraint("amount <> 0", name="amount_not_zero"),
        CheckConstraint(
            "(account IN ('cod_receivable', 'paid_to_shop', 'shop_payable')) = (shop_id IS NOT NULL)",
            name="shop_of_account",
        ),
        Index("ix_entry_account", "account", "shop_id"),
    )

    journal_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), index=True)
    account: Mapped[Account]
    amount: Mapped[int]
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"), default=None)
