"""What about money waits for the office."""

from datetime import timedelta
from typing import TypeVarTuple

from sqlalchemy import Select, func, select

from marketplace.clock import now
from marketplace.config import settings
from marketplace.orders.models import Order
from marketplace.orders.paying import KIND
from marketplace.payments.models import (
    Payment,
    PaymentPart,
    PaymentState,
    Proof,
    ReceivingAccount,
    Refund,
    RefundState,
)
from marketplace.sellers.models import Shop

MOST = 100
Row = TypeVarTuple("Row")


def unanswered_proofs() -> Select[Order, Payment]:
    """(order, payment) of proofs that have waited longer than the shop has for its answer, the oldest first."""
    first = select(func.min(Proof.at)).where(Proof.payment_id == Payment.id).scalar_subquery()
    late = first < now() - timedelta(hours=settings().proof_hours)
    return _with_order(select(Order, Payment)).where(Payment.state == PaymentState.PROOF, late).limit(MOST)


def open_refunds() -> Select[Order, Refund]:
    """(order, refund) of what is not back with its buyer yet."""
    found = _with_order(select(Order, Refund)).join(Refund, Refund.part_id == PaymentPart.id)
    return found.where(Refund.state != RefundState.DONE).limit(MOST)


def waiting_accounts() -> Select[Shop, ReceivingAccount]:
    """(shop, account) of announced accounts that do not count yet."""
    soon = (ReceivingAccount.ended_at.is_(None), ReceivingAccount.effective_at > now())
    found = select(Shop, ReceivingAccount).join(Shop, Shop.id == ReceivingAccount.shop_id)
    return found.where(*soon).order_by(ReceivingAccount.id).limit(MOST)


def _with_order(found: Select[*Row]) -> Select[*Row]:
    """Payments and their orders, the oldest payment first."""
    found = found.select_from(Payment).join(PaymentPart, PaymentPart.payment_id == Payment.id)
    return found.join(Order, (Order.id == PaymentPart.item_id) & (PaymentPart.kind == KIND)).order_by(Payment.id)
