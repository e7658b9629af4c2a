"""What the page of a shop and the pages of its products tell about the shop."""

from typing import Any

from flask import abort

from marketplace import stamps
from marketplace.catalog.on_show import PRODUCT_PAGE, ProductPage
from marketplace.catalog.views.blueprint import bp
from marketplace.language import language
from marketplace.pagecache import fresh_until, shows
from marketplace.sellers.delivery import DeliveryChoice, delivery_choices
from marketplace.sellers.hours import describe
from marketplace.sellers.on_show import ShownShop


def product_to_show(slug: str) -> ProductPage:
    """What the page of the product of this slug shows; 404 for none."""
    page: ProductPage = PRODUCT_PAGE.first(slug=slug) or abort(404)
    shows(stamps.product(page.product.id), stamps.shop(page.shop.id))
    return page


def shopfront(shop: ShownShop) -> dict[str, Any]:
    """The context of what a page says about a shop."""
    is_closed = shop.is_closed
    if is_closed:
        fresh_until(shop.closed_until)
    return {"shop": shop, "is_closed": is_closed}


@bp.app_template_global()
def hours_of(shop: ShownShop) -> list[tuple[str, str]]:
    """When it is open, as rows of days and times."""
    return describe(shop.hours, language())


@bp.app_template_global()
def deliveries_of(shop: ShownShop) -> list[DeliveryChoice]:
    """How its goods reach the buyer."""
    return delivery_choices(shop, shop.rates)
