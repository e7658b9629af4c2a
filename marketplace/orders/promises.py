"""Until when a shop must answer an order."""

from datetime import datetime

from marketplace.config import settings
from marketplace.sellers.hours import after_opening_minutes
from marketplace.sellers.models import Shop


def accept_by(shop: Shop, made_to_order: bool, placed_at: datetime) -> datetime:
    """So many of the shop's opening minutes later, more when something is made to order."""
    known = settings()
    minutes = known.accept_minutes_made_to_order if made_to_order else known.accept_minutes
    return after_opening_minutes(shop.hours, placed_at, minutes)
