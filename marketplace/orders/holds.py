"""The promises behind an order: stock held while it is open, sold when handed over, given back when it is cancelled."""

from collections.abc import Iterable, Mapping

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


def undo(order_id: int, *, are_back: bool = True) -> None:
    """The order is off: held stock is free again, handed-over goods are back on the shelf if they are there."""
    released = _end(order_id, HoldState.ACTIVE, HoldState.RELEASED)
    if released:
        stock.give_back(released)
    returned = _end(order_id, HoldState.SOLD, HoldState.RETURNED) if are_back else {}
    if returned:
        stock.restock(returned)
        _count_sold(order_id, -1)


def put_back(order_id: int, quantities: Mapping[int, int], *, are_back: bool) -> None:
    """Some goods of an order that goes on can be bought again; {line id: how many}.

    Those that have not left the shop always, others if they `are_back`. Inside writing(), the order locked.
    """
    mine = select(OrderLine).where(OrderLine.order_id == order_id, OrderLine.id.in_(quantities))
    lines = db.session.scalars(mine.execution_options(populate_existing=True)).all()
    back = {line.variant_id: quantities[line.id] for line in lines}
    held = _lessen(order_id, HoldState.ACTIVE, back)
    sold = _lessen(order_id, HoldState.SOLD, back) if are_back else {}
    for line in lines:
        line.returned += held.get(line.variant_id, 0) + sold.get(line.variant_id, 0)
    if held:
        stock.give_back(held)
    if sold:
        stock.restock(sold)
        _count([(line.product_id, -quantities[line.id]) for line in lines])


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
    found = select(StockHold).where(*mine).execution_options(populate_existing=True)
    moved = {row.variant_id: row.quantity for row in db.session.scalars(found) if row.quantity}
    db.session.execute(update(StockHold).where(*mine).values(state=after))
    return moved


def _lessen(order_id: int, state: HoldState, quantities: Mapping[int, int]) -> dict[int, int]:
    """Take so many of each variant out of the holds that are in this state; {variant id: how many}."""
    mine = (StockHold.order_id == order_id, StockHold.state == state, StockHold.variant_id.in_(quantities))
    found = db.session.scalars(select(StockHold).where(*mine).execution_options(populate_existing=True)).all()
    for hold in found:
        hold.quantity -= quantities[hold.variant_id]
    return {hold.variant_id: quantities[hold.variant_id] for hold in found}


def _count_sold(order_id: int, sign: int) -> None:
    """Tell the products that the whole order was sold, or came back."""
    sold = OrderLine.quantity - OrderLine.returned
    lines = db.session.execute(select(OrderLine.product_id, sold).where(OrderLine.order_id == order_id))
    _count([(product_id, sign * quantity) for product_id, quantity in lines])


def _count(rows: Iterable[tuple[int, int]]) -> None:
    """Tell the products how many were sold, in id order; (product id, how many)."""
    rows = sorted(rows)
    for product_id, quantity in rows:
        change = update(Product).where(Product.id == product_id).values(sold=Product.sold + quantity)
        db.session.execute(change.execution_options(synchronize_session=False))
    touch_cards([product_id for product_id, _quantity in rows])
