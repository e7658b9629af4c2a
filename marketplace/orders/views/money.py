"""What the pages of an order say about its money."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.db import db
from marketplace.orders.fees import fee_of
from marketplace.orders.models import Order
from marketplace.orders.money_moves import other_ways
from marketplace.orders.paying import KIND, counted_last
from marketplace.payments.models import Payment, PaymentPart, PaymentState, Proof, Refund
from marketplace.payments.port import WayToPay
from marketplace.payments.proofs import proofs_of
from marketplace.payments.refunds import refunds_of
from marketplace.payments.ways import ways
from marketplace.payments.wording import state_label, state_look


@dataclass(frozen=True)
class Money:
    """All payments of an order, the one that counts last, and what goes back of them.

    `proofs` are the pictures shown for it, each with whether it was shown for another payment, too.
    """

    order: Order
    payments: Sequence[Payment]
    proofs: Sequence[tuple[Proof, bool]]
    refunds: Sequence[Refund]

    @property
    def payment(self) -> Payment:
        """The one that counts."""
        return self.payments[-1]

    @property
    def way(self) -> WayToPay:
        """Its way to pay."""
        return ways()[self.payment.way]

    @property
    def state_label(self) -> str:
        """What the payment's state is called."""
        return state_label(self.payment.state)

    @property
    def state_look(self) -> str:
        """Which badge it wears."""
        return state_look(self.payment.state)

    @property
    def kept(self) -> int:
        """Rupiah of the order's total that do not go back to the buyer."""
        return self.order.total - sum(refund.amount for refund in self.refunds if refund.payment_id == self.payment.id)

    @property
    def fee(self) -> int:
        """What the platform takes of it once the order is completed, in rupiah."""
        return fee_of(self.order, max(self.kept, 0))

    @property
    def others(self) -> list[WayToPay]:
        """How else an order that waits for its money can be paid, or the same way once more after a refusal."""
        once_more = self.payment.state == PaymentState.REFUSED
        return [way for way in other_ways(self.order) if once_more or way.code != self.payment.way]


def money_of(orders: Sequence[Order]) -> dict[int, Money]:
    """What there is to say, by order id; cash takes one statement for all of them."""
    payments: dict[int, list[Payment]] = {order.id: [] for order in orders}
    for order_id, payment in db.session.execute(counted_last().where(PaymentPart.item_id.in_(list(payments)))):
        payments[order_id].append(payment)
    return {order.id: _money(order, payments[order.id]) for order in orders}


def _money(order: Order, payments: list[Payment]) -> Money:
    payment = payments[-1]
    may_be_proved = ways()[payment.way].is_seen_by_shop and payment.state != PaymentState.OPEN
    has_refunds = any(payment.refunded for payment in payments)
    return Money(
        order,
        payments,
        proofs=db.session.execute(proofs_of(payment.id)).all() if may_be_proved else (),
        refunds=refunds_of(KIND, order.id) if has_refunds else (),
    )
