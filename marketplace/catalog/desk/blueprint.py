"""The blueprint of the seller's pages about goods."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from marketplace.catalog.models import Product
from marketplace.catalog.products import product_of
from marketplace.sellers.current import current_shop

Answer = str | Response | tuple[str, int]

bp = Blueprint("productdesk", __name__, url_prefix="/jualan")


def my_product(slug: str) -> Product:
    """The product of the shop whose desk this is; GoneAway, a 404, for everyone else's."""
    return product_of(current_shop().id, slug)


def cursor() -> int:
    """The id below which a list goes on, from `sesudah`; 2**63 - 1, above every id, for its first page."""
    text = request.args.get("sesudah", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 2**63 - 1


def query() -> str:
    """The words that the list is narrowed to."""
    return request.args.get("q", "").replace("\x00", "").strip()[:100]
