"""What a completed order brings: its money becomes its shop's, less the platform's fee."""

from marketplace.db import db
from marketplace.orders.fees import fee_of, subsidy_of
from marketplace.orders.models import Order, State
from marketplace.orders.paying import KIND
from marketplace.payments import earning


def earn(order_id: int) -> None:
    """Inside writing(), the order locked: once it is over and paid, its shop has earned it; again is nothing.

    Of a cancelled order everything goes back to the buyer: the shop has earned what the platform bears of that.
    """
    order = db.session.get_one(Order, order_id, populate_existing=True)
    shares = earning.shares_of(KIND, order_id)
    if order.state == State.CANCELLED:
        shares = [share for share in shares if share.borne]
    if order.state in {State.COMPLETED, State.CANCELLED} and shares:
        kept = sum(share.kept for share in shares)
        earning.earn(order.number, order.shop_id, shares, fee_of(order, kept), subsidy_of(order, kept))
