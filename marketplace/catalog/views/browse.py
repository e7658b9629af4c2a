"""Home, categories, search, kampung and shops: the ways to the goods."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy import bindparam

from marketplace import stamps
from marketplace.accounts.access import PUBLIC, allow
from marketplace.catalog import cards, search
from marketplace.catalog.cards import CardPage
from marketplace.catalog.category_tree import category_tree, live_tops
from marketplace.catalog.models import Product
from marketplace.catalog.queries import kampung_tiles, shop_on_show, shops_of_kampung
from marketplace.catalog.views.blueprint import bp
from marketplace.catalog.views.shopfront import shopfront
from marketplace.config import settings
from marketplace.db import db
from marketplace.pagecache import shows
from marketplace.places.queries import kampung_named, places_of_kampung
from marketplace.sellers.models import Shop

BEST_SELLING = 10
NEWEST = 20

_ALL = cards.listed()
_OF_CATEGORIES = cards.listed(Product.category_id.in_(bindparam("category_ids", expanding=True)))
_OF_KAMPUNG = cards.listed(Shop.kampung_id == bindparam("kampung_id"))
_OF_SHOP = cards.listed(Product.shop_id == bindparam("shop_id"))
_KAMPUNG_TILES = kampung_tiles()


@bp.get("/")
@allow(PUBLIC)
def home() -> str:
    """The market at a glance; what has no goods is not shown."""
    shows(stamps.SITE)
    best = cards.best_selling(BEST_SELLING)
    shown = {card.id for card in best}
    new = [card for card in cards.newest(NEWEST + len(best)) if card.id not in shown][:NEWEST]
    kampung = [tile for tile in db.session.execute(_KAMPUNG_TILES) if tile.shops]
    return render_template("catalog/home.html", tops=live_tops(category_tree()), kampung=kampung, best=best, new=new)


@bp.get("/kategori/<slug>")
@allow(PUBLIC)
def category(slug: str) -> str:
    """The goods of a category and of those below it."""
    branch = category_tree().get(slug) or abort(404)
    shows(stamps.category((branch.parent or branch).id))
    page = cards.page_of(_OF_CATEGORIES, _cursor(), category_ids=branch.category_ids)
    return _listing("catalog/category.html", page, branch=branch, top=branch.parent or branch)


@bp.get("/cari", endpoint="search")
@allow(PUBLIC)
def find() -> str:
    """What the words of `q` find; without `q` everything, newest first."""
    shows(stamps.SITE)
    query = search.readable(request.args.get("q", ""))
    page = search.found(search.words_of(query), _cursor()) if query else cards.page_of(_ALL, _cursor())
    return _listing("catalog/search.html", page, query=query, tops=live_tops(category_tree()))


@bp.get("/kampung")
@allow(PUBLIC)
def kampung_list() -> str:
    """Every kampung with the number of its shops."""
    shows(stamps.SITE)
    return render_template("catalog/kampung_list.html", kampung=db.session.execute(_KAMPUNG_TILES).all())


@bp.get("/kampung/<slug>")
@allow(PUBLIC)
def kampung(slug: str) -> str:
    """One kampung: what it makes, where it lies, its shops and their goods."""
    found = db.session.scalar(kampung_named(slug)) or abort(404)
    shows(stamps.kampung(found.id))
    page = cards.page_of(_OF_KAMPUNG, _cursor(), kampung_id=found.id)
    return _listing(
        "catalog/kampung.html",
        page,
        kampung=found,
        places=db.session.execute(places_of_kampung(found.id)).all(),
        shops=db.session.execute(shops_of_kampung(found.id)).all(),
    )


@bp.get("/toko/<slug>")
@allow(PUBLIC)
def shop(slug: str) -> str:
    """One shop: where and when, how it delivers, and its goods."""
    found = db.session.scalar(shop_on_show(slug)) or abort(404)
    page = cards.page_of(_OF_SHOP, _cursor(), shop_id=found.id)
    greeting = _("Halo %(shop)s, saya melihat toko Anda di %(market)s.", shop=found.name, market=settings().city.market)
    return _listing("catalog/shop.html", page, **shopfront(found, greeting))


def _cursor() -> str:
    return request.args.get("sesudah", "")


def _listing(template: str, page: CardPage, **context: object) -> str:
    """Every list of goods is this list with a fixed filter and its own words above it."""
    query = context.get("query") or None
    here: dict[str, Any] = {"endpoint": request.endpoint, "q": query, **(request.view_args or {})}
    return render_template(
        template,
        page=page,
        next_url=url_for(**here, sesudah=page.after) if page.after else None,
        first_url=None if page.is_first else url_for(**here),
        **context,
    )
