"""One list of goods for every page that shows one: its cards, how it can be narrowed down, and the way on."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from marketplace.catalog import candidates, rotation
from marketplace.catalog.cards import Cards, cards_of
from marketplace.catalog.directory import Directory, directory
from marketplace.catalog.engine import MOST, Candidate
from marketplace.catalog.facet_counts import Counts, stored
from marketplace.catalog.facets import FacetCounts, count_text, must
from marketplace.catalog.narrowing import Narrowing, Sort
from marketplace.catalog.scopes import Kind, Scope, Slice, scope_of_category, scope_of_kampung, scope_of_shop, slice_of
from marketplace.catalog.search import LAST, Found, find, question_of
from marketplace.catalog.understanding import Question

Groups = Mapping[str, tuple[str, ...]]
INSTEAD = 8


@dataclass(frozen=True)
class Listing:
    """A page of goods; `total` are all of them, at least so many when `is_cut`: then only the best are looked at.

    `found` tells which words were corrected or left out, None where there were none. `instead` nearly match, when
    nothing does.
    """

    slice: Slice
    total: int
    counts: FacetCounts
    is_cut: bool = False
    found: Found | None = None
    instead: Cards = ()

    @property
    def number(self) -> str:
        """`total` as it is printed."""
        return count_text(self.total, self.is_cut)


def listing(narrowing: Narrowing, scope: Scope, shops: Mapping[str, int]) -> Listing:
    """The page of this scope that the narrowing asks for; `shops` are ids by slug of those that it names."""
    places = directory()
    inner = _inner(scope, narrowing, places, shops)
    if inner and not (narrowing.text or narrowing.near or narrowing.has_price):
        return _whole(narrowing, scope, inner)
    return _chosen(narrowing, scope, must(narrowing, places, shops), places)


def matching(narrowing: Narrowing, shops: Mapping[str, int]) -> int:
    """How many goods match every word and filter, at most MOST; none that have only some of the words."""
    groups = must(narrowing, directory(), shops)
    price = (narrowing.price_min, narrowing.price_max)
    found = find(narrowing.text, list(groups.values()), price=price, literal=narrowing.is_literal)
    return 0 if found.corrected else sum(each.tier < LAST for each in found.candidates)


def _inner(scope: Scope, narrowing: Narrowing, places: Directory, shops: Mapping[str, int]) -> Scope | None:
    """The scope that holds just what the filters leave: this one without filters, or what a single choice names."""
    if not narrowing.chosen:
        return scope
    [name, *others] = narrowing.chosen
    [value, *more] = narrowing.chosen[name]
    if others or more or scope.kind not in {Kind.SITE, Kind.TOP_CATEGORY}:
        return None
    if name == "kategori":
        return scope_of_category(places.categories[value])
    if scope.kind is Kind.SITE and name == "kampung":
        return scope_of_kampung(places.kampung[value].id)
    if scope.kind is Kind.SITE and name == "toko":
        return scope_of_shop(shops[value])
    return None


def _whole(narrowing: Narrowing, scope: Scope, inner: Scope) -> Listing:
    """A scope as it is: stretches of an index, and the counts that its writers keep."""
    inside = stored(inner.tag)
    if narrowing.sort in {Sort.RELEVANT, Sort.NEAREST}:
        page = rotation.slice_of(inner, inside, narrowing.after)
    else:
        page = slice_of(inner, narrowing.sort, narrowing.after)
    outside = inside if inner == scope else stored(scope.tag)
    return Listing(page, inside.total, FacetCounts(inside, tuple((name, outside) for name in narrowing.chosen)))


def _chosen(narrowing: Narrowing, scope: Scope, groups: Groups, places: Directory) -> Listing:
    """What words and filters leave of a scope: at most MOST candidates, the best first.

    Where the words alone find no more than that, the filters are applied here, and each facet can be counted as if
    nothing of its own were chosen. Otherwise the index filters.
    """
    in_scope = [] if scope.kind is Kind.SITE else [(scope.tag,)]
    question = question_of(narrowing.text, narrowing.is_literal)
    whole = None if narrowing.text else stored(scope.tag)
    least = whole.total if whole else question.at_least if scope.kind is Kind.SITE else 0
    if least <= MOST or not narrowing.is_narrowed:
        found = _find(narrowing, question, places, in_scope)
        if not found.capped or not narrowing.is_narrowed:
            kept, missed = candidates.narrowed(found.candidates, groups, narrowing.price_min, narrowing.price_max)
            shown = _listing(narrowing, places, found, kept, _counts_here(kept, missed, found.capped))
            return shown if kept else replace(shown, instead=cards_of(_almost(found, missed)))
    price = (narrowing.price_min, narrowing.price_max)
    found = _find(narrowing, question, places, [*in_scope, *groups.values()], price)
    counts = _counts_there(found, groups, whole if len(groups) == 1 and not narrowing.has_price else None)
    return _listing(narrowing, places, found, found.candidates, counts)


def _almost(found: Found, missed: Mapping[str, Sequence[Candidate]]) -> list[int]:
    """The ids of the best that miss one filter alone."""
    ids = {each.id for others in missed.values() for each in others}
    return [each.id for each in found.candidates if each.id in ids][:INSTEAD]


def _find(
    narrowing: Narrowing,
    question: Question,
    places: Directory,
    groups: Sequence[Sequence[str]],
    price: tuple[int | None, int | None] = (None, None),
) -> Found:
    near = places.kelurahan[narrowing.near].id if narrowing.near else None
    return find(narrowing.text, groups, price=price, near=near, question=question)


def _listing(
    narrowing: Narrowing, places: Directory, found: Found, goods: Sequence[Candidate], counts: FacetCounts
) -> Listing:
    near = places.kelurahan.get(narrowing.near)
    ordered = candidates.in_order(goods, narrowing.sort, near, places)
    page = candidates.slice_of(ordered, narrowing.after)
    return Listing(page, len(goods), counts, found.capped, found if narrowing.text else None)


def _counts_here(kept: Sequence[Candidate], missed: Mapping[str, Sequence[Candidate]], is_capped: bool) -> FacetCounts:
    """Every facet counted, its own choice set aside."""
    numbers = candidates.counts_of(kept)
    own = (
        (name, _counted(numbers + candidates.counts_of(others), len(kept) + len(others), is_capped))
        for name, others in missed.items()
    )
    return FacetCounts(_counted(numbers, len(kept), is_capped), tuple(own))


def _counts_there(found: Found, groups: Groups, whole: Counts | None) -> FacetCounts:
    """The facets without a choice counted; of those with one only what occurs is known, unless it is the only one."""
    every = _counted(candidates.counts_of(found.candidates), len(found.candidates), found.capped)
    own = whole or replace(every, is_capped=None)
    return FacetCounts(every, tuple((name, own) for name in groups))


def _counted(numbers: Counter[str], total: int, is_capped: bool) -> Counts:
    return Counts(tuple(numbers.items()), total, is_capped)
