"""Fills the demo shops: products with variants and stock, and pictures that are drawn beside it by other processes."""

import os
import signal
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from itertools import product as crossed
from multiprocessing import get_context

from sqlalchemy import select

from marketplace import clock, once
from marketplace.catalog import pictures
from marketplace.catalog.models import Category, Photo, Product
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.products import create_product, publish
from marketplace.db import db
from marketplace.demo.content import Entry, checkouts, products, shops
from marketplace.demo.drawings import draw
from marketplace.demo.moments import GOODS_ARRIVED, GOODS_COMPLETE, spread
from marketplace.demo.shops import is_on_show
from marketplace.slugs import slug_of


def stock_shops(shop_ids: Mapping[str, int], picture_size: int) -> Iterator[Entry]:
    """Create, picture and publish every product, and give each one that is done; pictures are `picture_size` wide."""
    categories = dict(db.session.execute(select(Category.slug, Category.id)).all())
    with _drawn(picture_size) as drawn:
        for rank, (shop_slug, entry) in enumerate(products()):
            files = [next(drawn) for _ in entry["pictures"]]
            with clock.at(spread(GOODS_ARRIVED, GOODS_COMPLETE, rank, len(products()))):
                _put_on_shelf(shop_ids[shop_slug], shop_slug, product_data(entry, categories), files)
            yield entry


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


def picture(name: str, size: int) -> bytes:
    """The drawing `onde-onde 9`, the ninth of its kind, as the JPEG file that a seller would upload."""
    kind, number = name.split()
    file = BytesIO()
    draw(kind, int(number), size).save(file, "JPEG", quality=88)
    return file.getvalue()


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


@contextmanager
def _drawn(size: int) -> Iterator[Iterator[bytes]]:
    """The pictures of all products in their order; fresh processes draw them, since a fork may copy a locked lock.

    Ctrl-C reaches every process of a terminal; here it is left to this one to end the others.
    """
    names = [name for _, entry in products() for name in entry["pictures"]]
    deaf = (signal.SIGINT, signal.SIG_IGN)
    pool = ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), initializer=signal.signal, initargs=deaf)
    try:
        yield pool.map(picture, names, [size] * len(names))
    finally:
        pool.shutdown(cancel_futures=True)


def _put_on_shelf(shop_id: int, shop_slug: str, data: ProductData, files: Iterable[bytes]) -> None:
    slug = _created(shop_id, shop_slug, data)
    _hang_pictures(slug, files)
    if is_on_show(shops()[shop_slug]):
        publish(shop_id, slug)


def _created(shop_id: int, shop_slug: str, data: ProductData) -> str:
    try:
        return create_product(shop_id, data, key=f"demo:product:{shop_slug}:{data.title}")
    except once.AlreadyDone as done:
        return done.text


def _hang_pictures(slug: str, files: Iterable[bytes]) -> None:
    """Store each picture and make its public sizes at once; the worker's job for it then finds nothing to do."""
    product_id = db.session.scalars(select(Product.id).where(Product.slug == slug)).one()
    for data in files:
        digest = pictures.store(data, product_id)
        same = (Photo.product_id == product_id, Photo.digest == digest)
        pictures.encode(db.session.scalars(select(Photo.id).where(*same)).one())
