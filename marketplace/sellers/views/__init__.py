"""The pages on which a shop is opened and looked after, one module per resource."""

from marketplace.sellers.views import couriers, delivery, hours, opening, shop
from marketplace.sellers.views.blueprint import bp

__all__ = ["bp", "couriers", "delivery", "hours", "opening", "shop"]
