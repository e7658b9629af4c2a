"""When things happen in the demo market: it opened months ago, and every order has a day of its own."""

from datetime import datetime, timedelta
from random import Random

from marketplace.clock import WIB, now, to_wib
from marketplace.demo.content import Entry

PEOPLE_CAME = timedelta(days=130)
SHOPS_OPENED = timedelta(days=120)
GOODS_ARRIVED = timedelta(days=75)
GOODS_COMPLETE = timedelta(days=50)  # no order is older: all goods were there by then


def spread(first: timedelta, last: timedelta, rank: int, count: int) -> datetime:
    """The moment of number `rank` of `count` things that came evenly from `first` to `last` ago."""
    return now() - first + (first - last) * rank / count


def ordered_at(entry: Entry) -> datetime:
    """At some time between seven and seven, so many days ago; an entry without `days_ago` is ordered right now."""
    if "days_ago" not in entry:
        return now()
    minutes = Random(entry["key"]).randrange(7 * 60, 19 * 60)
    day = to_wib(now()).date() - timedelta(days=entry["days_ago"])
    return datetime(day.year, day.month, day.day, minutes // 60, minutes % 60, tzinfo=WIB)


def later(before: datetime, least: timedelta, most: timedelta, seed: str) -> datetime:
    """Between `least` and `most` after `before`, the same for the same seed; never in the future."""
    return min(before + least + (most - least) * Random(seed).random(), now())
