"""Products in the words of schema.org, for search engines."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from marketplace.catalog import pictures
from marketplace.catalog.on_show import ShownProduct

CONTEXT = "https://schema.org"


def product_data(
    product: ShownProduct, shop: str, title: str, photos: Sequence[str], base_url: str, url: str
) -> dict[str, Any]:
    """A Product with its offer, to be printed by `tojson`; `base_url` makes paths whole, prices are rupiah."""
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Product",
        "name": title,
        "url": base_url + url,
        "brand": {"@type": "Brand", "name": shop},
        "offers": {
            "@type": "AggregateOffer",
            "priceCurrency": "IDR",
            "lowPrice": product.price_min,
            "highPrice": product.price_max,
            "availability": f"{CONTEXT}/{_availability(product)}",
            "seller": {"@type": "Organization", "name": shop},
        },
    }
    if product.description:
        data["description"] = product.description
    if product.rating_count:
        rating = {"ratingValue": round(product.rating, 1), "reviewCount": product.rating_count, "bestRating": 5}
        data["aggregateRating"] = {"@type": "AggregateRating", **rating}
    if photos:
        data["image"] = [urljoin(base_url, pictures.urls(name, "jpg")[640]) for name in photos]
    return data


def _availability(product: ShownProduct) -> str:
    if not product.in_stock:
        return "OutOfStock"
    return "PreOrder" if product.made_to_order else "InStock"
