"""A thing is finished: what it brought belongs to its shop from now on, less the platform's fee."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update

from marketplace.db import db
from marketplace.payments import ledger, states
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.models import Payment, PaymentPart


@dataclass(frozen=True)
class Share:
    """What one payment has brought for one thing, in rupiah; `is_held` if it came to the operator."""

    part_id: int
    payment_id: int
    paid: int
    refunded: int
    borne: int
    is_held: bool
    is_earned: bool

    @property
    def left(self) -> int:
        """What could still go back to the buyer."""
        return self.paid - self.refunded

    @property
    def kept(self) -> int:
        """What the shop loses no refund of: what stays, and what the platform pays for."""
        return self.left + self.borne


def shares_of(kind: str, item_id: int) -> list[Share]:
    """The money that has come for a thing, payment by payment, unique digits included: they stand on one thing alone.

    What changes them locks the thing's own row first.
    """
    mine = (PaymentPart.kind == kind, PaymentPart.item_id == item_id, Payment.state.in_(states.SETTLED_STATES))
    found = select(
        PaymentPart.id,
        PaymentPart.payment_id,
        PaymentPart.amount + Payment.code,
        PaymentPart.refunded,
        PaymentPart.borne,
        Payment.shop_id.is_(None),
        PaymentPart.is_earned,
    )
    found = found.join(Payment, Payment.id == PaymentPart.payment_id).where(*mine).order_by(PaymentPart.id)
    return [Share(*row) for row in db.session.execute(found)]


def earn(name: str, shop_id: int, shares: Sequence[Share], fee: int, subsidy: int = 0) -> None:
    """Inside writing(): what buyers' money is held for the thing is the shop's, less `fee` rupiah; once.

    A shop that was paid directly has its money, so there it only owes the fee. `subsidy` rupiah come on top.
    """
    held = sum(share.kept for share in shares if share.is_held)
    sides = [
        Side(Account.BUYER_HELD, held),
        Side(Account.SUBSIDY, subsidy),
        Side(Account.SHOP_PAYABLE, fee - subsidy - held, shop_id),
        Side(Account.PLATFORM_FEE, -fee),
    ]
    if moving := [side for side in sides if side.amount]:
        ledger.post(JournalKind.EARNED, name, moving)
    parts = update(PaymentPart).where(PaymentPart.id.in_([share.part_id for share in shares])).values(is_earned=True)
    db.session.execute(parts.execution_options(synchronize_session=False))
