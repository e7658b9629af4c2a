"""The public pages of the catalog: home, lists and products."""

from marketplace.catalog.views import browse, pictures, product, reviews
from marketplace.catalog.views.blueprint import bp

__all__ = ["bp", "browse", "pictures", "product", "reviews"]
