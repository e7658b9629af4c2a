"""Places the orders of the demo market and moves each as far as it should be."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from marketplace.accounts.phone import normalise_phone
from marketplace.catalog.models import Variant
from marketplace.db import db
from marketplace.demo import content
from marketplace.demo.content import Entry
from marketplace.demo.people import address_values
from marketplace.orders import carts, fulfilment
from marketplace.orders.checkout import place_order, summarise
from marketplace.orders.models import Actor, Delivery, Order, OrderGroup, State

Ids = Mapping[str, int]


def place_demo_order(entry: Entry, user_ids: Ids, shop_ids: Ids, owner_ids: Ids) -> None:
    """One checkout through cart and checkout, then its orders; what is placed already is only moved on."""
    user_id = user_ids.get(entry.get("buyer", ""))
    cart_id = _filled_cart(entry, user_id, shop_ids)
    draft = _draft(entry, shop_ids)
    total = summarise(cart_id, draft).total
    token = place_order(cart_id, draft, key=f"demo:{entry['key']}", user_id=user_id, expected_total=total)
    for slug, state in entry["states"].items():
        of_shop = select(Order.id).join(OrderGroup, OrderGroup.id == Order.group_id)
        order_id = db.session.scalars(of_shop.where(OrderGroup.token == token, Order.shop_id == shop_ids[slug])).one()
        _move_on(order_id, State(state), owner_ids[slug], entry)


def _filled_cart(entry: Entry, user_id: int | None, shop_ids: Ids) -> int:
    token = None
    for sku, quantity in entry["goods"].items():
        variant_id = db.session.scalars(select(Variant.id).where(Variant.sku == sku)).one()
        token = carts.add(user_id, token, variant_id, quantity, key=f"demo:{entry['key']}:{sku}")
    cart = carts.cart_of(user_id, token)
    assert cart is not None  # add() has seen to it
    for slug, note in entry.get("notes", {}).items():
        carts.write_note(cart.id, shop_ids[slug], note)
    return cart.id


def _draft(entry: Entry, shop_ids: Ids) -> dict[str, Any]:
    """What the checkout form would have kept."""
    contact, address = entry["contact"], entry.get("address")
    if isinstance(address, str):
        address = content.people()[address]["address"]
    return {
        "contact": contact | {"phone": normalise_phone(contact["phone"])},
        "address": address_values(address, contact) if address else None,
        "ways": {str(shop_ids[slug]): way for slug, way in entry.get("ways", {}).items()},
    }


def _move_on(order_id: int, goal: State, seller_id: int, entry: Entry) -> None:
    """Walk the order from where it is to its goal, as the seller would."""
    state, delivery = db.session.execute(select(Order.state, Order.delivery).where(Order.id == order_id)).one()
    by_seller: dict[str, Any] = {"by": Actor.SELLER, "actor_id": seller_id}
    on_the_way = State.READY if delivery == Delivery.PICKUP else State.SHIPPED
    steps = {
        State.ACCEPTED: lambda: fulfilment.accept(order_id, **by_seller),
        State.READY: lambda: fulfilment.make_ready(order_id, **by_seller),
        State.SHIPPED: lambda: fulfilment.ship(order_id, tracking_number=_tracking(entry, delivery), **by_seller),
        State.DELIVERED: lambda: fulfilment.deliver(order_id, **by_seller),
        State.COMPLETED: lambda: fulfilment.complete(order_id),
        State.CANCELLED: lambda: fulfilment.cancel(order_id, reason=entry["reason"], **by_seller),
    }
    path = [State.PLACED, State.ACCEPTED, on_the_way, State.DELIVERED, State.COMPLETED]
    if goal == State.CANCELLED:
        path = [State.PLACED, State.CANCELLED]
    for step in path[path.index(state) + 1 : path.index(goal) + 1] if state in path else []:
        steps[step]()


def _tracking(entry: Entry, delivery: Delivery) -> str:
    """Only couriers give a number."""
    return str(entry["tracking"]) if delivery == Delivery.COURIER else ""
