"""Renders every list of goods: what the page fixes, what its address asks for, and the links that change it."""

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from flask import render_template, request
from flask_babel import gettext as _

from marketplace import stamps
from marketplace.catalog import tags
from marketplace.catalog.directory import Directory, Entry, directory
from marketplace.catalog.facet_counts import SITE, stocked_shelves
from marketplace.catalog.facets import facets_of, label_of
from marketplace.catalog.listing import Listing, listing
from marketplace.catalog.narrowing import Narrowing, Sort, read
from marketplace.catalog.queries import shops_named
from marketplace.catalog.scopes import Scope
from marketplace.catalog.views.blueprint import bp
from marketplace.db import db
from marketplace.money import format_rupiah
from marketplace.pagecache import shows

bp.add_app_template_global(facets_of)

NOTHING: Mapping[str, str] = MappingProxyType({})


class Link(NamedTuple):
    """A way to the same list, changed; `is_current` when it is that already, `value` is what a form sends for it."""

    text: str
    url: str
    is_current: bool = False
    value: str = ""


def listing_page(
    template: str,
    scope: Scope,
    *,
    own: Mapping[str, str] = NOTHING,
    fixed: Collection[str] = (),
    shelf: Entry | None = None,
    **context: object,
) -> str:
    """The page of a scope, which is what /cari finds with the parameters of `own`.

    Those in `fixed` cannot be chosen besides; below a `shelf` its children can.
    """
    places, path = directory(), request.script_root + request.path
    asked = read(request.args.to_dict(flat=False), places, fixed, shelf.slug if shelf else "")
    shops = _shops(asked)
    narrowing = asked.only_shops(shops)
    found = _found(narrowing, scope, shops)
    return render_template(
        template,
        listing=found,
        narrowing=narrowing,
        path=path,
        own=own,
        shelf=shelf,
        shelves=[] if found.slice.cards else _stocked(places),
        can_narrow=found.total > 1 or narrowing.is_narrowed,
        chips=list(_chips(narrowing, path, places, shops)),
        **context,
    )


def _found(narrowing: Narrowing, scope: Scope, shops: Mapping[str, tuple[int, str]]) -> Listing:
    if narrowing.text:
        shows(stamps.SITE)  # words are corrected by what all goods say
    return listing(narrowing, scope, {slug: id for slug, (id, _name) in shops.items()})


def _stocked(places: Directory) -> list[Entry]:
    """The shelves that hold goods, for those who have found none."""
    shows(stamps.SITE)
    stocked = stocked_shelves(SITE)
    return [shelf for shelf in places.categories.values() if tags.category(shelf.id) in stocked]


def asked_list() -> tuple[Narrowing, list[str]]:
    """What the address asks of everything, and the names of its filters."""
    places = directory()
    asked = read(request.args.to_dict(flat=False), places)
    shops = _shops(asked)
    narrowing = asked.only_shops(shops)
    return narrowing, [chip.text for chip in _chips(narrowing.words_and_filters(), "", places, shops)]


def _shops(asked: Narrowing) -> dict[str, tuple[int, str]]:
    """Id and name by slug of the shops that the address names and that are on show."""
    if "toko" not in asked.chosen:
        return {}
    return {slug: (id, name) for slug, id, name in db.session.execute(shops_named(asked.chosen["toko"]))}


@bp.app_template_global()
def sorts_of(narrowing: Narrowing, path: str) -> Iterator[Link]:
    """The orders to choose from; the distance is one of them once it is known from where."""
    labels = {
        Sort.RELEVANT: _("Terkait"),
        Sort.NEWEST: _("Terbaru"),
        Sort.BEST_SELLING: _("Terlaris"),
        Sort.CHEAPEST: _("Harga terendah"),
        Sort.DEAREST: _("Harga tertinggi"),
        Sort.NEAREST: _("Terdekat"),
    }
    for sort, label in labels.items():
        if sort is not Sort.NEAREST or narrowing.near:
            yield Link(label, narrowing.sorted_by(sort).address(path), sort is narrowing.sort, sort.value)


@bp.app_template_global()
def kelurahan() -> Collection[Entry]:
    """Every kelurahan, to measure distances from."""
    return directory().kelurahan.values()


def _chips(narrowing: Narrowing, path: str, places: Directory, shops: Mapping[str, tuple[int, str]]) -> Iterator[Link]:
    """What is chosen, each with the address that is left without it."""
    for name, values in narrowing.chosen.items():
        for value in values:
            label = shops[value][1] if name == "toko" else _chip(name, label_of(name, value, places))
            yield Link(label, narrowing.without(name, value).address(path))
    if narrowing.price_min is not None:
        text = _("Mulai %(price)s", price=format_rupiah(narrowing.price_min))
        yield Link(text, narrowing.without("harga_min").address(path))
    if narrowing.price_max is not None:
        text = _("Sampai %(price)s", price=format_rupiah(narrowing.price_max))
        yield Link(text, narrowing.without("harga_maks").address(path))
    if narrowing.near:
        text = _("Dekat %(place)s", place=places.kelurahan[narrowing.near].name)
        yield Link(text, narrowing.without("dekat").address(path))


def _chip(name: str, label: str) -> str:
    """A value that does not say by itself what it is of."""
    match name:
        case "antar":
            return _("Diantar ke %(place)s", place=label)
        case "kelurahan":
            return _("Kelurahan %(place)s", place=label)
        case "ukuran":
            return _("Ukuran %(size)s", size=label)
    return label
