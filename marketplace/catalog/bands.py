"""Stretches of the ranks, best first, each named by a few tokens that PostgreSQL's index holds beside the words."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from marketplace.catalog.ranking import CIRCLE, ID_BITS, PLACES, RANK_BITS

# A rank belongs to a block of each of these sizes, in bits: one place of the circle of a quality, 4, 16 and 64 of them,
# the quality, 4 and 16 qualities. Blocks of a size lie side by side, and the next larger one holds them whole.
BLOCKS = (ID_BITS, ID_BITS + 2, ID_BITS + 4, ID_BITS + 6, RANK_BITS, RANK_BITS + 2, RANK_BITS + 4)
TOP = 1 << RANK_BITS + 10  # above every rank
# What a band holds of a word is read and sorted: many small ones cost less than few large ones.
LARGER = 3  # times as many goods as above a band are above the one after it
WIDE = 2  # of the goods, one in so many: beyond them it costs less to ask for all, and to leave out what lies above
Qualities = Sequence[tuple[int, int]]


class Band(NamedTuple):
    """Ranks below `below`: those with any of `tokens`, without any all."""

    below: int
    tokens: Sequence[str]


def blocks_of(rank: int) -> list[str]:
    """The blocks that a rank lies in."""
    return [f"r{bits}_{rank >> bits}" for bits in BLOCKS]


def is_block(token: str) -> bool:
    """Whether a token names a block of ranks."""
    return token[:1] == "r" and token[1:2].isdigit()


@lru_cache(maxsize=1000)
def bands(qualities: Qualities, first: int) -> Sequence[Band]:
    """All ranks in bands, best first, the last one of all that are lower; about `first` goods are in the first.

    `qualities` are how many goods there are of each, the best first. They may be out of date, each rank is in one band
    whatever they say.
    """
    limits = [TOP, *_limits(qualities, first)]
    upper = [Band(high, tuple(_blocks(low, high))) for high, low in pairwise(limits)]
    return [*upper, Band(limits[-1], ())]


def _limits(qualities: Qualities, first: int) -> Iterator[int]:
    """The lowest rank of each band but the last."""
    wanted, above, last = first, 0, sum(n for _quality, n in qualities) / WIDE
    for quality, n in qualities:
        places = 0
        while wanted < min(above + n, last):
            if (more := _places((wanted - above) / n)) > places:
                yield (quality + 1) * CIRCLE - more * (CIRCLE // PLACES)
            places, wanted = more, wanted * LARGER
        above += n


def _places(share: float) -> int:
    """So much of a circle in places, not more exactly than few tokens can say."""
    places = max(round(share * PLACES), 1)
    grain = 1
    while places >= 16 * grain:
        grain *= 4
    return places // grain * grain


def _blocks(low: int, high: int) -> Iterator[str]:
    """The fewest blocks that are just the ranks from `low` to below `high`."""
    while low < high:
        bits = max(bits for bits in BLOCKS if low % (1 << bits) == 0 and low + (1 << bits) <= high)
        yield f"r{bits}_{low >> bits}"
        low += 1 << bits
