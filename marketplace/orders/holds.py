"""The promises behind an order: stock held while it is open, sold when handed over, given back when it is cancelled."""

from collections.abc import Mapping

from sqlalchemy import select, update

from marketplace.catalog import stock
from marketplace.catalog.models import Product
from marketplace.catalog.shown import touch_cards
from marketplace.db import db
from marketplace.orders.models import HoldState, OrderLine, StockHold


def hold(order_id: int, quantities: Mapping[int, int]) -> None:
    """Remember what stock.take() took for this order; {variant id: how many}."""
    for variant_id, quantity in quantities.items():
        db.session.add(StockHold(order_id=order_id, variant_id=variant_id, quantity=quantity))


def hand_over(order_id: int) -> None:
    """The goods left the shelf: what is still held is used up, and counts as sold."""
    sold = _end(order_id, HoldState.ACTIVE, HoldState.SOLD)
    if sold:
        stock.use_up(sold)
        _count_sold(order_id, 1)


def undo(order_id: int) -> None:
    """The order is off: held stock is free again, handed-over goods are back on the shelf."""
    released = _end(order_id, HoldState.ACTIVE, HoldState.RELEASED)
    if released:
        stock.give_back(released)
    returned = _end(order_id, HoldState.SOLD, HoldState.RETURNED)
    if returned:
        stock.restock(returned)
        _count_sold(order_id, -1)


def take_again(order_id: int) -> bool:
    """Hold the goods of a lapsed order once more; False, with nothing held, when somebody else has them by now."""
    try:
        with db.session.begin_nested():
            stock.take(_end(order_id, HoldState.RELEASED, HoldState.ACTIVE))
    except stock.Short:
        return False
    return True


def _end(order_id: int, before: HoldState, after: HoldState) -> dict[int, int]:
    """Move this order's holds from one state to the next; returns what moved, nothing the second time."""
    mine = (StockHold.order_id == order_id, StockHold.state == before)
    moved = {row.variant_id: row.quantity for row in db.session.execute(select(StockHold).where(*mine)).scalars()}
    db.session.execute(update(StockHold).where(*mine).values(state=after))
    return moved


def _count_sold(order_id: int, sign: int) -> None:
    """Tell the products how many were sold, in id order."""
    lines = select(OrderLine.product_id, OrderLine.quantity).where(OrderLine.order_id == order_id)
    rows = sorted(db.session.execute(lines))
    for product_id, quantity in rows:
        change = update(Product).where(Product.id == product_id).values(sold=Product.sold + sign * quantity)
        db.session.execute(change.execution_options(synchronize_session=False))
    touch_cards([product_id for product_id, _quantity in rows])
