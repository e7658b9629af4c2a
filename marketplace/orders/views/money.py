"""What the pages of an order say about its money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypedDict, Unpack

from marketplace.db import db
from marketplace.orders.fees import fee_of, subsidy_of
from marketplace.orders.forms import ProofReasonForm
from marketplace.orders.models import Order, OrderLine, State
from marketplace.orders.money_moves import other_ways
from marketplace.orders.paying import KIND, counted_last
from marketplace.orders.refunding import REFUNDABLE, refunded_lines
from marketplace.payments.models import Bearer, Payment, PaymentPart, PaymentState, Proof, Refund
from marketplace.payments.port import WayToPay
from marketplace.payments.proofs import proofs_of
from marketplace.payments.refunds import refunds_of
from marketplace.payments.states import SETTLED_STATES
from marketplace.payments.ways import ways
from marketplace.payments.wording import state_label, state_look

PROVABLE = (PaymentState.OPEN, PaymentState.PROOF)
CHANGEABLE = (PaymentState.OPEN, PaymentState.REFUSED)


@dataclass(frozen=True)
class Money:
    """All payments of an order, the one that counts last, and what goes back of them.

    `proofs` are the pictures shown for it, each with whether it was shown for another payment, too; `refunded_lines`
    are the order lines with their quantities that a refund is of, by its id. `refusal` is the form that refuses a
    proof, `wrong` what is the matter with what else was sent, by the id of its field.
    """

    order: Order
    payments: Sequence[Payment]
    proofs: Sequence[tuple[Proof, bool]]
    refunds: Sequence[Refund]
    refunded_lines: Mapping[int, Sequence[tuple[OrderLine, int]]]
    refusal: ProofReasonForm
    wrong: Mapping[str, str]

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

    def is_from_shop(self, refund: Refund) -> bool:
        """Whether it is the shop that sends this money back, since the shop was paid."""
        return any(payment.id == refund.payment_id and payment.shop_id for payment in self.payments)

    @property
    def is_refundable(self) -> bool:
        """Whether shop and office can give some of it back while the order goes on."""
        return self.order.state in REFUNDABLE and self.payment.state in SETTLED_STATES and self._back < self.order.total

    @property
    def _back(self) -> int:
        """Rupiah that go back or went back of the payment that counts."""
        return sum(refund.amount for refund in self.refunds if refund.payment_id == self.payment.id)

    @property
    def kept(self) -> int:
        """Rupiah of the order's total that the shop does not lose."""
        borne = sum(refund.amount for refund in self.refunds if refund.borne_by == Bearer.PLATFORM)
        return self.order.total - self._back + borne

    @property
    def fee(self) -> int:
        """What the platform takes of it once the order is completed, in rupiah."""
        return fee_of(self.order, max(self.kept, 0))

    @property
    def subsidy(self) -> int:
        """What the city adds for its voucher once the order is completed, in rupiah."""
        return subsidy_of(self.order, max(self.kept, 0))

    @property
    def takes_proof(self) -> bool:
        """Whether the buyer may show a picture of the payment."""
        waits = self.order.state == State.AWAITING_PAYMENT and self.payment.state in PROVABLE
        return waits and self.way.is_seen_by_shop

    @property
    def may_change_way(self) -> bool:
        """Whether the buyer may pay again, or another way."""
        return self.order.state == State.AWAITING_PAYMENT and self.payment.state in CHANGEABLE

    @property
    def others(self) -> list[WayToPay]:
        """How else an order that waits for its money can be paid, or the same way once more after a refusal."""
        once_more = self.payment.state == PaymentState.REFUSED
        return [way for way in other_ways(self.order) if once_more or way.code != self.payment.way]


class Answered(TypedDict, total=False):
    """What could not be taken of an answer about money, as `Money` has it."""

    refusal: ProofReasonForm
    wrong: Mapping[str, str]


def money_of(orders: Sequence[Order], **answer: Unpack[Answered]) -> dict[int, Money]:
    """What there is to say, by order id; cash takes one statement for all of them."""
    payments: dict[int, list[Payment]] = {order.id: [] for order in orders}
    for order_id, payment in db.session.execute(counted_last().where(PaymentPart.item_id.in_(list(payments)))):
        payments[order_id].append(payment)
    return {order.id: _money(order, payments[order.id], answer) for order in orders}


def _money(order: Order, payments: list[Payment], answer: Answered) -> Money:
    payment = payments[-1]
    may_be_proved = ways()[payment.way].is_seen_by_shop and payment.state != PaymentState.OPEN
    refunds = refunds_of(KIND, order.id) if any(payment.refunded for payment in payments) else []
    return Money(
        order,
        payments,
        proofs=db.session.execute(proofs_of(payment.id)).all() if may_be_proved else (),
        refunds=refunds,
        refunded_lines=refunded_lines([refund.id for refund in refunds]) if refunds else {},
        refusal=answer.get("refusal") or ProofReasonForm(formdata=None),
        wrong=answer.get("wrong", {}),
    )
