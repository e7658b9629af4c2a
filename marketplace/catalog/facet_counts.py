"""How many listed goods of a scope have a tag: exact counts, moved by whoever changes a product's tags."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product as crossed

from sqlalchemy import ColumnElement, bindparam, delete, func, literal_column, select, text

from marketplace.catalog import tags
from marketplace.catalog.models import FacetCount
from marketplace.db import db
from marketplace.reading import Query

SITE = "pasar"
TOTAL = "semua"  # the count of all goods of the scope
# A list is narrowed by these alone to make a scope; they are named by the tag itself.
_SCOPES = frozenset({"ka", "kg", "tk"})
# Prices are compared, and a shop is chosen by its name: nobody reads these counts.
_UNCOUNTED = frozenset({"hg", "tk"})

_MOVE = text(
    "INSERT INTO facet_count (scope, tag, n) VALUES (:scope, :tag, :n)"
    " ON CONFLICT (scope, tag) DO UPDATE SET n = facet_count.n + excluded.n"
)
_COUNTS = select(FacetCount.tag, FacetCount.n).where(FacetCount.scope == bindparam("of"), FacetCount.n > 0)
# One row that is read at once, and told apart from what it was before at once; no tag has a blank or a comma. A str as
# the separator would be put in at each execution by SQLAlchemy, which does not execute a Query: so it is written out.
_COMMA: ColumnElement[str] = literal_column("','")
_PAIR = FacetCount.tag.op("||")(literal_column("' '")).op("||")(FacetCount.n)  # a cast would cost a fifth
_PAIRS = func.aggregate_strings(_PAIR, _COMMA).label("pairs")  # type: ignore[arg-type]  # its type knows str alone
_WRITTEN: Query[tuple[str | None]] = Query(_COUNTS.with_only_columns(_PAIRS))
_SHELVES: Query[tuple[str, int]] = Query(_COUNTS.where(FacetCount.tag.between("ka_", "ka_~")))

Moves = Counter[tuple[str, str]]
MOST_KEPT = 1000  # scopes


@dataclass(frozen=True)
class Counts:
    """Goods by tag among `total`; `is_capped` when there are more of all, None when only their being there is known."""

    pairs: tuple[tuple[str, int], ...]
    total: int
    is_capped: bool | None = False

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """How many goods have a tag."""
        return dict(self.pairs)

    @cached_property
    def qualities(self) -> Sequence[tuple[int, int]]:
        """Each quality with the number of its goods, the best first."""
        counted = ((tags.quality_in(tag), n) for tag, n in self.pairs)
        return sorted(((quality, n) for quality, n in counted if quality is not None), reverse=True)


def counts_of(scope: str) -> Mapping[str, int]:
    """How many goods have each tag, TOTAL among them; `scope` is SITE or the tag of a category, kampung or shop."""
    return dict(db.session.execute(_COUNTS, {"of": scope}).all())


def stored(scope: str) -> Counts:
    """The same for pages: made anew only when a count has moved."""
    [[written]] = _WRITTEN.all(of=scope)
    return _read(written or "")


@lru_cache(MOST_KEPT)
def _read(written: str) -> Counts:
    numbers = {tag: int(n) for tag, n in (pair.split(" ") for pair in written.split(",") if pair)}
    return Counts(tuple(sorted(numbers.items())), numbers.get(TOTAL, 0))


def stocked_shelves(scope: str) -> set[str]:
    """The tags of the categories that hold some of the goods."""
    return {tag for tag, _n in _SHELVES.all(of=scope)}


def move(moves: Moves) -> None:
    """Apply differences, in a fixed order so that no two writers wait for each other; the last thing a writer does."""
    rows = [{"scope": scope, "tag": tag, "n": n} for (scope, tag), n in sorted(moves.items()) if n]
    if rows:
        db.session.execute(_MOVE, rows)


def replace_all(moves: Moves) -> None:
    """Begin anew with these counts."""
    db.session.execute(delete(FacetCount))
    move(moves)


def counted(product_tags: Iterable[str], quality: int) -> Moves:
    """What a listed product adds, in each of its scopes."""
    own = list(product_tags)
    scopes = [SITE, *(tag for tag in own if tags.kind(tag) in _SCOPES)]
    each = [TOTAL, tags.quality(quality), *(tag for tag in own if tags.kind(tag) not in _UNCOUNTED)]
    return Counter(crossed(scopes, each))
