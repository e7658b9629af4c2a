"""What must always hold between orders, holds and stock; `flask check` prints one line per breach."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import exists, func, or_, select

from marketplace.catalog.models import Product, Review, Variant
from marketplace.catalog.stock import sellable
from marketplace.db import db
from marketplace.orders.models import HoldState, Order, OrderEvent, OrderGroup, OrderLine, State, StockHold
from marketplace.orders.paying import KIND, counted_last
from marketplace.orders.states import is_legal_path
from marketplace.payments.models import PaymentPart, PaymentState

HOLD_OF_STATE = {
    State.AWAITING_PAYMENT: {HoldState.ACTIVE},
    State.PLACED: {HoldState.ACTIVE},
    State.ACCEPTED: {HoldState.ACTIVE},
    State.READY: {HoldState.ACTIVE},
    State.SHIPPED: {HoldState.SOLD},
    State.DELIVERED: {HoldState.SOLD},
    State.COMPLETED: {HoldState.SOLD},
    State.CANCELLED: {HoldState.RELEASED, HoldState.RETURNED, HoldState.SOLD},
    State.DISPUTED: {HoldState.ACTIVE, HoldState.SOLD},
}

MONEY = {PaymentState.CAPTURED, PaymentState.PART_REFUNDED, PaymentState.REFUNDED}
PAID_OF_STATE = {
    State.AWAITING_PAYMENT: {PaymentState.OPEN, PaymentState.PROOF, PaymentState.REFUSED},
    State.PLACED: {PaymentState.DUE, *MONEY},
    State.ACCEPTED: {PaymentState.DUE, *MONEY},
    State.READY: {PaymentState.DUE, *MONEY},
    State.SHIPPED: {PaymentState.DUE, *MONEY},
    State.DELIVERED: {PaymentState.DUE, PaymentState.COLLECTED, *MONEY},
    State.COMPLETED: {PaymentState.DUE, PaymentState.COLLECTED, *MONEY},
    State.CANCELLED: {PaymentState.OPEN, PaymentState.EXPIRED, PaymentState.REFUSED, PaymentState.COLLECTED, *MONEY},
    State.DISPUTED: {PaymentState.DUE, PaymentState.COLLECTED, *MONEY},
}


def held_stock() -> Iterator[str]:
    """Stock held = active holds, and no counter below zero or above what is there."""
    active = func.coalesce(func.sum(StockHold.quantity), 0)
    held = (
        select(Variant.id, Variant.held, active)
        .outerjoin(StockHold, (StockHold.variant_id == Variant.id) & (StockHold.state == HoldState.ACTIVE))
        .group_by(Variant.id, Variant.held)
        .having(Variant.held != active)
    )
    for id, counted, promised in db.session.execute(held):
        yield f"variant {id}: held is {counted}, active holds add up to {promised}"
    wrong = or_(Variant.held < 0, Variant.on_hand < 0, Variant.held > Variant.on_hand)
    for id in db.session.scalars(select(Variant.id).where(wrong)):
        yield f"variant {id}: held or on_hand is out of bounds"


def cards() -> Iterator[str]:
    """A product's card says the truth about its stock."""
    for id in db.session.scalars(select(Product.id).where(Product.in_stock != sellable())):
        yield f"product {id}: in_stock on its card is not what its variants say"


def histories() -> Iterator[str]:
    """Every order has a history that the table of states allows, and ends where the order is."""
    steps = select(OrderEvent).order_by(OrderEvent.order_id, OrderEvent.id)
    states = dict(iter(db.session.execute(select(Order.id, Order.state))))
    for order_id, group in groupby(db.session.scalars(steps), key=lambda event: event.order_id):
        events = [(event.before, event.after, event.actor) for event in group]
        if not is_legal_path(events):
            yield f"order {order_id}: its history is no legal path"
        if states.pop(order_id, None) != events[-1][1]:
            yield f"order {order_id}: its state is not where its history ends"
    for order_id in states:
        yield f"order {order_id}: has no history"


def holds() -> Iterator[str]:
    """Each order's holds are in the state that the order's own state asks for, and cover its lines."""
    found = select(Order.id, Order.state, StockHold.state).join(StockHold, StockHold.order_id == Order.id)
    for id, state, hold in db.session.execute(found):
        if hold not in HOLD_OF_STATE[state]:
            yield f"order {id}: is {state} while a hold is {hold}"
    wanted = OrderLine.quantity - OrderLine.returned
    ordered = select(func.sum(wanted)).where(OrderLine.order_id == Order.id).scalar_subquery()
    promised = select(func.sum(StockHold.quantity)).where(StockHold.order_id == Order.id).scalar_subquery()
    differs = func.coalesce(ordered, 0) != func.coalesce(promised, 0)
    for id in db.session.scalars(select(Order.id).where(differs)):
        yield f"order {id}: its lines and its holds differ in number"


def totals() -> Iterator[str]:
    """A group costs what its orders cost, an order what its lines and its delivery cost less its voucher."""
    orders = func.coalesce(select(func.sum(Order.total)).where(Order.group_id == OrderGroup.id).scalar_subquery(), 0)
    for id in db.session.scalars(select(OrderGroup.id).where(OrderGroup.total != orders)):
        yield f"group {id}: its total is not the sum of its orders"
    lines = select(func.sum(OrderLine.price * OrderLine.quantity)).where(OrderLine.order_id == Order.id)
    costs = Order.goods_total + Order.delivery_fee - Order.discount
    wrong = or_(Order.goods_total != func.coalesce(lines.scalar_subquery(), 0), Order.total != costs)
    for id in db.session.scalars(select(Order.id).where(wrong)):
        yield f"order {id}: its goods do not add up"


def payments() -> Iterator[str]:
    """Each order has payments that ask for its total, and the one that counts is where the order's state wants it."""
    mine = (PaymentPart.kind == KIND, PaymentPart.item_id == Order.id)
    for id in db.session.scalars(select(Order.id).where(~exists().where(*mine))):
        yield f"order {id}: nobody is to pay for it"
    orders = {order.id: order for order in db.session.scalars(select(Order))}
    for id, payment in dict(iter(db.session.execute(counted_last()))).items():
        order = orders[id]
        if payment.state not in PAID_OF_STATE[order.state]:
            yield f"order {id}: is {order.state} while its payment is {payment.state}"
        if payment.way != order.pay_by:
            yield f"order {id}: is paid by {payment.way}, not {order.pay_by}"
    asks = (PaymentPart.kind == KIND, PaymentPart.amount != Order.total)
    for id in db.session.scalars(select(Order.id).join(PaymentPart, PaymentPart.item_id == Order.id).where(*asks)):
        yield f"order {id}: a payment asks for something else than its total"


def ratings() -> Iterator[str]:
    """A product's rating is that of its visible reviews, each of which speaks of one bought line of that product."""
    seen = (Review.product_id == Product.id, Review.hidden_at.is_(None))
    stars = func.coalesce(select(func.sum(Review.stars)).where(*seen).scalar_subquery(), 0)
    count = select(func.count(Review.id)).where(*seen).scalar_subquery()
    wrong = or_(Product.rating_sum != stars, Product.rating_count != count)
    for id in db.session.scalars(select(Product.id).where(wrong)):
        yield f"product {id}: its rating is not that of its visible reviews"
    bought = exists().where(OrderLine.review_id == Review.id, OrderLine.product_id == Review.product_id)
    for id in db.session.scalars(select(Review.id).where(~bought)):
        yield f"review {id}: nobody has bought what it speaks of"


CHECKS = (held_stock, cards, histories, holds, totals, payments, ratings)
