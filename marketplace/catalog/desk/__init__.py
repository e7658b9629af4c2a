"""The seller's desk for goods: products, their photos, their stock; one module per resource."""

from marketplace.catalog.desk import photos, products, reviews, stock
from marketplace.catalog.desk.blueprint import bp

__all__ = ["bp", "photos", "products", "reviews", "stock"]
