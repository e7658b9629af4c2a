"""Payments with their parts and history, proofs and refunds; the accounts on which shops are paid."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.db import Moment, Row
from marketplace.payments.books import Account
from marketplace.sellers.delivery import Zone

# The amount alone tells such payments apart, so no two of them may ask for the same on one account.
OPEN_WITH_CODE = "code > 0 AND state IN ('open', 'proof')"
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
        Index(
            "uq_payment_open_due",
            "account",
            "due",
            unique=True,
            sqlite_where=text(OPEN_WITH_CODE),
            postgresql_where=text(OPEN_WITH_CODE),
        ),
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
    `shop_id` is who earns the money once the thing is finished (`is_earned`), less the `refunded` rupiah of it, which
    are owed to the buyer or went back; `borne` of these are paid by the platform, so that the shop loses nothing.
    """

    __table_args__ = (
        UniqueConstraint("payment_id", "kind", "item_id"),
        CheckConstraint("amount > 0", name="amount_positive"),
        CheckConstraint("borne BETWEEN 0 AND refunded", name="borne_within_refunded"),
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
    shop_id: Mapped[int | None] = mapped_column(ForeignKey("shop.id"), default=None)
    is_payable: Mapped[bool] = mapped_column(default=True)
    refunded: Mapped[int] = mapped_column(default=0)
    borne: Mapped[int] = mapped_column(default=0)
    is_earned: Mapped[bool] = mapped_column(default=False)


class PayTerms(Row):
    """What a shop says about cash, up to how many rupiah; without such a row it takes cash everywhere.

    `cod_zones` are values of `sellers.delivery.Zone`, and `courier`.
    """

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"), unique=True)
    cod_zones: Mapped[list[str]] = mapped_column(JSON, default_factory=lambda: list(COD_ZONES))
    cod_limit: Mapped[int | None] = mapped_column(default=None)
    takes_cash_at_pickup: Mapped[bool] = mapped_column(default=True)
    pickup_limit: Mapped[int | None] = mapped_column(default=None)


class Channel(StrEnum):
    """Where a shop receives money: its bank account, its QRIS, its account at Stripe (for payouts alone)."""

    BANK = "bank"
    QRIS = "qris"
    STRIPE = "stripe"


class ReceivingAccount(Row):
    """A shop's own bank account (or QRIS), from `effective_at` until `ended_at`; a row never changes its account.

    The one in use is the latest that is in effect. `bank` is its name, `number` bare digits (of a QRIS its NMID),
    `holder` as the bank has it; `payload` is the text of a static QRIS.
    """

    __table_args__ = (Index("ix_receiving_account_shop", "shop_id", "channel", "effective_at"),)

    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    channel: Mapped[Channel]
    number: Mapped[str]
    holder: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    effective_at: Mapped[datetime] = mapped_column(Moment, index=True)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bank: Mapped[str] = mapped_column(default="")
    payload: Mapped[str] = mapped_column(default="")
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    ended_at: Mapped[datetime | None] = mapped_column(Moment, default=None)

    @property
    def name(self) -> str:
        """How payments name it: `bank:12`."""
        return f"{self.channel}:{self.id}"


class Proof(Row):
    """A picture by which a buyer shows to have paid; `digest` names its file, the same for the same picture."""

    __table_args__ = (UniqueConstraint("payment_id", "digest"), Index("ix_proof_digest", "digest"))

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"))
    digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class Bearer(StrEnum):
    """Who pays for a refund in the end: the shop, or the platform (then the shop earns as if nothing went back)."""

    SHOP = "shop"
    PLATFORM = "platform"


class RefundState(StrEnum):
    """A refund is `due` until it is on its way (`sent`), and `done` when the buyer has the money.

    One that the buyer's bank has not taken is `failed`: it is owed as before, and can be sent again.
    """

    DUE = "due"
    FAILED = "failed"
    SENT = "sent"
    DONE = "done"


class Refund(Row):
    """Rupiah of a part of a payment that go back to the buyer; `digest` names the picture that the shop shows of it."""

    __table_args__ = (CheckConstraint("amount > 0", name="amount_positive"), Index("ix_refund_state", "state", "id"))

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("payment_part.id"), index=True)
    amount: Mapped[int]
    reason: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(Moment)
    borne_by: Mapped[Bearer] = mapped_column(default=Bearer.SHOP)
    attempt: Mapped[int] = mapped_column(default=1)
    state: Mapped[RefundState] = mapped_column(default=RefundState.DUE)
    digest: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None] = mapped_column(Moment, default=None)
    done_at: Mapped[datetime | None] = mapped_column(Moment, default=None)


class PaymentEvent(Row):
    """One step of a payment's history; the first one has no `before`."""

    payment_id: Mapped[int] = mapped_column(ForeignKey("payment.id"), index=True)
    before: Mapped[PaymentState | None]
    after: Mapped[PaymentState]
    actor: Mapped[Actor]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(default="")
