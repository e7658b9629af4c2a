"""What happens to an order once it is placed: accepted or refused, made ready, sent, delivered, cancelled."""

from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace import jobs
from marketplace.catalog.ranking import fulfilment_points
from marketplace.clock import now, to_wib
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.orders import earning, holds, paying, states, vouchers
from marketplace.orders.models import Actor, Delivery, Order, State
from marketplace.refusal import Refusal
from marketplace.sellers.models import Shop, ShopState


class ReasonMissing(Refusal):
    """A refusal or cancellation by the shop must tell the buyer why."""


class NotPaid(Refusal):
    """Money comes first."""


class NotYet(Refusal):
    """The cash of an order is taken when its goods change hands, not before."""


class ShopSuspended(Refusal):
    """A suspended shop sees its open orders, and moves none."""


class WrongWay(Refusal):
    """Goods that are picked up are made ready, others are sent."""


def accept(order_id: int, *, by: Actor, actor_id: int | None) -> None:
    """The shop takes the order on; one that waits for its money is taken on by saying that it has come (NotPaid)."""
    with writing():
        state = db.session.scalar(select(Order.state).where(Order.id == order_id).with_for_update())
        if state == State.AWAITING_PAYMENT:
            raise NotPaid(_("Pesanan ini menunggu pembayaran. Periksa uang masuk lebih dulu."))
        move(order_id, State.ACCEPTED, by, actor_id)


def cancel(order_id: int, *, by: Actor, actor_id: int | None, reason: str = "") -> None:
    """Call the order off; shop and office say why. Raises ReasonMissing, NotPossibleNow."""
    if by in states.SHOP_SIDE and not reason.strip():
        raise ReasonMissing(_("Tulis alasannya, supaya pembeli tahu."))
    with writing():
        if move(order_id, State.CANCELLED, by, actor_id, note=reason):
            db.session.execute(update(Order).where(Order.id == order_id).values(reason=reason))


def make_ready(order_id: int, *, by: Actor, actor_id: int | None) -> None:
    """The goods wait at the shop to be picked up."""
    with writing():
        _expect(order_id, State.READY)
        move(order_id, State.READY, by, actor_id)


def ship(order_id: int, *, by: Actor, actor_id: int | None, tracking_number: str = "") -> None:
    """The goods are on their way; a courier's tracking number (resi) may be empty."""
    with writing():
        _expect(order_id, State.SHIPPED)
        if move(order_id, State.SHIPPED, by, actor_id, note=tracking_number):
            db.session.execute(update(Order).where(Order.id == order_id).values(tracking_number=tracking_number))


def deliver(order_id: int, *, by: Actor, actor_id: int | None) -> None:
    """The buyer has the goods; without a complaint the order completes by itself some working days later.

    When it is the shop that says so, it also says that it has the cash of an order that is paid at the door.
    """
    with writing():
        if move(order_id, State.DELIVERED, by, actor_id):
            due = after_working_days(now(), settings().complete_working_days)
            jobs.enqueue("orders.complete", due_at=due, order_id=order_id)
        if by in states.SHOP_SIDE:
            paying.collect(order_id, by=by, actor_id=actor_id)


def collect(order_id: int, *, by: Actor, actor_id: int | None) -> None:
    """The shop has the cash of an order that the buyer has got; doing it twice does it once. Raises NotYet."""
    with writing():
        state = db.session.scalar(select(Order.state).where(Order.id == order_id).with_for_update())
        if state not in states.GOT_STATES:
            raise NotYet(_("Uang tunai dicatat setelah barang sampai."))
        paying.collect(order_id, by=by, actor_id=actor_id)
        earning.earn(order_id)


def complete(order_id: int) -> None:
    """Job: nobody complained in time."""
    with writing():
        _move_if_possible(order_id, State.COMPLETED)


def expire(order_id: int) -> None:
    """Job: the shop did not answer by its deadline; does nothing if it did."""
    with writing():
        _move_if_possible(order_id, State.CANCELLED, deadline=now())


def after_working_days(start: datetime, days: int) -> datetime:
    """The same time of day, so many working days (Monday to Friday in WIB) later."""
    moment = start
    while days > 0:
        moment += timedelta(days=1)
        days -= to_wib(moment).weekday() < 5
    return moment


def move(order_id: int, to: State, by: Actor, actor_id: int | None, note: str = "", *, are_back: bool = True) -> bool:
    """Inside writing(): move the order with its effects on stock and money, and tell people; False if it was there.

    Goods of a cancelled order that had left can be sold again, unless they are not back (`are_back`).
    """
    if by == Actor.SELLER:
        refuse_suspended(order_id)
    before = states.transition(order_id, to, by=by, actor_id=actor_id, note=note)
    if before is None:
        return False
    if to in {State.SHIPPED, State.DELIVERED, State.COMPLETED}:
        holds.hand_over(order_id)
    elif to == State.CANCELLED:
        holds.undo(order_id, are_back=are_back)
        vouchers.give_back(order_id)
        paying.end(order_id, before, by=by, actor_id=actor_id, note=note)
    if to in {State.COMPLETED, State.CANCELLED}:
        earning.earn(order_id)
    if before != State.AWAITING_PAYMENT:  # what was never paid is nobody's fault
        _count(order_id, to, by)
    if State.DISPUTED not in {before, to}:  # a complaint is told in its own words
        jobs.enqueue("orders.tell", order_id=order_id, state=to, by=by)
    return True


def refuse_suspended(order_id: int) -> None:
    """Inside writing(): what a suspended shop has left open is finished or called off by the officer."""
    state = db.session.scalar(select(Shop.state).join(Order, Order.shop_id == Shop.id).where(Order.id == order_id))
    if state == ShopState.SUSPENDED:
        raise ShopSuspended(_("Toko Anda ditangguhkan. Petugas kantor menyelesaikan pesanan yang masih terbuka."))


def _count(order_id: int, to: State, by: Actor) -> None:
    """Remember on the shop whether orders arrive: its goods are ranked by that. A buyer's change of mind is no loss."""
    arrived, lost = int(to == State.DELIVERED), int(to == State.CANCELLED and by != Actor.BUYER)
    if not arrived and not lost:
        return
    shop_id = db.session.scalars(select(Order.shop_id).where(Order.id == order_id)).one()
    one_more = {Shop.orders_done: Shop.orders_done + arrived, Shop.orders_lost: Shop.orders_lost + lost}
    change = update(Shop).where(Shop.id == shop_id).values(one_more).execution_options(synchronize_session=False)
    now_done, now_lost = db.session.execute(change.returning(Shop.orders_done, Shop.orders_lost)).one()
    if fulfilment_points(now_done, now_lost) != fulfilment_points(now_done - arrived, now_lost - lost):
        jobs.enqueue("catalog.rerank_shop", shop_id=shop_id)


def _move_if_possible(order_id: int, to: State, deadline: datetime | None = None) -> bool:
    """What the system does by itself gives way to what people did meanwhile."""
    state, accept_by = db.session.execute(
        select(Order.state, Order.accept_by).where(Order.id == order_id).with_for_update()
    ).one()
    late = deadline is None or (state == State.PLACED and accept_by <= deadline)
    return late and Actor.SYSTEM in states.MOVES[state].get(to, ()) and move(order_id, to, Actor.SYSTEM, None)


def _expect(order_id: int, to: State) -> None:
    delivery = db.session.scalar(select(Order.delivery).where(Order.id == order_id))
    if (delivery == Delivery.PICKUP) != (to == State.READY):
        raise WrongWay(_("Pesanan ini diambil di toko.") if delivery == Delivery.PICKUP else _("Pesanan ini dikirim."))
