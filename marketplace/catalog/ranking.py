"""What makes one product stand before another: every constant of the order with its reason, and nothing of one shop."""

# `/tentang-urutan` explains the order with these numbers.

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from marketplace.clock import now, to_wib

if TYPE_CHECKING:
    from marketplace.catalog.engine import Candidate

# Static quality, 0 to 1023, lets an index hold goods best first. What can be ordered always stands before what cannot:
# somebody who is shown sold-out goods first leaves. All other points together stay below this one.
IN_STOCK_POINTS = 512
# A picture tells more than any text, and a shop gets it right with one tap.
PHOTO_POINTS = 128
# A description that says something: two sentences or more.
DESCRIPTION_POINTS = 64
TELLING_LENGTH = 80
# Stars, with a prior: a product begins as if PRIOR_REVIEWS people had given it PRIOR_STARS, the usual average of our
# shops, so that a single review of five stars does not win over forty of 4.8.
RATING_POINTS = 192
PRIOR_REVIEWS = 5
PRIOR_STARS = 4.0
# Orders that arrived among those the shop had to decide on, with a prior of ten orders, nine of which arrived.
FULFILMENT_POINTS = 96
PRIOR_ORDERS = 10
PRIOR_DONE = 9
# Points move in steps, so that goods of like quality are equals that take turns, and an index seldom changes.
STEP = 32

# Goods of the last FRESH_DAYS stand before older ones of the same step, so that newcomers are seen; a nightly job takes
# the points back. Less than a step: they decide nothing else.
FRESH_POINTS = 16
FRESH_DAYS = 30
# Goods of equal points take turns: they stand on a circle of PLACES, a shop's all in one place, that each day begins
# somewhere else and is walked in either direction. Places of shops that opened one after the other lie far apart.
PLACES = 256

# rank = quality, place, id: unique, best first when descending.
ID_BITS, RANK_BITS = 40, 48
ID_MASK = (1 << ID_BITS) - 1
CIRCLE = 1 << RANK_BITS  # ranks of one quality


def rating_points(rating_sum: int, rating_count: int) -> float:
    """Points for stars, 0 to RATING_POINTS."""
    stars = (PRIOR_REVIEWS * PRIOR_STARS + rating_sum) / (PRIOR_REVIEWS + rating_count)
    return RATING_POINTS * (stars - 1) / 4


def fulfilment_points(done: int, lost: int) -> int:
    """Points for orders that arrived, 0 to FULFILMENT_POINTS, in steps."""
    share = (PRIOR_DONE + done) / (PRIOR_ORDERS + done + lost)
    return STEP * int(FULFILMENT_POINTS * share / STEP)


def quality_of(
    *,
    in_stock: bool,
    has_photo: bool,
    description: str,
    rating_sum: int,
    rating_count: int,
    done: int,
    lost: int,
    is_fresh: bool = False,
) -> int:
    """The static quality of a product, 0 to 1023."""
    points = fulfilment_points(done, lost) + rating_points(rating_sum, rating_count)
    points += PHOTO_POINTS * has_photo + DESCRIPTION_POINTS * (len(description) >= TELLING_LENGTH)
    return IN_STOCK_POINTS * in_stock + STEP * int(points / STEP) + FRESH_POINTS * is_fresh


def rank_of(quality: int, shop_id: int, id: int) -> int:
    """The place of a product among all others, the higher the better."""
    return (quality << RANK_BITS) | (_place_of(shop_id) << ID_BITS) | id


def is_fresh(created_at: datetime) -> bool:
    """Whether a product that came then is still new."""
    return created_at > now() - timedelta(days=FRESH_DAYS)


class Day(NamedTuple):
    """Whose turn it is: the rank within a quality where the circle begins, and whether ranks go up from there.

    If they do not, they go down from just below it. `number` names the day in the cursor of a list.
    """

    number: int
    start: int
    rises: bool

    def turn(self, rank: int) -> int:
        """When it is this rank's turn among those of its quality, 0 the first."""
        return (rank - self.start if self.rises else self.start - 1 - rank) % CIRCLE


@lru_cache(maxsize=8)
def day(number: int) -> Day:
    """The day of this ordinal number."""
    mixed = (number * 2_654_435_769) & 0xFFFF_FFFF
    mixed = ((mixed ^ (mixed >> 15)) * 2_246_822_519) & 0xFFFF_FFFF
    return Day(number, (mixed % PLACES) << ID_BITS, bool(mixed & 1 << 20))


def today() -> Day:
    """The day in WIB: turns change at midnight, so paging through a list stays stable."""
    return day(to_wib(now()).toordinal())


def _place_of(shop_id: int) -> int:
    return (shop_id * 2_654_435_769 & 0xFFFF_FFFF) >> 24  # by the golden section


# With a kelurahan chosen, goods within the same NEAR_KM stand together; nobody rides further for 300 metres less.
NEAR_KM = 1.0


def ordered(candidates: list["Candidate"], distances: Mapping[int, float] | None = None) -> list["Candidate"]:
    """Candidates by text match, can be ordered now, quality with freshness, distance; equals take turns.

    `distances` are kilometres by kelurahan id.
    """
    turn = today().turn
    far = {id: int(km / NEAR_KM) for id, km in (distances or {}).items()}

    def place(one: "Candidate") -> tuple[int, ...]:
        quality = one.rank >> RANK_BITS
        can_order = quality >= IN_STOCK_POINTS and not one.is_closed
        return one.tier, -can_order, -quality, far.get(one.kelurahan_id, 0), turn(one.rank)

    return sorted(candidates, key=place)
