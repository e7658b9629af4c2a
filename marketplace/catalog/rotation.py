"""The best of a whole scope in the order of the day: equals take turns, though no page costs more than the first."""

# A scope is counted by quality, so the goods of one quality need not be sorted: those of a large one are two stretches
# of the index, from where the day begins on the circle to its end, and from the circle's end to there. Small ones that
# follow each other are read as one stretch and sorted here.

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import BigInteger, Integer, Select, bindparam, literal_column, select, union_all

from marketplace.catalog.cards import PAGE, Card, cards_query, listed
from marketplace.catalog.facet_counts import Counts
from marketplace.catalog.models import Product
from marketplace.catalog.ranking import CIRCLE, RANK_BITS, Day, day, today
from marketplace.catalog.scopes import Kind, Scope, Slice, bound_to, in_scope, numbers_in
from marketplace.reading import Query

SMALL = 2 * PAGE  # so many goods of a quality are rather sorted than walked


class Stretch(NamedTuple):
    """Ranks of the index, both ends included."""

    low: int = 1
    high: int = 0


NONE = Stretch()
STRETCHES = ("few", "first", "second")


class Part(NamedTuple):
    """What is read together: the `n` goods of small qualities, then the two stretches of a large one."""

    few: Stretch
    n: int
    first: Stretch = NONE
    second: Stretch = NONE


def slice_of(scope: Scope, counts: Counts, cursor: str) -> Slice:
    """The page of a scope that follows the cursor, which names the last rank and whose day it was.

    `counts` are the scope's. A cursor that is none means the first page of today.
    """
    after, number = numbers_in(cursor, 2) or (None, 0)
    turns = day(number) if number else today()
    rows: list[Card] = []
    for part in _parts(counts.qualities, turns, after):
        rows += _read(scope, turns, part, after)
        if len(rows) > PAGE:
            break
    goes_on = f"{rows[PAGE - 1].rank}.{turns.number}" if len(rows) > PAGE else ""
    return Slice(tuple(rows[:PAGE]), goes_on, after is None)


def _read(scope: Scope, turns: Day, part: Part, after: int | None) -> list[Card]:
    """The cards of a part behind the cursor, in the order of the day."""
    stretches = zip(STRETCHES, (part.few, part.first, part.second), strict=True)
    ends = {f"{name}_{end}": rank for name, own in stretches for end, rank in own._asdict().items()}
    rows = _QUERIES[scope.kind, turns.rises].all(**ends, **bound_to(scope), most=part.n + PAGE + 1)
    in_order = sorted(rows, key=lambda row: _place(row.rank, turns))
    return in_order if after is None else [row for row in in_order if _place(row.rank, turns) > _place(after, turns)]


def _place(rank: int, turns: Day) -> int:
    """What a list is sorted by: the best quality first, then whose turn it is."""
    return turns.turn(rank) - (rank >> RANK_BITS << RANK_BITS)


def _parts(sizes: Sequence[tuple[int, int]], turns: Day, after: int | None) -> Iterator[Part]:
    """Everything behind the cursor, a little at a time."""
    few, total, behind = NONE, 0, 0
    for quality, n in sizes:
        bottom = quality << RANK_BITS
        if after is not None and bottom > after:
            continue
        if n > SMALL:
            yield Part(few, total, *_of_circle(bottom, turns, after))
            few, total, behind = NONE, 0, 0
        else:
            few, total = Stretch(bottom, few.high or bottom + CIRCLE - 1), total + n
            behind += n if after is None or bottom + CIRCLE <= after else 0
            if behind > PAGE:
                yield Part(few, total)
                few, total, behind = NONE, 0, 0
    if total:
        yield Part(few, total)


def _of_circle(bottom: int, turns: Day, after: int | None) -> list[Stretch]:
    """The two stretches of a quality in the order of the day, or what the cursor leaves of them."""
    above = Stretch(bottom + turns.start, bottom + CIRCLE - 1)
    below = Stretch(bottom, bottom + turns.start - 1)
    both = [above, below] if turns.rises else [below, above]
    if after is None or after >= bottom + CIRCLE:
        return both
    if both[1].low <= after <= both[1].high:
        del both[0]
    cut = both[0]
    both[0] = Stretch(after + 1, cut.high) if turns.rises else Stretch(cut.low, after - 1)
    return both


def _query(kind: Kind, rises: bool) -> Query[Card]:
    """Most numbers of rows are written out: PostgreSQL then keeps one plan for all stretches."""
    limits = dict(zip(STRETCHES, (2 * SMALL + PAGE, PAGE + 1, PAGE + 1), strict=True))
    read = [_ids(kind, name, rises).limit(literal_column(str(most))).subquery() for name, most in limits.items()]
    every = union_all(*(select(one.c.id) for one in read)).subquery()
    here = select(every.c.id).limit(bindparam("most", type_=Integer)).subquery()  # the second only when needed
    return cards_query(listed().join(here, here.c.id == Product.id))


def _ids(kind: Kind, name: str, rises: bool) -> Select[int]:
    low, high = (bindparam(f"{name}_{end}", type_=BigInteger) for end in Stretch._fields)
    order = Product.rank.asc() if rises else Product.rank.desc()
    return select(Product.id).where(Product.is_listed, *in_scope(kind), Product.rank.between(low, high)).order_by(order)


# Statements are built once, at import: building one anew costs more than running it.
_QUERIES = {(kind, rises): _query(kind, rises) for kind in Kind for rises in (True, False)}
