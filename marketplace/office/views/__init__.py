"""The pages of the office, one module per resource."""

from marketplace.office.views import home, reviews, shops, synonyms
from marketplace.office.views.blueprint import bp

__all__ = ["bp", "home", "reviews", "shops", "synonyms"]
