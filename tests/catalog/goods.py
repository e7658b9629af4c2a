"""Goods and changes that the tests of public pages share."""

from sqlalchemy import select

from marketplace.catalog.indexing import reindex, reindex_shop
from marketplace.catalog.models import Category, Product
from marketplace.catalog.product_rows import add_products
from marketplace.db import Row, db, writing
from marketplace.demo import content
from marketplace.demo.goods import product_data
from marketplace.places.queries import kampung_named
from marketplace.sellers.models import Shop
from tests.browser import Page, text_of
from tests.factories import make_product, make_shop, make_user


def many_goods(count: int, category: str = "batik", **values: object) -> None:
    """`Kain nomor 1` to `count` in one more verified shop, Batik Sekar, the last one the newest."""
    with writing():
        shop = make_shop("Batik Sekar", make_user("Sekar"))
        for n in range(1, count + 1):
            variants: list[dict[str, object]] = [{"price": 50_000 + n, "on_hand": 5, "weight_grams": 300}]
            make_product(shop, f"Kain nomor {n}", category, variants, **values)


def demo_goods() -> None:
    """The demo shops with all that they sell, without orders and pictures."""
    with writing() as session:
        categories = dict(session.execute(select(Category.slug, Category.id)).all())
        demo = content.shops().items()
        shops = {slug: make_shop(entry["name"], make_user("Ani"), slug=slug).id for slug, entry in demo}
    with writing():
        for slug, entry in content.products():
            add_products(shops[slug], [product_data(entry, categories)], publish=True)


def change(model: type[Row], id: int, **values: object) -> None:
    """Set columns of one row, and let lists hear of it."""
    with writing() as session:
        row = session.get(model, id)
        for name, value in values.items():
            setattr(row, name, value)
        session.flush()
        if model is Shop:
            reindex_shop(shop_id=id)
        elif model is Product:
            reindex([id])


def titles(page: Page) -> list[str]:
    """The product cards of a page, in order."""
    return [text_of(link) for link in page.all("a", class_="card-title")]


def kampung_id(slug: str) -> int:
    """The id of one of the city's kampung."""
    return db.session.scalars(kampung_named(slug)).one().id
