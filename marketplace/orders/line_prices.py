"""What was really paid for the lines of an order: their prices less their parts of the voucher, to the rupiah."""

from collections.abc import Sequence

from marketplace.money import split
from marketplace.orders.models import Order, OrderLine


def paid_of_lines(order: Order, lines: Sequence[OrderLine]) -> dict[int, int]:
    """Rupiah by line id, for all lines of the order in id order; with the delivery they sum to its total."""
    parts = split(order.discount, [line.total for line in lines])
    return {line.id: line.total - part for line, part in zip(lines, parts, strict=True)}


def piece(paid: int, quantity: int, before: int, n: int) -> int:
    """What goes back for n more of a line of `quantity` that cost `paid` rupiah, `before` having gone back earlier.

    One after the other they give back `paid`, whatever the steps.
    """
    return split(paid, [before + n, quantity - before - n])[0] - split(paid, [before, quantity - before])[0]
