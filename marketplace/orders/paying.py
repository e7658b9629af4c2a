"""The payments of orders: which one counts, cash that the shop has taken, and what a called-off order means for it."""

from collections.abc import Iterable

from sqlalchemy import Select, select

from marketplace.db import db
from marketplace.orders.models import Actor, Order, State
from marketplace.payments import states
from marketplace.payments.models import Payment, PaymentPart, PaymentState
from marketplace.payments.opening import Thing
from marketplace.payments.settling import Outcome, Place, Receipt, settle
from marketplace.payments.ways import ways

KIND = "order"
AT_THE_DOOR = frozenset({State.READY, State.SHIPPED})


def thing_of(order: Order) -> Thing:
    """The order as something that is paid for."""
    return Thing(KIND, order.id, order.number)


def payments_of(order_ids: Iterable[int]) -> dict[int, Payment]:
    """The payment that counts for each order, the latest one, in one statement."""
    found = (
        select(PaymentPart.item_id, Payment)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(PaymentPart.kind == KIND, PaymentPart.item_id.in_(list(order_ids)))
        .order_by(Payment.id)
    )
    return dict(iter(db.session.execute(found)))


def collect(order_id: int, *, by: Actor, actor_id: int | None) -> None:
    """Inside writing(): the shop has the cash of an order in hand; nothing for money that came another way."""
    payment = _latest(order_id)
    if payment.state == PaymentState.DUE:
        book(payment, by=by, actor_id=actor_id)


def book(payment: Payment, *, by: Actor, actor_id: int | None) -> Outcome:
    """Inside writing(): the shop says that all the money of this payment has come."""
    receipt = Receipt(
        reference=payment.reference,
        amount=payment.due,
        currency=payment.currency,
        place=Place(payment.account, payment.booked_on, payment.shop_id),
        source=ways()[payment.way].confirm(payment),
        by=by,
        actor_id=actor_id,
    )
    return settle(receipt)


def end(order_id: int, before: State, *, by: Actor, actor_id: int | None, note: str = "") -> None:
    """Inside writing(): an order that was in the state `before` is called off, so nobody is to pay for it any more.

    Cash that was refused at the door is told from an order that never got there.
    """
    payment = _latest(order_id)
    if payment.state in states.PAYABLE_STATES and ways()[payment.way].cancel(payment):
        was_refused = payment.state == PaymentState.DUE and before in AT_THE_DOOR
        to = PaymentState.REFUSED if was_refused else PaymentState.EXPIRED
        states.transition(payment.id, to, by=by, actor_id=actor_id, note=note)


def _latest(order_id: int) -> Payment:
    return db.session.scalars(_of(order_id).order_by(Payment.id.desc()).limit(1)).one()


def _of(order_id: int) -> Select[Payment]:
    mine = select(Payment).join(PaymentPart, PaymentPart.payment_id == Payment.id)
    return mine.where(PaymentPart.kind == KIND, PaymentPart.item_id == order_id).execution_options(
        populate_existing=True
    )
