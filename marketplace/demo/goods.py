"""Fills the demo shops: products with variants, stock and pictures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product as crossed

from sqlalchemy import select

from marketplace import clock, once
from marketplace.catalog.models import Category, Product
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.products import create_product, publish_drafts
from marketplace.db import db
from marketplace.demo.content import Entry, checkouts, products, shops
from marketplace.demo.moments import GOODS_ARRIVED, GOODS_COMPLETE, spread
from marketplace.demo.shops import is_on_show
from marketplace.demo.workshop import Workshop
from marketplace.slugs import slug_of

NEWEST, BEST = 60, 20


def stock_shops(shop_ids: Mapping[str, int], workshop: Workshop) -> Iterator[int]:
    """Create every product and order its pictures, give the id of each one that is done; at last publish them all."""
    categories = dict(db.session.execute(select(Category.slug, Category.id)).all())
    for rank, (shop_slug, entry) in enumerate(products()):
        moment = spread(GOODS_ARRIVED, GOODS_COMPLETE, rank, len(products()))
        with clock.at(moment):
            product_id = _put_on_shelf(shop_ids[shop_slug], shop_slug, product_data(entry, categories))
        workshop.hang(product_id, entry["pictures"], moment)
        yield product_id
    for slug, entry in shops().items():
        if is_on_show(entry):
            publish_drafts(shop_ids[slug])


def seen_first(product_ids: Sequence[int]) -> list[int]:
    """The products, in their order of arrival, of which the first pages show most: the newest and the best-selling."""
    best = select(Product.id).order_by(Product.sold.desc()).limit(BEST)
    return [*dict.fromkeys([*product_ids[-NEWEST:], *db.session.scalars(best)])]


def product_data(entry: Entry, categories: Mapping[str, int]) -> ProductData:
    """A product of the data files as the seller's form would send it; `categories` are ids by slug."""
    return ProductData(
        title=entry["title"],
        category_id=categories[entry["category"]],
        variants=tuple(_variants(entry)),
        description=entry["description"],
        title_en=entry["title_en"],
        description_en=entry["description_en"],
        made_to_order="lead_days" in entry,
        lead_days=entry.get("lead_days", 0),
        shelf_life_days=entry.get("shelf_life_days"),
        min_order=entry.get("min_order", 1),
    )


def _variants(entry: Entry) -> Iterator[VariantData]:
    for row in _rows(entry):
        size, colour = row.get("size", ""), row.get("colour", "")
        sku = "-".join([entry["code"], *(slug_of(part, "").upper() for part in (size, colour) if part)])
        yield VariantData(row["price"], row["weight"], row["stock"] + _ordered()[sku], size, colour, sku)


def _rows(entry: Entry) -> Iterable[Entry]:
    """One row a variant: listed, or `sizes` crossed with `colours`, or the product alone."""
    if "variants" in entry:
        rows: list[Entry] = entry["variants"]
        return rows
    if "sizes" not in entry and "colours" not in entry:
        return [entry]
    labels = crossed(entry.get("sizes", [""]), entry.get("colours", [""]))
    stock = (count for of_size in entry["stock"] for count in of_size)
    return [
        {"size": size, "colour": colour, "price": entry["price"], "weight": entry["weight"], "stock": count}
        for (size, colour), count in zip(labels, stock, strict=True)
    ]


@cache
def _ordered() -> Counter[str]:
    """How many of each SKU the data files order: so many more lie on the shelf before, so that its `stock` is left."""
    gone: Counter[str] = Counter()
    for entry in checkouts():
        gone.update(entry["goods"])
    return gone


def _put_on_shelf(shop_id: int, shop_slug: str, data: ProductData) -> int:
    try:
        slug = create_product(shop_id, data, key=f"demo:product:{shop_slug}:{data.title}")
    except once.AlreadyDone as done:
        slug = done.text
    return db.session.scalars(select(Product.id).where(Product.slug == slug)).one()
