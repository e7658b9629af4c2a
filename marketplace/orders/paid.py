"""What an order does when its payment has come or can no longer come: its row of `wiring.PAYABLES`."""

from collections.abc import Sequence

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace import jobs
from marketplace.clock import now
from marketplace.db import db
from marketplace.orders import earning, fulfilment, holds, paying, together, vouchers
from marketplace.orders.models import Actor, Order, OrderEvent, State
from marketplace.orders.promises import accept_by
from marketplace.payments.books import Account
from marketplace.payments.payables import News, Payable
from marketplace.sellers.models import Shop


def lock(order_ids: Sequence[int]) -> None:
    """Lock these orders, in id order."""
    db.session.execute(select(Order.id).where(Order.id.in_(order_ids)).order_by(Order.id).with_for_update())


def captured(order_id: int, news: News) -> None:
    """The money is there: the order goes on, or the money goes back.

    What the shop was paid itself it has seen, so one tap says "paid" and "accepted". Late money brings back an order
    that had lapsed, if its goods can still be had; an order that somebody called off stays so. A second payment of one
    order goes back; what comes for a completed one is earned. Cash changes hands with the goods: there the order has
    moved already.
    """
    payment = news.payment
    if payment.booked_on == Account.COD_RECEIVABLE:
        return
    state = db.session.scalars(select(Order.state).where(Order.id == order_id).with_for_update()).one()
    if paying.end_others(order_id, payment.id):
        paying.give_back(order_id, payment.id, _("Pesanan ini sudah dibayar sebelumnya."))
        return
    db.session.execute(update(Order).where(Order.id == order_id).values(pay_by=payment.way))
    earning.earn(order_id)
    if state == State.AWAITING_PAYMENT and payment.shop_id:
        fulfilment.move(order_id, State.ACCEPTED, news.by, news.actor_id)
    elif state == State.AWAITING_PAYMENT or (state == State.CANCELLED and _comes_back(order_id)):
        place_again(order_id)
    elif state == State.CANCELLED:
        paying.give_back(order_id, payment.id, _("Uang masuk setelah pesanan dibatalkan."))


def expired(order_id: int, news: News) -> None:
    """Nobody has paid in time: the order is off, unless its buyer has begun to pay another way."""
    state = db.session.scalars(select(Order.state).where(Order.id == order_id).with_for_update()).one()
    is_latest = paying.payments_of([order_id])[order_id].id == news.payment.id
    if state == State.AWAITING_PAYMENT and is_latest and not together.carry_on(news.payment):
        fulfilment.move(order_id, State.CANCELLED, Actor.SYSTEM, None)


def place_again(order_id: int) -> None:
    """Inside writing(): the order is placed now, and the shop has as long to answer as for any other."""
    order = db.session.get_one(Order, order_id)
    shop = db.session.get_one(Shop, order.shop_id)
    order.accept_by = accept_by(shop, order.made_to_order, now())
    fulfilment.move(order_id, State.PLACED, Actor.SYSTEM, None)
    jobs.enqueue("orders.expire", due_at=order.accept_by, order_id=order_id)


def _comes_back(order_id: int) -> bool:
    """Whether a cancelled order had only lapsed, and its goods and voucher are there; then they are held again."""
    last = select(OrderEvent.actor).where(OrderEvent.order_id == order_id).order_by(OrderEvent.id.desc()).limit(1)
    if db.session.scalars(last).one() != Actor.SYSTEM or not holds.take_again(order_id):
        return False
    if not vouchers.take_again(order_id):
        holds.undo(order_id)
        return False
    return True


PAYABLE = Payable(lock, captured, expired)
