"""Statements about places."""

from flask import Flask

from marketplace.db import db
from marketplace.places.queries import kampung_named, places_of_kampung


def test_a_kampung_knows_where_it_lies(app: Flask) -> None:
    with app.app_context():
        kampung = db.session.scalars(kampung_named("onde-onde")).one()
        place = db.session.execute(places_of_kampung(kampung.id)).one()
        assert (place.kelurahan, place.kecamatan) == ("Balongsari", "Magersari")
        assert "timesindonesia" in place.source


def test_an_unknown_kampung_is_none(app: Flask) -> None:
    with app.app_context():
        assert db.session.scalar(kampung_named("batu-akik")) is None
