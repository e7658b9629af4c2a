"""The page of one product."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from marketplace.accounts.access import PUBLIC, allow
from marketplace.catalog import cards
from marketplace.catalog.models import Product
from marketplace.catalog.queries import photos_ready, variants_on_offer
from marketplace.catalog.ratings import STARS, ReviewPage, reviews_of
from marketplace.catalog.structured import product_data
from marketplace.catalog.views.blueprint import bp
from marketplace.catalog.views.shopfront import product_to_show, shopfront
from marketplace.config import settings
from marketplace.db import db
from marketplace.language import language

MORE = 10
FEW = 3  # pieces left, from which on the page says so


@bp.get("/produk/<slug>")
@allow(PUBLIC)
def product(slug: str) -> str:
    """Everything a buyer wants to know, and the form that puts a variant into the cart."""
    found, above = product_to_show(slug)
    title = found.title_en if language() == "en" and found.title_en else found.title
    return render_template(
        "catalog/product.html",
        product=found,
        above=above,
        title=title,
        variants=db.session.scalars(variants_on_offer(found.id)).all(),
        few=FEW,
        more=cards.more_of_shop(found.shop_id, found.id, MORE),
        opinions=reviews_of(found.id) if found.rating_count else ReviewPage(),
        stars_of_all=STARS,
        **_photos(found, title),
        **shopfront(found.shop, _question(title)),
    )


def _photos(product: Product, title: str) -> dict[str, Any]:
    """The pictures, and what search engines read about the product with them."""
    photos = db.session.scalars(photos_ready(product.id)).all()
    url = url_for("catalog.product", slug=product.slug)
    return {"photos": photos, "structured": product_data(product, title, photos, settings().base_url, url)}


def _question(title: str) -> str:
    market = settings().city.market
    return _("Halo, saya ingin bertanya tentang %(title)s di %(market)s.", title=title, market=market)
