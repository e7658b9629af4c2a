"""The platform's fee on an order, per mille of its goods at the rate of its day; what the city's voucher adds to it."""

from marketplace.money import split
from marketplace.orders.models import Order
from marketplace.payments.models import Bearer


def fee_of(order: Order, kept: int) -> int:
    """The fee in rupiah when `kept` rupiah of what was paid do not go back to the buyer.

    Delivery is the carrier's, unique digits are the buyer's: no fee is taken of them. What goes back is taken off the
    goods first, so the fee shrinks with it. What the city's voucher pays is the shop's as if the buyer had paid it. The
    rupiah that does not divide goes to the larger remainder.
    """
    goods = _goods_of(order, kept) + subsidy_of(order, kept)
    return split(goods, [1000 - order.fee_rate, order.fee_rate])[1]


def subsidy_of(order: Order, kept: int) -> int:
    """The rupiah that the city adds for its voucher, in proportion to what of the goods' price is not given back."""
    if order.discount_by != Bearer.PLATFORM:
        return 0
    goods = _goods_of(order, kept)
    return split(order.discount, [goods, order.goods_total - order.discount - goods])[0]


def _goods_of(order: Order, kept: int) -> int:
    """What of it the buyer has paid for goods."""
    return min(max(kept - order.delivery_fee, 0), order.goods_total - order.discount)
