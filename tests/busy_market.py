"""A market with the demo city's goods, made quickly: real words, small pictures, no orders."""

from functools import cache
from io import BytesIO

from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.catalog import picture_files
from marketplace.catalog.models import Category, Photo
from marketplace.catalog.product_cards import refresh_cards
from marketplace.db import db, writing
from marketplace.demo import content
from marketplace.demo.goods import product_data
from marketplace.places.queries import kampung_named
from marketplace.sellers.models import CourierRate, Shop
from tests.factories import LONG_AGO, kelurahan_id, make_product, make_shop, make_user

PHOTOS_EACH = 4


def open_busy_market(app: Flask, most: int = 1000) -> None:
    """At most so many of the demo city's products, each with PHOTOS_EACH photos, in verified shops."""
    with app.app_context():
        digests = [picture_files.keep_original(_drawn(n)) for n in range(3 * PHOTOS_EACH)]
        for digest in digests:
            picture_files.make_public_sizes(digest)
        shops = {slug: _open(slug, entry) for slug, entry in content.shops().items()}
        with writing() as session:
            categories = dict(session.execute(select(Category.slug, Category.id)).tuples().all())
            ids = []
            for n, (shop_slug, entry) in enumerate(content.products()[:most]):
                ids.append(_add(session.get_one(Shop, shops[shop_slug]), entry, categories, n))
                for position in range(PHOTOS_EACH):
                    digest = digests[(n + position) % len(digests)]
                    photo = {"position": position, "created_at": LONG_AGO, "ready_at": LONG_AGO}
                    session.add(Photo(product_id=ids[-1], digest=digest, **photo))  # type: ignore[arg-type]
            session.flush()
            refresh_cards(ids)


def _open(slug: str, entry: content.Entry) -> int:
    with writing() as session:
        shop = make_shop(
            entry["name"], make_user(entry["owner"]), slug=slug, kelurahan_id=kelurahan_id(entry["kelurahan"])
        )
        shop.description, shop.description_en = entry["description"], entry["description_en"]
        shop.fee_kelurahan, shop.fee_city = 0, 8_000
        if "kampung" in entry:
            shop.kampung_id = session.scalars(kampung_named(entry["kampung"])).one().id
        session.add(CourierRate(shop_id=shop.id, courier_code="jne", service_code="REG", jawa_timur=9_000, jawa=14_000))
        return shop.id


def _add(shop: Shop, entry: content.Entry, categories: dict[str, int], n: int) -> int:
    data = product_data(entry, categories)
    variants: list[dict[str, object]] = [
        {
            "price": v.price,
            "weight_grams": v.weight_grams,
            "on_hand": 50,
            "size": v.size,
            "colour": v.colour,
            "sku": v.sku,
        }
        for v in data.variants
    ]
    words = {"description": data.description, "title_en": data.title_en, "description_en": data.description_en}
    product = make_product(shop, data.title, entry["category"], variants, slug=f"produk-{n}", **words)
    product.min_order, product.made_to_order, product.lead_days = data.min_order, data.made_to_order, data.lead_days
    return product.id


@cache
def _drawn(n: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (32, 24), (20 * n, 120, 90)).save(file, "JPEG")
    return file.getvalue()
