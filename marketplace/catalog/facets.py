"""What a list can be narrowed by: the values of each facet, how many goods have them, and which are chosen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from flask_babel import gettext as _

from marketplace.catalog import tags
from marketplace.catalog.directory import Directory, Entry, directory
from marketplace.catalog.facet_counts import Counts
from marketplace.catalog.narrowing import COLOURS, SIZES, STARS, Narrowing
from marketplace.language import language

EXACT = 1000  # counts are exact up to here
FLAG_TAGS = {
    "tersedia": tags.AVAILABLE,
    "halal": tags.HALAL,
    "pirt": tags.PIRT,
    "po": tags.TO_ORDER,
    "ambil": tags.PICKUP,
}


class Choice(NamedTuple):
    """A value of a facet as everyone sees it: a product is meant that has one of its tags."""

    name: str
    value: str
    label: str
    tags: tuple[str, ...]
    is_below: bool = False


class Value(NamedTuple):
    """A choice on one page: how many goods it leaves, as printed, and whether it is chosen."""

    name: str
    value: str
    label: str
    number: str
    is_chosen: bool
    is_below: bool


class Facet(NamedTuple):
    """A group of values; `name` is their parameter, or `pilihan` for the flags, which have one each."""

    name: str
    label: str
    values: tuple[Value, ...]
    is_chosen: bool


@dataclass(frozen=True)
class FacetCounts:
    """What the numbers beside the choices are of: `every` good of the list, or for a facet its `own`, by parameter."""

    every: Counts
    own: tuple[tuple[str, Counts], ...] = ()

    def of(self, name: str) -> Counts:
        """The goods that all choices but the parameter's own leave."""
        return next((counts for own, counts in self.own if own == name), self.every)


def count_text(n: int, is_capped: bool) -> str:
    """Exact to 1,000, `1.000+` above, `12+` for 12 or more."""
    if n >= EXACT:
        return _("1.000+") if n > EXACT or is_capped else _("1.000")
    return f"{n}+" if is_capped else str(n)


def must(narrowing: Narrowing, places: Directory, shops: Mapping[str, int]) -> dict[str, tuple[str, ...]]:
    """By facet, the tags of which a product must have one; `shops` are ids by slug."""
    known = _by_value(places, language())
    return {
        name: tuple(tag for value in values for tag in _tags_of_shop_or(known, name, value, shops))
        for name, values in narrowing.chosen.items()
    }


def label_of(name: str, value: str, places: Directory) -> str:
    """A chosen value in the language of the page."""
    return _by_value(places, language())[name, value].label


def facets_of(narrowing: Narrowing, counts: FacetCounts, shelf: Entry | None = None) -> list[Facet]:
    """The facets that tell some of the goods apart, in the order of the page; below a `shelf`, its own children."""
    facets = []
    for name, label, choices in _groups(directory(), shelf, language()):
        values = tuple(_values(narrowing, counts, choices, drops_common=name == "pilihan"))
        is_chosen = any(value.is_chosen for value in values)
        if values and (is_chosen or not _is_common(choices, counts)):
            facets.append(Facet(name, label, values, is_chosen))
    return facets


def _values(
    narrowing: Narrowing, counts: FacetCounts, choices: Sequence[Choice], *, drops_common: bool
) -> Iterator[Value]:
    for name, value, label, its_tags, is_below in choices:
        goods = counts.of(name)
        n = sum(goods.numbers.get(tag, 0) for tag in its_tags)
        is_chosen = value in narrowing.chosen.get(name, ())
        if is_chosen or (n and not (drops_common and n == goods.total)):
            yield Value(name, value, label, _number(n, goods), is_chosen, is_below)


def _number(n: int, goods: Counts) -> str:
    """As it is printed; nothing where only their being there is known."""
    return "" if goods.is_capped is None else count_text(n, goods.is_capped)


def _is_common(choices: Sequence[Choice], counts: FacetCounts) -> bool:
    """Whether every value that occurs is had by all goods, so that choosing it changes nothing."""
    goods = counts.of(choices[0].name)
    numbers = (sum(goods.numbers.get(tag, 0) for tag in choice.tags) for choice in choices)
    return all(n in {0, goods.total} for n in numbers)


def _tags_of_shop_or(
    known: Mapping[tuple[str, str], Choice], name: str, value: str, shops: Mapping[str, int]
) -> tuple[str, ...]:
    return (tags.shop(shops[value]),) if name == "toko" else known[name, value].tags


@lru_cache(maxsize=8)
def _by_value(places: Directory, _language: str) -> Mapping[tuple[str, str], Choice]:
    groups = _groups(places, None, _language)
    return {(choice.name, choice.value): choice for _name, _label, choices in groups for choice in choices}


@lru_cache(maxsize=64)
def _groups(places: Directory, shelf: Entry | None, language: str) -> Sequence[tuple[str, str, Sequence[Choice]]]:
    """Every group with its label and choices. Built once in each language: a page prints more than a hundred labels."""
    kelurahan = places.kelurahan.values()
    shelves = places.children(shelf) if shelf else places.categories.values()
    return (
        ("kategori", _("Kategori"), [_shelf(entry, shelf, language) for entry in shelves]),
        ("pilihan", _("Pilihan"), [Choice(name, "1", label, (FLAG_TAGS[name],)) for name, label in _flags().items()]),
        ("kampung", _("Kampung"), [_place("kampung", entry, language) for entry in places.kampung.values()]),
        ("antar", _("Diantar ke"), [Choice("antar", e.slug, e.name, tags.delivered_to(e.id)) for e in kelurahan]),
        ("ukuran", _("Ukuran"), [Choice("ukuran", size, size.upper(), (tags.size(size),)) for size in SIZES]),
        ("warna", _("Warna"), [_colour(value, label) for value, label in _colours().items()]),
        ("rating", _("Rating"), [_stars(value) for value in STARS]),
        ("kelurahan", _("Kelurahan"), [_place("kelurahan", entry, language) for entry in kelurahan]),
    )


def _shelf(entry: Entry, shelf: Entry | None, language: str) -> Choice:
    is_below = shelf is None and entry.parent_id is not None
    return Choice("kategori", entry.slug, entry.told(language), (tags.category(entry.id),), is_below)


def _place(name: str, entry: Entry, language: str) -> Choice:
    tag = tags.kampung(entry.id) if name == "kampung" else tags.kelurahan(entry.id)
    return Choice(name, entry.slug, entry.told(language), (tag,))


def _colour(value: str, label: str) -> Choice:
    return Choice("warna", value, label, (tags.colour(value.replace("-", "_")),))


def _stars(value: str) -> Choice:
    return Choice("rating", value, _("%(stars)s bintang ke atas", stars=value), (tags.rating(int(value)),))


def _flags() -> dict[str, str]:
    return {
        "tersedia": _("Stok tersedia"),
        "halal": _("Halal"),
        "pirt": _("P-IRT"),
        "po": _("Pre-order"),
        "ambil": _("Ambil di toko"),
    }


def _colours() -> dict[str, str]:
    """Labels of COLOURS, in their order."""
    labels = {
        "hitam": _("Hitam"),
        "putih": _("Putih"),
        "abu-abu": _("Abu-abu"),
        "merah": _("Merah"),
        "merah-muda": _("Merah muda"),
        "oranye": _("Oranye"),
        "kuning": _("Kuning"),
        "hijau": _("Hijau"),
        "biru": _("Biru"),
        "ungu": _("Ungu"),
        "cokelat": _("Cokelat"),
        "krem": _("Krem"),
        "emas": _("Emas"),
        "perak": _("Perak"),
        "natural": _("Natural"),
    }
    return {value: labels[value] for value in COLOURS}
