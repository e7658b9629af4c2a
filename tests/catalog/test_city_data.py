"""The city's places and shelves are loaded once, however often they are loaded."""

from flask import Flask
from sqlalchemy import func, select

from marketplace.catalog.city_data import load_city
from marketplace.catalog.models import Category
from marketplace.db import db, writing
from marketplace.places.models import Kampung, KampungKelurahan, Kecamatan, Kelurahan

TABLES = (Kecamatan, Kelurahan, Kampung, KampungKelurahan, Category)


def counted() -> dict[str, int]:
    return {table.__name__: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}


def test_loading_again_changes_nothing(app: Flask) -> None:
    with app.app_context():
        before = counted()
        with writing() as session:
            load_city(session.connection())
        assert counted() == before
        assert before == {"Kecamatan": 3, "Kelurahan": 18, "Kampung": 7, "KampungKelurahan": 9, "Category": 20}


def test_loading_brings_back_what_the_files_say(app: Flask) -> None:
    with app.app_context():
        with writing() as session:
            session.execute(Kampung.__table__.update().values(name="lain"))
            load_city(session.connection())
        assert db.session.scalar(select(Kampung.name).where(Kampung.slug == "onde-onde")) == "Kampung Onde-onde"


def test_every_text_for_visitors_has_its_english(app: Flask) -> None:
    with app.app_context():
        assert all(category.name_en for category in db.session.scalars(select(Category)))
        assert all(kampung.name_en and kampung.description_en for kampung in db.session.scalars(select(Kampung)))


def test_a_category_below_another_knows_its_parent(app: Flask) -> None:
    with app.app_context():
        parents = dict(db.session.execute(select(Category.slug, Category.parent_id)).all())
        assert [slug for slug, parent in parents.items() if parent is None] == ["kuliner", "craft", "alas-kaki"]


def test_a_kampung_lies_only_where_a_source_says(app: Flask) -> None:
    with app.app_context():
        links = db.session.execute(
            select(Kampung.slug, Kelurahan.name, KampungKelurahan.source)
            .join(KampungKelurahan, KampungKelurahan.kampung_id == Kampung.id)
            .join(Kelurahan, Kelurahan.id == KampungKelurahan.kelurahan_id)
        ).all()
        assert ("onde-onde", "Balongsari") in {(link.slug, link.name) for link in links}
        assert all(link.source for link in links)
        assert not {link.slug for link in links} & {
            "hidroponik",
            "suvenir-fiber",
            "suvenir-cor-kuningan",
            "alas-sandal",
        }
