"""What buyers pay, what goes back, what shops get and what the platform keeps sum to the rupiah."""

from itertools import pairwise

from hypothesis import given
from hypothesis import settings as runs
from hypothesis import strategies as st

from marketplace.money import split
from marketplace.orders.fees import fee_of
from marketplace.orders.models import Delivery, Order, State
from tests.factories import LONG_AGO


def order_of(goods: int, delivery: int, rate: int) -> Order:
    return Order(
        number="PM-1",
        group_id=1,
        shop_id=1,
        shop_name="",
        state=State.PLACED,
        delivery=Delivery.SHOP,
        pay_by="cod",
        goods_total=goods,
        delivery_fee=delivery,
        total=goods + delivery,
        placed_at=LONG_AGO,
        accept_by=LONG_AGO,
        fee_rate=rate,
    )


RUPIAH = st.integers(1, 7_250_000)
SHOPS = st.lists(st.tuples(RUPIAH, st.integers(0, 50_000), st.integers(0, 300)), min_size=1, max_size=8)


@given(SHOPS, st.lists(st.integers(0, 1_000), max_size=4))
@runs(max_examples=1_000, deadline=None)
def test_the_parts_of_a_cart_sum_to_the_rupiah(cart: list[tuple[int, int, int]], steps: list[int]) -> None:
    """What the buyers pay = what goes back + what the shops get + the fees, however much goes back and when."""
    orders = [order_of(*shop) for shop in cart]
    left = [order.total for order in orders]
    paid, back = sum(left), 0
    fees = [[fee_of(order, order.total)] for order in orders]
    for share in steps:
        refund = sum(left) * share // 1_000
        back += refund
        left = [rest - part for rest, part in zip(left, split(refund, left), strict=True)]
        for order, rest, taken in zip(orders, left, fees, strict=True):
            taken.append(fee_of(order, rest))
    nets = [rest - taken[-1] for rest, taken in zip(left, fees, strict=True)]
    assert back + sum(nets) + sum(taken[-1] for taken in fees) == paid
    for order, net, taken in zip(orders, nets, fees, strict=True):
        assert net >= 0, "no shop pays for selling"
        assert all(earlier >= later for earlier, later in pairwise(taken)), "what goes back never raises a fee"
        assert abs(taken[0] - order.goods_total * order.fee_rate / 1_000) <= 0.5
        returned = sum(earlier - later for earlier, later in pairwise(taken))
        assert taken[0] - returned == taken[-1]
