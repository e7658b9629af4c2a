"""What a search engine is told about, the slugs of everything on show; and some of it with its photo."""

from sqlalchemy import Select, select

from marketplace.catalog.models import Product
from marketplace.places.models import Kampung
from marketplace.sellers.models import Shop, ShopState

# One sitemap holds 50,000 addresses at most (sitemaps.org); the rest is for shops, kampung and categories.
MOST_PRODUCTS = 40_000
MOST_SHOPS = 9_000


def kampung_slugs() -> Select[str]:
    """Every kampung."""
    return select(Kampung.slug).order_by(Kampung.position)


def shop_slugs() -> Select[str]:
    """The verified shops, the newest first."""
    return select(Shop.slug).where(Shop.state == ShopState.VERIFIED).order_by(Shop.id.desc()).limit(MOST_SHOPS)


def product_slugs() -> Select[str]:
    """The goods on show, the newest first."""
    on_show = select(Product.slug).where(Product.is_listed)
    return on_show.order_by(Product.id.desc()).limit(MOST_PRODUCTS)


def pictured_goods(n: int) -> Select[str, str]:
    """Title and cover of n goods on show, the oldest first."""
    on_show = select(Product.title, Product.cover).where(Product.is_listed, Product.cover != "")
    return on_show.order_by(Product.id).limit(n)
