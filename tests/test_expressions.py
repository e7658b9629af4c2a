"""What each engine writes in its own words says the same on both."""

from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any, NamedTuple

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace.catalog.models import Product
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.expressions import among, json_rows
from marketplace.places.models import Kecamatan, Kelurahan
from marketplace.reading import Query
from marketplace.sellers.models import Shop
from tests.factories import Market


class ShopRow(NamedTuple):
    """A shop and, in a column of its own, what it sells."""

    name: str
    created_at: datetime
    closed_until: datetime | None
    titles: tuple[str, ...]


NAMED: Query[tuple[str]] = Query(select(Kelurahan.name).where(among(Kelurahan.name, "names")).order_by(Kelurahan.name))
BELOW: Query[tuple[str, Any]] = Query(
    select(
        Kecamatan.name,
        json_rows(
            select(Kelurahan.name, Kelurahan.id)
            .where(Kelurahan.kecamatan_id == Kecamatan.id, Kelurahan.name != Kecamatan.name)
            .order_by(Kelurahan.name.desc())
            .correlate(Kecamatan)
        ),
    ).order_by(Kecamatan.name),
    tuple,
)

SHOPS: Query[tuple[str, Any]] = Query(
    select(
        Kelurahan.name,
        json_rows(
            select(
                Shop.name,
                Shop.created_at,
                Shop.closed_until,
                json_rows(
                    select(Product.title)
                    .where(Product.shop_id == Shop.id)
                    .order_by(Product.title.desc())
                    .correlate(Shop),
                    itemgetter(0),
                ),
            )
            .where(Shop.kelurahan_id == Kelurahan.id)
            .order_by(Shop.name)
            .correlate(Kelurahan),
            ShopRow._make,
        ),
    ),
    tuple,
)


def test_a_column_is_among_any_number_of_texts(app: Flask) -> None:
    with app.app_context():
        for names in ([], ["Miji"], ["Miji", "Kranggan", "o'x", '"', "{}", "\\", "%_", "é"]):
            known = {"Miji", "Kranggan"}
            assert [name for (name,) in NAMED.all(names=names)] == sorted(known.intersection(names))


def test_rows_of_another_statement_come_as_a_column_in_their_order(app: Flask) -> None:
    with app.app_context():
        rows = dict(BELOW.all())
        assert len(rows) == 3 and sum(map(len, rows.values())) >= 15
        for below in rows.values():
            assert list(below) == sorted(below, reverse=True) and all(id > 0 for _name, id in below)


def test_rows_within_rows_are_made_with_their_times(app: Flask, market: Market) -> None:
    """As a statement of its own would give them."""
    with app.app_context():
        with writing():
            db.session.execute(
                update(Shop).where(Shop.slug == "onde-onde-bu-ani").values(closed_until=now() + timedelta(days=1))
            )
        made = [row for _, rows in SHOPS.all() for row in rows]
        goods = db.session.execute(select(Product.shop_id, Product.title)).all()
        known = [
            ShopRow(
                shop.name,
                shop.created_at,
                shop.closed_until,
                tuple(sorted((title for shop_id, title in goods if shop_id == shop.id), reverse=True)),
            )
            for shop in db.session.scalars(select(Shop))
        ]
        assert len(made) == len(known) and set(made) == set(known)
        assert any(row.closed_until for row in made) and any(row.titles for row in made)


def test_what_json_would_change_is_refused() -> None:
    for column in (Kelurahan.latitude, Shop.state):
        with pytest.raises(TypeError):
            json_rows(select(column))
