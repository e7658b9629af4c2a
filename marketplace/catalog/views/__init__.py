"""The public pages of the catalog: home, lists and products."""

from marketplace.catalog.views import alerts, browse, pictures, product, reviews, suggesting
from marketplace.catalog.views.blueprint import bp

__all__ = ["alerts", "bp", "browse", "pictures", "product", "reviews", "suggesting"]
