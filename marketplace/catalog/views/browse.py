"""Home, categories, search, kampung and shops: the ways to the goods."""

from flask import abort, render_template
from flask_babel import gettext as _
from sqlalchemy import bindparam

from marketplace import stamps
from marketplace.accounts.access import PUBLIC, allow
from marketplace.catalog import cards, tags
from marketplace.catalog.category_tree import category_tree, live_tops
from marketplace.catalog.directory import Directory, Entry, directory
from marketplace.catalog.facet_counts import stocked_shelves
from marketplace.catalog.queries import MOST_COUNTED, kampung_tiles, shops_of_kampung
from marketplace.catalog.scopes import Scope, scope_of_category, scope_of_kampung, scope_of_shop
from marketplace.catalog.views.blueprint import bp
from marketplace.catalog.views.listing import listing_page
from marketplace.catalog.views.shopfront import shopfront
from marketplace.config import settings
from marketplace.pagecache import shows
from marketplace.places.queries import kampung_named, places_of_kampung
from marketplace.reading import Query
from marketplace.sellers.on_show import SHOP, ShownShop
from marketplace.sellers.whatsapp import chat_url

BEST_SELLING = 10
NEWEST = 20

_KAMPUNG_TILES, _KAMPUNG_WITH_SHOPS = Query(kampung_tiles()), Query(kampung_tiles(most=1))
_KAMPUNG = Query(kampung_named(bindparam("slug")))
_PLACES_OF_KAMPUNG = Query(places_of_kampung(bindparam("kampung_id")))
_SHOPS_OF_KAMPUNG = Query(shops_of_kampung(bindparam("kampung_id")))


@bp.get("/")
@allow(PUBLIC)
def home() -> str:
    """The market at a glance; what has no goods is not shown."""
    shows(stamps.SITE)
    best = cards.best_selling(BEST_SELLING)
    shown = {card.id for card in best}
    new = tuple(card for card in cards.newest(NEWEST + len(best)) if card.id not in shown)[:NEWEST]
    kampung = [tile for tile in _KAMPUNG_WITH_SHOPS.all() if tile.shops]
    return render_template("catalog/home.html", tops=live_tops(category_tree()), kampung=kampung, best=best, new=new)


@bp.get("/kategori/<slug>")
@allow(PUBLIC)
def category(slug: str) -> str:
    """The goods of a category and of those below it."""
    places = directory()
    shelf = places.categories.get(slug) or abort(404)
    top = places.above(shelf)
    shows(stamps.category((top or shelf).id))
    return listing_page(
        "catalog/category.html",
        scope_of_category(shelf),
        own={"kategori": slug},
        fixed=("kategori",) if top else (),
        shelf=shelf,
        top=top or shelf,
        others=_stocked_below(top or shelf, places),
    )


def _stocked_below(top: Entry, places: Directory) -> tuple[Entry, ...]:
    """The shelves of a topmost category that hold goods."""
    stocked = stocked_shelves(tags.category(top.id))
    return tuple(shelf for shelf in places.children(top) if tags.category(shelf.id) in stocked)


@bp.get("/cari", endpoint="search")
@allow(PUBLIC)
def find() -> str:
    """What the words of `q` find; without `q` everything, the best first."""
    shows(stamps.SITE)
    return listing_page("catalog/search.html", Scope())


@bp.get("/kampung")
@allow(PUBLIC)
def kampung_list() -> str:
    """Every kampung with the number of its shops."""
    shows(stamps.SITE)
    return render_template("catalog/kampung_list.html", kampung=_KAMPUNG_TILES.all(), most=MOST_COUNTED)


@bp.get("/kampung/<slug>")
@allow(PUBLIC)
def kampung(slug: str) -> str:
    """One kampung: what it makes, where it lies, its shops and their goods."""
    found = _KAMPUNG.first(slug=slug) or abort(404)
    shows(stamps.kampung(found.id))
    return listing_page(
        "catalog/kampung.html",
        scope_of_kampung(found.id),
        own={"kampung": slug},
        fixed=("kampung",),
        kampung=found,
        find_places=lambda: tuple(_PLACES_OF_KAMPUNG.all(kampung_id=found.id)),
        find_shops=lambda: tuple(_SHOPS_OF_KAMPUNG.all(kampung_id=found.id)),
    )


@bp.get("/toko/<slug>")
@allow(PUBLIC)
def shop(slug: str) -> str:
    """One shop: where and when, how it delivers, and its goods."""
    found = SHOP.first(slug=slug) or abort(404)
    fixed = ("toko", "kampung", "kelurahan")
    shows(stamps.shop(found.id))
    shown = shopfront(found)
    return listing_page("catalog/shop.html", scope_of_shop(found.id), own={"toko": slug}, fixed=fixed, **shown)


@bp.app_template_global()
def greeting_to(shop: ShownShop) -> str:
    """Opens a chat with a shop."""
    market = settings().city.market
    return chat_url(shop, _("Halo %(shop)s, saya melihat toko Anda di %(market)s.", shop=shop.name, market=market))
