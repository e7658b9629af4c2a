"""How many listed goods of a scope have a tag: exact counts, moved by whoever changes a product's tags."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product as crossed

from sqlalchemy import bindparam, delete, select, text

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
_PAIRS: Query[tuple[str, int]] = Query(_COUNTS.order_by(FacetCount.tag))
_SHELVES: Query[tuple[str, int]] = Query(_COUNTS.where(FacetCount.tag.between("ka_", "ka_~")))

Moves = Counter[tuple[str, str]]


def counts_of(scope: str) -> Mapping[str, int]:
    """How many goods have each tag, TOTAL among them; `scope` is SITE or the tag of a category, kampung or shop."""
    return dict(db.session.execute(_COUNTS, {"of": scope}).all())


def pairs_of(scope: str) -> tuple[tuple[str, int], ...]:
    """The same as pairs in order, for the pages that print them."""
    return tuple(_PAIRS.all(of=scope))


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
