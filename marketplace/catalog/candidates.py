"""What words and filters leave: counted for each facet, put in order, cut into pages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import cos, hypot, radians

from marketplace.catalog import tags
from marketplace.catalog.cards import PAGE, cards_of
from marketplace.catalog.directory import Directory, Entry
from marketplace.catalog.engine import Candidate
from marketplace.catalog.narrowing import Sort
from marketplace.catalog.scopes import Slice, numbers_in

Groups = Mapping[str, tuple[str, ...]]
PRICE = "harga"


def narrowed(
    goods: Sequence[Candidate], groups: Groups, lowest: int | None, highest: int | None
) -> tuple[list[Candidate], Mapping[str, list[Candidate]]]:
    """Those that pass every filter; and by facet those that only its own choice keeps out."""
    if not groups and lowest is None and highest is None:
        return list(goods), {}
    kept: list[Candidate] = []
    missed: dict[str, list[Candidate]] = {name: [] for name in (*groups, PRICE)}
    wanted = {name: frozenset(group) for name, group in groups.items()}
    for each in goods:
        own = each.tags.split()
        failed = [name for name, group in wanted.items() if group.isdisjoint(own)]
        if (lowest is not None and each.price < lowest) or (highest is not None and each.price > highest):
            failed.append(PRICE)
        if not failed:
            kept.append(each)
        elif len(failed) == 1:
            missed[failed[0]].append(each)
    return kept, missed


def counts_of(goods: Iterable[Candidate]) -> Counter[str]:
    """How many of these goods have each tag."""
    return Counter(" ".join([each.tags for each in goods]).split())


def in_order(goods: Sequence[Candidate], sort: Sort, near: Entry | None, places: Directory) -> Sequence[Candidate]:
    """The candidates, which come best first, in the order that was asked for."""
    match sort:
        case Sort.NEWEST:
            return sorted(goods, key=lambda each: -each.id)
        case Sort.BEST_SELLING:
            return sorted(goods, key=lambda each: (-each.sold, -each.id))
        case Sort.CHEAPEST:
            return sorted(goods, key=lambda each: (each.price, each.id))
        case Sort.DEAREST:
            return sorted(goods, key=lambda each: (-each.price, -each.id))
        case Sort.NEAREST if near:
            return _nearest_first(goods, near, places)
    return goods


def slice_of(goods: Sequence[Candidate], cursor: str) -> Slice:
    """The page that follows the cursor: how many were shown, and the last of them, as others may have come since."""
    shown, last = numbers_in(cursor, 2) or (0, 0)
    start = shown if goods[shown - 1 : shown] and goods[shown - 1].id == last else _after(goods, last, shown)
    here = goods[start : start + PAGE]
    after = f"{start + PAGE}.{here[-1].id}" if len(goods) > start + PAGE else ""
    return Slice(cards_of([each.id for each in here]), after, start == 0)


def _after(goods: Sequence[Candidate], last: int, shown: int) -> int:
    """Where the list goes on when its order has changed since; from the beginning behind its end."""
    found = next((n for n, each in enumerate(goods, start=1) if each.id == last), shown)
    return found if found < len(goods) else 0


def _nearest_first(goods: Sequence[Candidate], near: Entry, places: Directory) -> list[Candidate]:
    """By the distance of the shop's kelurahan; among those of one kelurahan the best first."""
    away = {tags.kelurahan(place.id): _distance(near, place) for place in places.kelurahan.values()}
    far = max(away.values())

    def distance(each: Candidate) -> float:
        return min((away[tag] for tag in each.tags.split() if tag in away), default=far)

    return sorted(goods, key=distance)


def _distance(one: Entry, other: Entry) -> float:
    """Between two centres, in degrees of latitude: good enough to compare within a city."""
    return hypot(one.latitude - other.latitude, (one.longitude - other.longitude) * cos(radians(one.latitude)))
