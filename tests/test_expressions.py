"""What each engine writes in its own words says the same on both."""

import json

from flask import Flask
from sqlalchemy import select

from marketplace.expressions import among, json_rows
from marketplace.places.models import Kecamatan, Kelurahan
from marketplace.reading import Query

NAMED: Query[tuple[str]] = Query(select(Kelurahan.name).where(among(Kelurahan.name, "names")).order_by(Kelurahan.name))
BELOW: Query[tuple[str, str]] = Query(
    select(
        Kecamatan.name,
        json_rows(
            select(Kelurahan.name, Kelurahan.latitude)
            .where(Kelurahan.kecamatan_id == Kecamatan.id, Kelurahan.name != Kecamatan.name)
            .order_by(Kelurahan.name.desc())
            .correlate(Kecamatan)
        ),
    ).order_by(Kecamatan.name),
    tuple,
)


def test_a_column_is_among_any_number_of_texts(app: Flask) -> None:
    with app.app_context():
        for names in ([], ["Miji"], ["Miji", "Kranggan", "o'x", '"', "{}", "\\", "%_", "é"]):
            known = {"Miji", "Kranggan"}
            assert [name for (name,) in NAMED.all(names=names)] == sorted(known.intersection(names))


def test_rows_of_another_statement_come_as_a_column_in_their_order(app: Flask) -> None:
    with app.app_context():
        rows = {kecamatan: json.loads(below) for kecamatan, below in BELOW.all()}
        assert len(rows) == 3 and sum(map(len, rows.values())) >= 15
        for below in rows.values():
            assert below == sorted(below, reverse=True) and all(latitude < 0 for _name, latitude in below)
