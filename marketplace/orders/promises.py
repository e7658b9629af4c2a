"""Until when a shop must answer an order, and when its goods are to be there."""

from datetime import datetime, timedelta

from marketplace.config import settings
from marketplace.orders.models import Delivery, Order, State
from marketplace.sellers.hours import after_opening_minutes
from marketplace.sellers.models import Shop


def accept_by(shop: Shop, made_to_order: bool, placed_at: datetime) -> datetime:
    """So many of the shop's opening minutes later, more when something is made to order."""
    known = settings()
    minutes = known.accept_minutes_made_to_order if made_to_order else known.accept_minutes
    return after_opening_minutes(shop.hours, placed_at, minutes)


def promised_by(order: Order) -> datetime | None:
    """When an accepted order is to be at its buyer's, or at the counter; None before. With its history loaded.

    The days of making, then a day; a courier takes longer.
    """
    accepted = next((event.at for event in reversed(order.history) if event.after == State.ACCEPTED), None)
    if accepted is None:
        return None
    on_the_way = settings().courier_days if order.delivery == Delivery.COURIER else 1
    return accepted + timedelta(days=order.lead_days + on_the_way)
