"""Reads of public pages give what is committed, and make again only what has changed."""

from flask import Flask
from sqlalchemy import bindparam, select, update

from marketplace.catalog.models import Product
from marketplace.db import db, writing
from marketplace.reading import Query
from tests.factories import Market

KEPT = 3
TITLE: Query[tuple[str]] = Query(select(Product.title).where(Product.id == bindparam("id")), tuple, kept=KEPT)


def test_a_row_that_is_the_same_is_not_made_anew(app: Flask, market: Market) -> None:
    onde, sepatu = market.products["onde"], market.products["sepatu"]
    with app.app_context():
        first = TITLE.first(id=onde)
        assert TITLE.first(id=sepatu) != first and TITLE.first(id=onde) is first
        with writing():
            db.session.execute(update(Product).where(Product.id == onde).values(title="Onde-onde lain"))
        assert TITLE.first(id=onde) == ("Onde-onde lain",)


def test_no_more_rows_are_kept_than_that(app: Flask, market: Market) -> None:
    with app.app_context():
        first = TITLE.first(id=market.products["onde"])
        for n in range(KEPT):
            with writing():
                db.session.execute(update(Product).values(title=f"Barang {n}"))
            TITLE.first(id=market.products["onde"])
        with writing():
            db.session.execute(update(Product).values(title=first[0] if first else ""))
        again = TITLE.first(id=market.products["onde"])
        assert again == first and again is not first
