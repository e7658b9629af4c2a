"""Places the orders of the demo market, each on its day, and moves each as far as it should be."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from marketplace import clock
from marketplace.accounts.phone import normalise_phone
from marketplace.catalog.models import Variant
from marketplace.config import settings
from marketplace.db import db
from marketplace.demo import complaints, content
from marketplace.demo.content import Entry
from marketplace.demo.moments import later, ordered_at
from marketplace.demo.people import OFFICER, address_values
from marketplace.orders import carts, fulfilment
from marketplace.orders.checkout import place_order
from marketplace.orders.models import Actor, Delivery, Order, OrderGroup, State
from marketplace.orders.summary import summarise

Placed = Row[*tuple[Any, ...]]  # the columns of an order that its further way depends on
# What is done where an order gets to a state: at once, then some hours after each other.
Steps = Mapping[State, Sequence[Callable[[], None]]]
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ON_THE_WAY_FOR = {
    Delivery.PICKUP: (2 * HOUR, 20 * HOUR),
    Delivery.SHOP: (30 * MINUTE, 3 * HOUR),
    Delivery.COURIER: (40 * HOUR, 75 * HOUR),
}


@dataclass(frozen=True)
class Ids:
    """The rows behind the short names of the data files: people, shops by slug, and each shop's owner."""

    users: Mapping[str, int]
    shops: Mapping[str, int]
    owners: Mapping[str, int]


def place_demo_order(entry: Entry, ids: Ids) -> None:
    """One checkout through cart and checkout, then its orders; what is placed already is only moved on."""
    with clock.at(ordered_at(entry)):
        token = _placed(entry, ids)
    slugs = {shop_id: slug for slug, shop_id in ids.shops.items()}
    columns = (Order.id, Order.shop_id, Order.state, Order.delivery, Order.placed_at, Order.accept_by, Order.lead_days)
    orders = select(*columns).join(OrderGroup, OrderGroup.id == Order.group_id).where(OrderGroup.token == token)
    for order in db.session.execute(orders.order_by(Order.id)).all():
        slug = slugs[order.shop_id]
        goal = State(entry.get("states", {}).get(slug, State.COMPLETED))
        for moment, step in _steps(order, goal, _calls(order, slug, ids, entry), entry):
            with clock.at(moment):
                step()


def buyer_of(entry: Entry) -> Entry:
    """Who orders, a member or a guest: name, phone, address, perhaps an email."""
    return content.people()[entry["buyer"]] if "buyer" in entry else content.guests()[entry["guest"]]


def token_of(entry: Entry) -> str:
    """The key of a checkout's form."""
    return f"demo:{entry['key']}"


def _placed(entry: Entry, ids: Ids) -> str:
    user_id = ids.users.get(entry.get("buyer", ""))
    cart_id = _filled_cart(entry, user_id, ids.shops)
    draft = _draft(entry, ids.shops)
    total = summarise(cart_id, draft).total
    return place_order(cart_id, draft, key=token_of(entry), user_id=user_id, expected_total=total)


def _filled_cart(entry: Entry, user_id: int | None, shop_ids: Mapping[str, int]) -> int:
    token = None
    for sku, quantity in entry["goods"].items():
        variant_id = db.session.scalars(select(Variant.id).where(Variant.sku == sku)).one()
        token = carts.add(user_id, token, variant_id, quantity, key=f"demo:{entry['key']}:{sku}")
    cart = carts.cart_of(user_id, token)
    assert cart is not None  # add() has seen to it
    cart_id = cart.id
    for slug, note in entry.get("notes", {}).items():
        carts.write_note(cart_id, shop_ids[slug], note)
    return cart_id


def _draft(entry: Entry, shop_ids: Mapping[str, int]) -> dict[str, Any]:
    """What the checkout form would have kept."""
    buyer = buyer_of(entry)
    return {
        "contact": {
            "name": buyer["name"],
            "phone": normalise_phone(buyer["phone"]),
            "email": buyer.get("email", ""),
        },
        "address": None if entry.get("pickup") else address_values(buyer["address"], buyer),
        "ways": {str(shop_ids[slug]): way for slug, way in entry.get("ways", {}).items()},
        "pays": {str(shop_ids[slug]): pay for slug, pay in entry.get("pays", {}).items()},
        "voucher": entry.get("voucher", ""),
    }


def _steps(order: Placed, goal: State, calls: Steps, entry: Entry) -> Iterator[tuple[datetime, Callable[[], None]]]:
    """What is left of the order's way to its goal, as its people would go it: the moment and the step."""
    on_the_way = State.READY if order.delivery == Delivery.PICKUP else State.SHIPPED
    complained = [State.DISPUTED] if State.DISPUTED in calls else []
    path = [State.PLACED, State.ACCEPTED, on_the_way, State.DELIVERED, *complained, State.COMPLETED]
    if goal == State.CANCELLED:
        path = [State.PLACED, State.CANCELLED]
    elif goal == State.AWAITING_PAYMENT:
        return
    moment = order.placed_at
    for state in path[1 : path.index(goal) + 1]:
        moment = _moment_of(state, moment, order, entry)
        if order.state in path and path.index(state) > path.index(order.state):
            for n, call in enumerate(calls[state]):
                moment = later(moment, HOUR, 9 * HOUR, f"{entry['key']}/{n}") if n else moment
                yield moment, call


def _calls(order: Placed, slug: str, ids: Ids, entry: Entry) -> Steps:
    seller_id, said = ids.owners[slug], entry.get("complaints", {}).get(slug, {})
    by_seller: dict[str, Any] = {"by": Actor.SELLER, "actor_id": seller_id}
    cancelled_by = {
        "seller": lambda: fulfilment.cancel(order.id, reason=entry["reason"], **by_seller),
        "buyer": lambda: fulfilment.cancel(order.id, by=Actor.BUYER, actor_id=None),
        "deadline": lambda: fulfilment.expire(order.id),
    }
    tracking = entry.get("tracking", "") if order.delivery == Delivery.COURIER else ""
    return {
        State.ACCEPTED: [lambda: fulfilment.accept(order.id, **by_seller)],
        State.READY: [lambda: fulfilment.make_ready(order.id, **by_seller)],
        State.SHIPPED: [lambda: fulfilment.ship(order.id, tracking_number=tracking, **by_seller)],
        State.DELIVERED: [lambda: fulfilment.deliver(order.id, **by_seller)],
        State.COMPLETED: [lambda: fulfilment.complete(order.id)],
        State.CANCELLED: [cancelled_by[entry.get("cancelled_by", "seller")]],
        **(complaints.steps(order.id, said, seller_id, ids.users[OFFICER]) if said else {}),
    }


def _moment_of(state: State, before: datetime, order: Placed, entry: Entry) -> datetime:
    """When the order reached this state, `before` being when it reached the last one."""
    seed = f"{entry['key']}/{order.shop_id}/{state}"
    if state == State.DISPUTED:
        return later(before, 2 * HOUR, 20 * HOUR, seed)
    if state == State.COMPLETED:
        due = fulfilment.after_working_days(before, settings().complete_working_days)
        return later(due, MINUTE, MINUTE, seed)
    if state == State.CANCELLED and entry.get("cancelled_by") == "deadline":
        return later(order.accept_by, MINUTE, 2 * MINUTE, seed)
    if state in {State.READY, State.SHIPPED}:
        return later(before + timedelta(days=order.lead_days), 40 * MINUTE, 5 * HOUR, seed)
    least, most = ON_THE_WAY_FOR[order.delivery] if state == State.DELIVERED else (5 * MINUTE, 70 * MINUTE)
    return later(before, least, most, seed)
