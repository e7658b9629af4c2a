"""The platform's fee on an order: per mille of its goods, at the rate that held when it was placed."""

from marketplace.money import split
from marketplace.orders.models import Order


def fee_of(order: Order, kept: int) -> int:
    """The fee in rupiah when `kept` rupiah of what was paid do not go back to the buyer.

    Delivery is the carrier's, unique digits are the buyer's: no fee is taken of them. What goes back is taken off the
    goods first, so the fee shrinks with it. The rupiah that does not divide goes to the larger remainder.
    """
    goods = min(max(kept - order.delivery_fee, 0), order.goods_total)
    return split(goods, [1000 - order.fee_rate, order.fee_rate])[1]
