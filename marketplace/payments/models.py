"""Payments with their parts and history, the ledger's journals and entries, the accounts on which shops are paid."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Moment, Row
from marketplace.sellers.delivery import Zone

COD_ZONES = (*(zone.value for zone in Zone), "courier")


class PaymentState(StrEnum):
    """The states of a payment; `payments/states.py` tells which may follow which.

    `open` waits for money, `proof` for the shop's answer to a proof, `due` for cash at the door; `collected` is cash
    that the shop has taken, `captured` any other money that has come.
    """

    OPEN = "open"
    PROOF = "proof"
    DUE = "due"
    CAPTURED = "captured"
    COLLECTED = "collected"
    REFUSED = "refused"
    EXPIRED = "expired"
    PART_REFUNDED = "part_refunded"
    REFUNDED = "refunded"


class Actor(StrEnum):
    """Who moves a payment or an order."""

    BUYER = "buyer"
    SELLER = "seller"
    OFFICER = "officer"
    SYSTEM = "system"


class Account(StrEnum):
    """The ledger's accounts; those in SHOP_ACCOUNTS are kept for each shop apart.

    Money that a shop has in hand stands on COD_RECEIVABLE (cash) or PAID_TO_SHOP (its own bank account or QRIS), what
    it has earned on SHOP_PAYABLE: the sum of the three is what the platform and the shop owe each other.
    """

    PROVIDER_CLEARING = "provider_clearing"
    COD_RECEIVABLE = "cod_receivable"
    PAID_TO_SHOP = "paid_to_shop"
    BUYER_HELD = "buyer_held"
    SHOP_PAYABLE = "shop_payable"
    PLATFORM_FEE = "platform_fee"
    REFUND_CLEARING = "refund_clearing"
    SUBSIDY = "subsidy"
    SUSPENSE = "suspense"


SHOP_ACCOUNTS = frozenset({Account.COD_RECEIVABLE, Account.PAID_TO_SHOP, Account.SHOP_PAYABLE})


class Payment(Row):
    """Rupiah asked for at once, on one account, for one or several things (its parts).

    `amount` is the sum of the parts, `code` the up to 999 rupiah on top that tell this payment from others on the same
    account, `due` what must arrive. `way` is the code of a way to pay, `account` names where the money must arrive
    (cash:3, bank:12) and `booked_on` where the ledger keeps it; `shop_id` is None when the operator is paid. `source`
    names the telling by which the money was booked.
    """

    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("code BETWEEN 0 AND 999", name="code_of_three_digits"),
        CheckConstraint("due = amount + code", name="due_adds_up"),
        CheckConstraint("refunded BETWEEN 0 AND due", name="refunded_within_due"),
        Index("ix_payment_state", "state", "id"),
    )

    reference: Mapped[str] = mapped_column(unique=True)
    way: Mapped[str] = mapped_column(String(20))
    state: Mapped[PaymentState]
    account: Mapped[str]
    booked_on: Mapped[Account]
    amount: Mapped[int]
    due: Mapped[int]
    opened_at: Mapped[datetime] = mapped_column(Moment)
    code: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="IDR")
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"), default=None, index=True)
    deadline: Mapped[datetime | None] = mapped_column(Moment, default=None)
    settled_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    source: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    refunded: Mapped[int] = mapped_column(default=0)
    parts: Mapped[list["PaymentPart"]] = relationship(init=False, lazy="raise", order_by="PaymentPart.id")


class PaymentPart(Row):
    """What a payment pays for: the `item_id` of a `kind` that `wiring.PAYABLES` knows, and its share in rupiah.

    `is_payable` repeats that the payment can still bring money in; at most one such payment stands for each thing.
    """

    __table_args__ = (
        UniqueConstraint("payment_id", "kind", "item_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        Index("ix_payment_part_item", "kind", "item_id"),
        Index(
            "uq_payment_part_payable",
            "kind",
            "item_id",
            unique=True,
            sqlite_where=text("is_payable"),
            postgresql_where=text("is_payable"),
        ),
    )

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    kind: Mapped[str] = mapped_column(String(20))
    item_id: Mapped[int]
    amount: Mapped[int]
    is_payable: Mapped[bool] = mapped_column(default=True)


class PayTerms(Row):
    """What a shop says about cash, up to how many rupiah; without such a row it takes cash everywhere.

    `cod_zones` are values of `sellers.delivery.Zone`, and `courier`.
    """

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), unique=True)
    cod_zones: Mapped[list[str]] = mapped_column(JSON, default_factory=lambda: list(COD_ZONES))
    cod_limit: Mapped[int | None] = mapped_column(default=None)
    takes_cash_at_pickup: Mapped[bool] = mapped_column(default=True)
    pickup_limit: Mapped[int | None] = mapped_column(default=None)


class PaymentEvent(Row):
    """One step of a payment's history; the first one has no `before`."""

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    before: Mapped[PaymentState | None]
    after: Mapped[PaymentState]
    actor: Mapped[Actor]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(default="")


class JournalKind(StrEnum):
    """Why money moved: it came in for a payment, or it came and belongs to nothing we know."""

    CAPTURE = "capture"
    SUSPENSE = "suspense"


class Journal(Row):
    """One movement of money, whose entries sum to zero; a kind and reference stand in the ledger once."""

    __table_args__ = (UniqueConstraint("kind", "reference"),)

    kind: Mapped[JournalKind]
    reference: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)
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
