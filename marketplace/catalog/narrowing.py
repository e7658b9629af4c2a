"""What a list is narrowed by and how it is sorted: read from an address, and written back as the same address."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode

from marketplace.catalog import tags
from marketplace.catalog.directory import Directory
from marketplace.catalog.search import readable
from marketplace.money import NotRupiah, parse_rupiah


class Sort(StrEnum):
    """The orders of a list, as addresses name them."""

    RELEVANT = "terkait"
    NEWEST = "terbaru"
    BEST_SELLING = "terlaris"
    CHEAPEST = "termurah"
    DEAREST = "termahal"
    NEAREST = "terdekat"


# Children's shoes are 17-35, adults' 36-45 on Indonesian charts; clothes come by letters.
SIZES = (*(str(size) for size in range(17, 47)), "s", "m", "l", "xl", "xxl")
COLOURS = tuple(name.replace("_", "-") for name in tags.COLOURS)
STARS = ("4", "3")
FLAGS = ("halal", "pirt", "tersedia", "po", "ambil")
# Every parameter of a list, in the one order that addresses have.
FACETS = ("kategori", "kampung", "kelurahan", "toko", *FLAGS, "antar", "ukuran", "warna", "rating")
PARAMETERS = ("q", "persis", *FACETS[:4], "harga_min", "harga_maks", *FACETS[4:], "dekat", "urut", "sesudah")
# Of these several may be chosen: a product is meant when it has one of them.
SEVERAL = frozenset({"kategori", "kampung", "kelurahan", "toko", "ukuran", "warna"})
MOST_VALUES = 20
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_CURSOR = re.compile(r"[0-9.]{1,60}", re.ASCII)


@dataclass(frozen=True)
class Narrowing:
    """Words, filters, order and place in a list; `chosen` are values by facet, each facet's in canonical order.

    `is_literal` searches the words as they were typed. Prices are rupiah, both ends included. `near` is the slug of
    the kelurahan that distances are measured from, `after` the cursor, both empty for none.
    """

    text: str = ""
    is_literal: bool = False
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    price_min: int | None = None
    price_max: int | None = None
    near: str = ""
    sort: Sort = Sort.RELEVANT
    after: str = ""

    @property
    def has_price(self) -> bool:
        """Whether prices have an end."""
        return self.price_min is not None or self.price_max is not None

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words, order and place is chosen."""
        return bool(self.chosen) or self.has_price

    @property
    def first_page(self) -> "Narrowing":
        """The same from its beginning."""
        return replace(self, after="")

    def page_after(self, cursor: str) -> "Narrowing":
        """The same from a cursor on."""
        return replace(self, after=cursor)

    def sorted_by(self, sort: Sort) -> "Narrowing":
        """The first page in another order."""
        return replace(self, sort=sort, after="")

    def has(self, facet: str, value: str) -> bool:
        """Whether this value is chosen."""
        return value in self.chosen.get(facet, ())

    def without(self, parameter: str, value: str = "") -> "Narrowing":
        """The first page without one chosen value, or without everything that the parameter says."""
        if parameter in FACETS:
            kept = tuple(each for each in self.chosen.get(parameter, ()) if value and each != value)
            others = {name: values for name, values in self.chosen.items() if name != parameter}
            return replace(self, chosen={**others, parameter: kept} if kept else others, after="")
        cleared: dict[str, dict[str, Any]] = {
            "harga_min": {"price_min": None},
            "harga_maks": {"price_max": None},
            "dekat": {"near": "", "sort": Sort.RELEVANT if self.sort is Sort.NEAREST else self.sort},
        }
        return replace(self, after="", **cleared[parameter])

    def only_shops(self, known: Collection[str]) -> "Narrowing":
        """Without the shops that are not known."""
        unknown = [slug for slug in self.chosen.get("toko", ()) if slug not in known]
        left = self
        for slug in unknown:
            left = replace(left.without("toko", slug), after=self.after)
        return left

    def words_only(self) -> "Narrowing":
        """The first page of what the words alone find."""
        sort = Sort.RELEVANT if self.sort is Sort.NEAREST else self.sort
        return Narrowing(text=self.text, is_literal=self.is_literal, sort=sort)

    def literally(self) -> "Narrowing":
        """The same words, searched for as they were typed."""
        return replace(self, is_literal=True, after="")

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Names and values as they stand in an address, in the order of PARAMETERS; defaults are left out."""
        single = {
            "q": self.text,
            "persis": "1" if self.is_literal else "",
            "harga_min": "" if self.price_min is None else str(self.price_min),
            "harga_maks": "" if self.price_max is None else str(self.price_max),
            "dekat": self.near,
            "urut": "" if self.sort is Sort.RELEVANT else self.sort.value,
            "sesudah": self.after,
        }
        for name in PARAMETERS:
            values = (single[name],) if name in single else self.chosen.get(name, ())
            yield from ((name, value) for value in values if value)

    def query(self) -> str:
        """What stands behind the question mark of an address."""
        return urlencode(list(self.pairs()), quote_via=quote)

    def words_and_filters(self) -> "Narrowing":
        """What is looked for, without order, place and page."""
        return replace(self, near="", sort=Sort.RELEVANT, after="")

    def with_own(self, own: Mapping[str, str]) -> "Narrowing":
        """The same narrowing of everything: with what the page itself is about, by parameter."""
        chosen = {**self.chosen, **{name: (value,) for name, value in own.items() if name not in self.chosen}}
        return replace(self, chosen={name: chosen[name] for name in FACETS if name in chosen}, after="")

    def address(self, path: str) -> str:
        """The address of this list; `path` is the page's own, with the language in front."""
        query = self.query()
        return f"{path}?{query}" if query else path


def read(
    arguments: Mapping[str, Sequence[str]], places: Directory, fixed: Collection[str] = (), shelf: str = ""
) -> Narrowing:
    """The narrowing that an address asks for; whatever it says that is unknown or unreadable is left out.

    `arguments` are lists of values by name. Parameters in `fixed` are the page's own and not asked of the address;
    below a `shelf` only the categories that stand on it can be chosen.
    """
    if not arguments:
        return Narrowing()
    first = {name: values[0] for name, values in arguments.items() if values}
    text = readable(first.get("q", ""))
    prices = sorted(price for price in (_rupiah(first, "harga_min"), _rupiah(first, "harga_maks")) if price)
    both = len(prices) == 2
    near = _one_of(places.kelurahan, first.get("dekat", ""))
    return Narrowing(
        text=text,
        is_literal=bool(text) and first.get("persis") == "1",
        chosen=_chosen(arguments, _known(places, shelf), fixed),
        price_min=prices[0] if both else _rupiah(first, "harga_min"),
        price_max=prices[1] if both else _rupiah(first, "harga_maks"),
        near=near,
        sort=_sort(first.get("urut", ""), bool(near)),
        after=first["sesudah"] if _CURSOR.fullmatch(first.get("sesudah", "")) else "",
    )


def _chosen(
    arguments: Mapping[str, Sequence[str]], known: Mapping[str, Collection[str]], fixed: Collection[str]
) -> Mapping[str, tuple[str, ...]]:
    """The known values of each facet, once each, in the order of the facet's own list."""
    chosen = {}
    for name in FACETS:
        asked = [value.strip() for value in arguments.get(name, ())[:MOST_VALUES]]
        if not asked or name in fixed:
            continue
        if name == "toko":
            values = tuple(sorted({value for value in asked if _SLUG.fullmatch(value) and len(value) < 80}))
        else:
            values = tuple(value for value in known[name] if value in asked)
        if values:
            chosen[name] = values if name in SEVERAL else values[:1]
    return chosen


def _known(places: Directory, shelf: str) -> Mapping[str, Collection[str]]:
    """What can be chosen, by facet; shops are looked up later."""
    on_shelf = places.categories.get(shelf)
    shelves = [entry.slug for entry in places.children(on_shelf)] if on_shelf else places.categories
    return {
        "kategori": shelves,
        "kampung": places.kampung,
        "kelurahan": places.kelurahan,
        **dict.fromkeys(FLAGS, ("1",)),
        "antar": places.kelurahan,
        "ukuran": SIZES,
        "warna": COLOURS,
        "rating": STARS,
    }


def _rupiah(first: Mapping[str, str], name: str) -> int | None:
    """An amount as people write one; nothing for 0, which narrows nothing."""
    text = first.get(name, "")
    try:
        return (parse_rupiah(text) or None) if text else None
    except NotRupiah:
        return None


def _one_of(known: Collection[str], value: str) -> str:
    return value if value in known else ""


def _sort(value: str, knows_near: bool) -> Sort:
    """The order of this name; the nearest first only when it is known from where."""
    sort = next((sort for sort in Sort if sort.value == value), Sort.RELEVANT)
    return Sort.RELEVANT if sort is Sort.NEAREST and not knows_near else sort
