"""Whatever a voucher takes off, whatever goes back and when: buyers, shops, city and platform agree to the rupiah."""

from dataclasses import dataclass
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import settings as runs
from hypothesis import strategies as st

from marketplace.money import split
from marketplace.orders.fees import fee_of, subsidy_of
from marketplace.orders.line_prices import paid_of_lines, piece
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.reductions import shared
from marketplace.orders.voucher_models import Voucher
from marketplace.payments.models import Bearer
from tests.factories import LONG_AGO
from tests.payments.test_fees import order_of


@dataclass(frozen=True)
class Shop:
    """What a cart holds of one shop: (price, quantity) of each line, delivery, fee in per mille."""

    lines: list[tuple[int, int]]
    delivery: int
    rate: int

    @property
    def goods(self) -> int:
        return sum(price * quantity for price, quantity in self.lines)


PRICE = st.one_of(st.integers(1, 20), st.integers(500, 50_000), st.integers(1, 7_250_000))
LINES = st.lists(st.tuples(PRICE, st.integers(1, 12)), min_size=1, max_size=4)
SHOPS = st.lists(st.builds(Shop, LINES, st.integers(0, 50_000), st.integers(0, 300)), min_size=1, max_size=8)


def voucher_of(goods: int, part: int, is_percent: bool, is_citys: bool) -> Voucher:
    """One that fits goods of so many rupiah, and takes at most `part` percent off."""
    off = {"percent": part} if is_percent else {"amount": max(goods * part // 100, 1)}
    times = {"starts_at": LONG_AGO, "ends_at": LONG_AGO, "made_at": LONG_AGO}
    return Voucher(
        code="KODE", minimum=goods, per_buyer=1, made_by_id=1, shop_id=None if is_citys else 1, **times, **off
    )


def orders_of(cart: list[Shop], voucher: Voucher) -> list[Order]:
    """The orders of the cart, cheaper by the voucher."""
    off = shared(voucher, {n: shop.goods for n, shop in enumerate(cart)})
    assert sum(off.values()) == voucher.off(sum(shop.goods for shop in cart))
    orders = []
    for n, shop in enumerate(cart):
        order = order_of(shop.goods, shop.delivery, shop.rate)
        order.discount, order.discount_by = off[n], voucher.paid_by if off[n] else None
        order.total -= off[n]
        assert order.total > 0, "a payment of nothing is none"
        orders.append(order)
    return orders


CARTS = given(SHOPS, st.integers(1, 90), st.booleans(), st.booleans(), st.lists(st.integers(0, 1_000), max_size=4))


@CARTS
@runs(max_examples=1_000, deadline=None)
def test_a_cart_with_a_voucher_sums_to_the_rupiah(
    cart: list[Shop], part: int, is_percent: bool, is_citys: bool, steps: list[int]
) -> None:
    """Buyers + city = what goes back + what the shops get + the fees."""
    cart = cart if is_citys else cart[:1]
    goods = sum(shop.goods for shop in cart)
    assume(goods >= 1_000)
    orders = orders_of(cart, voucher_of(goods, part, is_percent, is_citys))
    left = [order.total for order in orders]
    paid, back = sum(left), 0
    taken = [[(fee_of(order, order.total), subsidy_of(order, order.total))] for order in orders]
    for share in steps:
        refund = sum(left) * share // 1_000
        back += refund
        left = [rest - gone for rest, gone in zip(left, split(refund, left), strict=True)]
        for order, rest, each in zip(orders, left, taken, strict=True):
            each.append((fee_of(order, rest), subsidy_of(order, rest)))
    nets = [rest + each[-1][1] - each[-1][0] for rest, each in zip(left, taken, strict=True)]
    fees, added = (sum(each[-1][n] for each in taken) for n in (0, 1))
    assert paid + added == back + sum(nets) + fees
    for order, rest, net, each in zip(orders, left, nets, taken, strict=True):
        check(order, rest, net, each)


def check(order: Order, rest: int, net: int, taken: list[tuple[int, int]]) -> None:
    """One order, of whose money `rest` stays: its net and the (fee, subsidy) after every refund."""
    by_city = order.discount if order.discount_by == Bearer.PLATFORM else 0
    assert net >= 0, "no shop pays for selling"
    assert taken[0][1] == by_city, "nothing has gone back: the shop gets its full price"
    assert all(a >= b for earlier, later in pairwise(taken) for a, b in zip(earlier, later, strict=True))
    goods, kept = order.goods_total - order.discount, max(rest - order.delivery_fee, 0)
    assert abs(taken[-1][1] * goods - by_city * kept) <= goods / 2 + 0.5, "in proportion, to half a rupiah"
    assert kept or taken[-1] == (0, 0)


@given(LINES, st.integers(0, 90), st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12)), max_size=30))
@runs(max_examples=1_000, deadline=None)
def test_lines_go_back_at_what_was_paid_for_them(
    lines: list[tuple[int, int]], part: int, pieces: list[tuple[int, int]]
) -> None:
    """However many at a time and in which order, all of them give back what was paid for the goods."""
    goods = sum(price * quantity for price, quantity in lines)
    order = order_of(goods, 0, 0)
    order.discount = min(goods * part // 100, goods - 1)
    copies = [line_of(n, price, quantity) for n, (price, quantity) in enumerate(lines)]
    paid = paid_of_lines(order, copies)
    assert sum(paid.values()) == goods - order.discount
    assert all(0 <= paid[line.id] <= line.total for line in copies)
    gone, back = dict.fromkeys(paid, 0), dict.fromkeys(paid, 0)
    for n, wanted in [*pieces, *((n, 12) for n in range(len(lines)))]:
        line = copies[n % len(copies)]
        take = min(wanted, line.quantity - gone[line.id])
        amount = piece(paid[line.id], line.quantity, gone[line.id], take)
        assert 0 <= amount <= take * line.price
        gone[line.id] += take
        back[line.id] += amount
    assert back == paid


def line_of(n: int, price: int, quantity: int) -> OrderLine:
    line = OrderLine(
        order_id=1, product_id=1, variant_id=1, title="", variant_label="", price=price, quantity=quantity,
        weight_grams=1,
    )  # fmt: skip
    line.id = n
    return line
