"""The pages of the office, one module per resource."""

from marketplace.office.views import home, reviews, shops
from marketplace.office.views.blueprint import bp

__all__ = ["bp", "home", "reviews", "shops"]
