"""Statements about orders; each finds them through their owner, so that a stranger finds nothing."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalog.models import ReviewPhoto
from marketplace.orders.models import Order, OrderGroup, OrderLine, State
from marketplace.orders.states import OPEN_STATES

PAGE_SIZE = 20
DESK_TABS: dict[str, tuple[State, ...]] = {
    "baru": (State.PLACED, State.AWAITING_PAYMENT),
    "diproses": (State.ACCEPTED, State.READY, State.SHIPPED),
    "komplain": (State.DISPUTED,),
    "selesai": (State.DELIVERED, State.COMPLETED, State.CANCELLED),
}


def orders_of_user(user_id: int, before_id: int | None = None) -> Select[Order]:
    """A member's orders, newest first; `before_id` pages on."""
    found = whole_order().join(Order.group).where(OrderGroup.user_id == user_id).order_by(Order.id.desc())
    return (found if before_id is None else found.where(Order.id < before_id)).limit(PAGE_SIZE + 1)


def order_of_user(user_id: int, number: str) -> Select[Order]:
    """One order of a member."""
    return whole_order().join(Order.group).where(OrderGroup.user_id == user_id, Order.number == number)


def orders_of_token(token: str) -> Select[Order]:
    """The orders of a group, for whoever has its link."""
    return whole_order().join(Order.group).where(OrderGroup.token == token).order_by(Order.id)


def order_of_shop(shop_id: int, number: str) -> Select[Order]:
    """One order of a shop."""
    return whole_order().where(Order.shop_id == shop_id, Order.number == number)


def orders_of_shop(shop_id: int, tab: str, before_id: int | None = None) -> Select[Order]:
    """A shop's inbox: what is new by its deadline, the rest newest first."""
    found = whole_order().where(Order.shop_id == shop_id, Order.state.in_(DESK_TABS[tab]))
    if tab == "baru":
        return found.order_by(Order.accept_by, Order.id).limit(PAGE_SIZE * 5)
    found = found.order_by(Order.id.desc())
    return (found if before_id is None else found.where(Order.id < before_id)).limit(PAGE_SIZE + 1)


def open_orders(shop_slug: str | None = None) -> Select[Order]:
    """What is unfinished in the whole market, for the officer, oldest first."""
    found = whole_order().where(Order.state.in_(OPEN_STATES)).order_by(Order.id)
    if shop_slug:
        found = found.where(Order.shop.has(slug=shop_slug))
    return found.limit(PAGE_SIZE * 5)


def photos_of_review(review_id: int) -> Select[ReviewPhoto]:
    """The photos of a review, in its buyer's order, ready or not."""
    return select(ReviewPhoto).where(ReviewPhoto.review_id == review_id).order_by(ReviewPhoto.position, ReviewPhoto.id)


def whole_order() -> Select[Order]:
    """An order with its lines and their reviews, its history and shop, in three statements whatever their number."""
    lines = selectinload(Order.lines).joinedload(OrderLine.review)
    return select(Order).options(lines, selectinload(Order.history), joinedload(Order.shop))
