"""What the pages of an order say about its money."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from marketplace.orders.models import Order
from marketplace.orders.paying import payments_of
from marketplace.payments.models import Payment
from marketplace.payments.ways import ways
from marketplace.payments.wording import state_label, state_look


@dataclass(frozen=True)
class Money:
    """The payment that counts for an order, and its way to pay; `shown` is what the way adds to the buyer's page."""

    payment: Payment
    label: str
    shown: dict[str, Any]

    @property
    def state_label(self) -> str:
        """What the payment's state is called."""
        return state_label(self.payment.state)

    @property
    def state_look(self) -> str:
        """Which badge it wears."""
        return state_look(self.payment.state)


def money_of(orders: Sequence[Order]) -> dict[int, Money]:
    """What there is to say, by order id, in one statement for all of them."""
    payments = payments_of([order.id for order in orders])
    return {id: _money(payment) for id, payment in payments.items()}


def _money(payment: Payment) -> Money:
    way = ways()[payment.way]
    return Money(payment, way.label(), way.shown(payment))
