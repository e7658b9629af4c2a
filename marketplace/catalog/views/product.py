"""The page of one product."""

from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from marketplace.accounts.access import PUBLIC, allow
from marketplace.catalog.on_show import ShownProduct
from marketplace.catalog.structured import product_data
from marketplace.catalog.views.blueprint import bp
from marketplace.catalog.views.shopfront import product_to_show, shopfront
from marketplace.config import settings
from marketplace.language import language
from marketplace.sellers.on_show import ShownShop
from marketplace.sellers.whatsapp import chat_url

FEW = 3  # pieces left, from which on the page says so


@bp.get("/produk/<slug>")
@allow(PUBLIC)
def product(slug: str) -> str:
    """Everything a buyer wants to know, and the form that puts a variant into the cart."""
    page = product_to_show(slug)
    found = page.product
    return render_template(
        "catalog/product.html",
        product=found,
        title=found.title_en if language() == "en" and found.title_en else found.title,
        few=FEW,
        more=page.more,
        opinions=page.opinions,
        **shopfront(page.shop),
    )


@bp.app_template_global()
def structured(product: ShownProduct, shop: str, title: str) -> dict[str, Any]:
    """What search engines read about a product."""
    url = url_for("catalog.product", slug=product.slug)
    return product_data(product, shop, title, product.photos, settings().base_url, url)


@bp.app_template_global()
def question_about(shop: ShownShop, title: str) -> str:
    """Opens a chat with the shop about a product."""
    market = settings().city.market
    return chat_url(shop, _("Halo, saya ingin bertanya tentang %(title)s di %(market)s.", title=title, market=market))
