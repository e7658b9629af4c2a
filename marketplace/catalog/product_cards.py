"""The columns of a product that repeat its variants, photos and names, so that a card costs one row."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select, update

from marketplace.catalog import stock
from marketplace.catalog.indexing import in_chunks, reindex
from marketplace.catalog.models import Category, Photo, Product, Variant
from marketplace.db import db, writing
from marketplace.sellers.models import Shop


def words_of(title: str, title_en: str, skus: Iterable[str], shop_name: str, category: str, category_en: str) -> str:
    """What search looks into: lower case, blanks folded."""
    return " ".join(" ".join((title, title_en, *skus, shop_name, category, category_en)).lower().split())


def refresh_card(product_id: int) -> None:
    """Make the card true again after a change of the product, its variants or photos. Call inside writing()."""
    refresh_cards([product_id])


def refresh_cards(product_ids: Iterable[int]) -> None:
    """The same for many products. What else the transaction changes of their variants, it has locked before."""
    for chunk in in_chunks(sorted(product_ids)):
        stock.update_in_stock(chunk)
        _refresh_prices_and_cover(chunk)
        _refresh_words(chunk)
        reindex(chunk)


def refresh_shop(shop_id: int) -> None:
    """Job after a shop has changed its name, which search finds its products by."""
    with writing() as session:
        refresh_cards(session.scalars(select(Product.id).where(Product.shop_id == shop_id)).all())


def _refresh_prices_and_cover(product_ids: list[int]) -> None:
    of_product = (Variant.product_id == Product.id, Variant.is_offered)
    price = select(func.min(Variant.price)).where(*of_product).correlate(Product)
    highest = select(func.max(Variant.price)).where(*of_product).correlate(Product)
    ready = (Photo.product_id == Product.id, Photo.name != "")
    cover = select(Photo.name).where(*ready).order_by(Photo.position, Photo.id).limit(1).correlate(Product)
    change = update(Product).where(Product.id.in_(product_ids))
    change = change.values(
        price_min=func.coalesce(price.scalar_subquery(), 0),
        price_max=func.coalesce(highest.scalar_subquery(), 0),
        cover=func.coalesce(cover.scalar_subquery(), ""),
    )
    db.session.execute(change.execution_options(synchronize_session=False))


def _refresh_words(product_ids: list[int]) -> None:
    skus = defaultdict(list)
    offered = select(Variant.product_id, Variant.sku).where(Variant.product_id.in_(product_ids), Variant.is_offered)
    for product_id, sku in db.session.execute(offered.order_by(Variant.position, Variant.id)):
        skus[product_id].append(sku)
    texts = (
        select(Product.id, Product.title, Product.title_en, Shop.name, Category.name, Category.name_en)
        .join(Shop, Shop.id == Product.shop_id)
        .join(Category, Category.id == Product.category_id)
        .where(Product.id.in_(product_ids))
    )
    rows = [
        {"id": id, "words": words_of(title, title_en, skus[id], *names)}
        for id, title, title_en, *names in db.session.execute(texts)
    ]
    if rows:
        db.session.execute(update(Product), rows)
