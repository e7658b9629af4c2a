"""Two at the same moment: titles that want one slug, edits of one product, an edit against orders."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from flask import Flask
from sqlalchemy import select

from marketplace.catalog import products, stock
from marketplace.catalog.models import Product, Variant
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.db import db, writing
from tests.factories import Market, category_id

ROUNDS = 15


def at_once(app: Flask, *works: Callable[[], object]) -> None:
    """Run each work in a thread and a request of its own, all from the same moment; the first failure is raised."""
    start, failures = threading.Barrier(len(works)), []

    def run(work: Callable[[], object]) -> None:
        with app.test_request_context():
            start.wait()
            try:
                work()
            except BaseException as error:
                failures.append(error)

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def sandal(app: Flask, *variants: VariantData) -> ProductData:
    with app.app_context():
        return ProductData("Sandal Jepit", category_id("sandal"), variants)


def size(label: str) -> VariantData:
    return VariantData(price=20_000, weight_grams=300, stock=5, size=label)


def test_the_same_title_at_once_gives_two_slugs(app: Flask, market: Market) -> None:
    def create(who: str, n: int) -> None:
        data = ProductData(f"Sandal {n}", shelf, (size("39"),))
        products.create_product(market.shops[who], data, key=f"{who} {n}")

    shelf = sandal(app, size("39")).category_id
    for n in range(ROUNDS):
        at_once(app, partial(create, "bu_ani", n), partial(create, "pak_budi", n))
    with app.app_context():
        slugs = db.session.scalars(select(Product.slug).where(Product.slug.like("sandal-%"))).all()
    assert len(slugs) == len(set(slugs)) == 2 * ROUNDS


def test_two_edits_at_once_add_a_size_once(app: Flask, market: Market) -> None:
    shop, data = market.shops["pak_budi"], sandal(app, size("39"))
    with app.app_context():
        slug = products.create_product(shop, data, key="a")
    for n in range(40, 40 + ROUNDS):
        more = replace(data, variants=(replace(size("39"), stock=None), size(str(n))))
        at_once(app, *[partial(products.update_product, shop, slug, more)] * 2)
    with app.app_context():
        product_id = db.session.scalars(select(Product.id).where(Product.slug == slug)).one()
        sizes = db.session.scalars(select(Variant.size).where(Variant.product_id == product_id)).all()
    assert sorted(sizes) == [str(n) for n in range(39, 40 + ROUNDS)]


def test_an_edit_and_orders_do_not_block_each_other_for_ever(app: Flask, market: Market) -> None:
    shop, slug = market.shops["pak_budi"], "sepatu-pantofel-kulit"
    rows = [
        VariantData(price=200_000, weight_grams=900, stock=None, size=str(n), colour=colour)
        for n in (41, 40, 39)
        for colour in ("Cokelat", "Hitam")
    ]
    data = replace(sandal(app, *rows), title="Sepatu Pantofel Kulit")
    ids = {id: 1 for name, id in market.variants.items() if name.startswith("sepatu")}

    def order() -> None:
        for _ in range(ROUNDS):
            with writing():
                stock.take(ids)
            with writing():
                stock.give_back(ids)

    def edit() -> None:
        for _ in range(ROUNDS):
            products.update_product(shop, slug, data)

    at_once(app, order, edit, order)
    with app.app_context():
        rows_left = db.session.scalars(select(Variant).where(Variant.id.in_(ids))).all()
        assert {(row.on_hand, row.held, row.price) for row in rows_left} == {(4, 0, 200_000)}
