"""What the page of a shop and the pages of its products tell about the shop."""

from typing import Any

from flask import abort

from marketplace import clock, stamps
from marketplace.catalog.models import Category, Product
from marketplace.catalog.queries import product_on_show
from marketplace.db import db
from marketplace.language import language
from marketplace.pagecache import fresh_until, shows
from marketplace.sellers.delivery import delivery_choices
from marketplace.sellers.hours import describe
from marketplace.sellers.models import Shop
from marketplace.sellers.queries import courier_rates
from marketplace.sellers.whatsapp import chat_url


def product_to_show(slug: str) -> tuple[Product, Category | None]:
    """The product of this slug, which the page then shows, and the shelf above its category; 404 for none."""
    found, above = db.session.execute(product_on_show(slug)).first() or abort(404)
    shows(stamps.product(found.id), stamps.shop(found.shop_id))
    return found, above


def shopfront(shop: Shop, opening_words: str) -> dict[str, Any]:
    """The context of `_hours.html`, `_deliveries.html` and the WhatsApp button; one query."""
    shows(stamps.shop(shop.id))
    fresh_until(shop.reopens_at)
    return {
        "shop": shop,
        "is_closed": not shop.takes_orders(clock.now()),
        "hours": describe(shop.hours, language()),
        "deliveries": delivery_choices(shop, db.session.scalars(courier_rates(shop.id))),
        "chat": chat_url(shop, opening_words),
    }
