"""A market with the demo city's goods, made quickly: real words, small pictures, no orders."""

from functools import cache
from io import BytesIO
from typing import Any

from flask import Flask
from PIL import Image
from sqlalchemy import func, select

from marketplace.catalog import picture_files
from marketplace.catalog.models import Category, Photo, Variant
from marketplace.catalog.picture_names import KINDS, WHOLE, name_of
from marketplace.catalog.product_cards import refresh_cards
from marketplace.db import writing
from marketplace.demo import content
from marketplace.demo.goods import product_data
from marketplace.orders.models import Cart, CartLine
from marketplace.places.queries import kampung_named
from marketplace.sellers.models import CourierRate, Shop
from tests.factories import LONG_AGO, kelurahan_id, make_product, make_shop, make_user

PHOTOS_EACH = 4


def open_shops(app: Flask) -> dict[str, int]:
    """The demo city's shops, all of them verified; their ids by slug."""
    with app.app_context(), writing() as session:
        shops = {}
        for slug, entry in content.shops().items():
            place, owner = kelurahan_id(entry["kelurahan"]), make_user(entry["owner"])
            shop = make_shop(entry["name"], owner, slug=slug, kelurahan_id=place, fee_kelurahan=0, fee_city=8_000)
            shop.description, shop.description_en = entry["description"], entry["description_en"]
            kampung = session.scalars(kampung_named(entry.get("kampung", ""))).one_or_none()
            shop.kampung_id = kampung.id if kampung else None
            session.add(CourierRate(shop_id=shop.id, courier_code="jne", service_code="REG", jawa_timur=9_000))
            shops[slug] = shop.id
        return shops


def add_goods(app: Flask, shops: dict[str, int]) -> list[int]:
    """The demo city's products, each with PHOTOS_EACH photos; their ids."""
    with app.app_context():
        photos = [_made(n) for n in range(3 * PHOTOS_EACH)]
        with writing() as session:
            categories: dict[str, int] = dict(session.execute(select(Category.slug, Category.id)).all())
            ids = []
            for n, (shop_slug, entry) in enumerate(content.products()):
                ids.append(_add(session.get_one(Shop, shops[shop_slug]), entry, categories, n))
                for position in range(PHOTOS_EACH):
                    photo = photos[(n + position) % len(photos)]
                    session.add(Photo(product_id=ids[-1], position=position, **photo))
            session.flush()
            refresh_cards(ids)
        return ids


def fill_carts(app: Flask, product_ids: list[int]) -> None:
    """Lay one of each product into every cart that there is."""
    with app.app_context(), writing() as session:
        each = select(func.min(Variant.id)).where(Variant.product_id.in_(product_ids)).group_by(Variant.product_id)
        carts = session.scalars(select(Cart.id)).all()
        for variant_id in session.scalars(each).all():
            session.add_all(CartLine(cart_id=id, variant_id=variant_id, quantity=1) for id in carts)


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


def _made(n: int) -> dict[str, Any]:
    """What the row of a small picture with all its files says."""
    digest = picture_files.keep_original(_drawn(n))
    colour = picture_files.make_public_sizes(digest, KINDS[WHOLE])
    at = {"created_at": LONG_AGO, "ready_at": LONG_AGO}
    return {"digest": digest, "edition": WHOLE, "name": name_of(digest, WHOLE, colour), **at}


@cache
def _drawn(n: int) -> bytes:
    file = BytesIO()
    Image.new("RGB", (32, 24), (20 * n, 120, 90)).save(file, "JPEG")
    return file.getvalue()
