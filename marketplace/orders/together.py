"""Orders of one checkout that are paid together: one payment for all of them, and what remains when one drops out."""

from collections.abc import Sequence

from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db
from marketplace.orders.models import Order, OrderEvent, State
from marketplace.orders.paying import KIND, every_payment_of
from marketplace.payments.models import Actor, Payment, PaymentPart
from marketplace.payments.opening import Thing, open_shared
from marketplace.payments.ways import ways


def start(orders: Sequence[Order], *, by: Actor, actor_id: int | None) -> None:
    """Inside writing(): ask for the money of those that are paid together, once for each way."""
    for code, way in ways().items():
        mine = [order for order in orders if order.pay_by == code]
        if way.is_shared and mine:
            _start(mine, by=by, actor_id=actor_id)


def carry_on(payment: Payment) -> bool:
    """Inside writing(): a payment ended since one of its orders dropped out; the others are asked for anew.

    False when there is nothing to carry on: the time was over for all of them.
    """
    parts = select(PaymentPart.item_id).where(PaymentPart.payment_id == payment.id, PaymentPart.kind == KIND)
    orders = list(db.session.scalars(select(Order).where(Order.id.in_(parts)).order_by(Order.id)))
    waiting = [order for order in orders if order.state == State.AWAITING_PAYMENT and order.pay_by == payment.way]
    lapsed = [order for order in orders if order.state == State.CANCELLED and _has_lapsed(order.id)]
    if not waiting or len(waiting) + len(lapsed) == len(orders):
        return False
    _start(waiting, by=Actor.SYSTEM, actor_id=None)
    return True


def _has_lapsed(order_id: int) -> bool:
    last = select(OrderEvent.actor).where(OrderEvent.order_id == order_id).order_by(OrderEvent.id.desc()).limit(1)
    return db.session.scalar(last) == Actor.SYSTEM


def of_checkout(group_id: int) -> Payment | None:
    """The payment of a checkout whose money comes by a page of ours: the latest one."""
    shared = [code for code, way in ways().items() if way.is_shared]
    mine = select(PaymentPart.payment_id).join(Order, Order.id == PaymentPart.item_id)
    mine = mine.where(PaymentPart.kind == KIND, Order.group_id == group_id)
    found = select(Payment).where(Payment.id.in_(mine), Payment.way.in_(shared))
    return db.session.scalar(found.order_by(Payment.id.desc()).limit(1))


def _start(orders: Sequence[Order], *, by: Actor, actor_id: int | None) -> None:
    attempt = len(db.session.scalars(every_payment_of(orders[0].id)).all()) + 1
    things = [(Thing(KIND, order.id, order.number, order.shop_id), order.total) for order in orders]
    way = ways()[orders[0].pay_by]
    payment = open_shared(things, way, by=by, actor_id=actor_id, attempt=attempt)
    for order in orders:
        order.accept_by = payment.deadline or now()
