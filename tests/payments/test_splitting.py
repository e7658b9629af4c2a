"""Sharing out fees, vouchers, delivery and refunds over several shops: the parts sum to the rupiah, in 1,000 carts."""

import random
from itertools import pairwise

from marketplace.money import split

CARTS = 1_000


def carts() -> list[list[int]]:
    """What each shop of a cart costs, one to eight shops, from sweets of Rp500 to furniture."""
    dice = random.Random(20261122)
    return [
        [dice.choice((500, 12_345, 99_999, 7_250_000)) + dice.randrange(1_000) for _ in range(dice.randint(1, 8))]
        for _ in range(CARTS)
    ]


def test_a_voucher_is_shared_out_to_the_rupiah() -> None:
    dice = random.Random(1)
    for shops in carts():
        voucher = dice.randrange(sum(shops) + 1)
        parts = split(voucher, shops)
        assert sum(parts) == voucher
        assert all(0 <= part <= shop for part, shop in zip(parts, shops, strict=True))
        exact = [voucher * shop / sum(shops) for shop in shops]
        assert all(abs(part - share) < 1 for part, share in zip(parts, exact, strict=True))


def test_a_dearer_part_never_gets_less() -> None:
    for shops in carts():
        parts = split(10_007, sorted(shops))
        assert all(smaller <= larger for smaller, larger in pairwise(parts))


def test_refunding_in_pieces_gives_back_the_whole() -> None:
    """A card refund over several shops, one amount after the other, each shared over what is left."""
    dice = random.Random(2)
    for shops in carts():
        left = list(shops)
        while sum(left):
            amount = min(sum(left), dice.randrange(1, sum(shops) + 1))
            left = [rest - part for rest, part in zip(left, split(amount, left), strict=True)]
            assert min(left) >= 0
