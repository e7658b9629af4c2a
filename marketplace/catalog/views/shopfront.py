"""What the page of a shop and the pages of its products tell about the shop."""

from typing import Any

from marketplace import clock
from marketplace.db import db
from marketplace.language import language
from marketplace.sellers.delivery import delivery_choices
from marketplace.sellers.hours import describe
from marketplace.sellers.models import Shop
from marketplace.sellers.queries import courier_rates
from marketplace.sellers.whatsapp import chat_url


def shopfront(shop: Shop, opening_words: str) -> dict[str, Any]:
    """The context of `_hours.html`, `_deliveries.html` and the WhatsApp button; one query."""
    return {
        "shop": shop,
        "is_closed": not shop.takes_orders(clock.now()),
        "hours": describe(shop.hours, language()),
        "deliveries": delivery_choices(shop, db.session.scalars(courier_rates(shop.id))),
        "chat": chat_url(shop, opening_words),
    }
