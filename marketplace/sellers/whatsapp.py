"""How a buyer reaches a shop by WhatsApp."""

from flask import url_for

from marketplace.accounts.phone import whatsapp_link
from marketplace.sellers.models import Shop
from marketplace.sellers.on_show import ShownShop


def chat_url(shop: Shop | ShownShop, text: str) -> str:
    """A link that opens a chat with `text` typed in; a demo shop's leads to a page about its invented number."""
    return url_for("pages.sample_number") if shop.is_demo else whatsapp_link(shop.whatsapp, text)
