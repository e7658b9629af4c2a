"""The city's shelves and places by the names that addresses use; read once, since only `db upgrade` changes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Engine, select

from marketplace.catalog.models import Category
from marketplace.db import db
from marketplace.places.models import Kampung, Kelurahan
from marketplace.slugs import slug_of


@dataclass(frozen=True)
class Entry:
    """A shelf or place; `parent_id` is the shelf above it, None for a topmost one; kelurahan have a centre."""

    id: int
    slug: str
    name: str
    name_en: str
    parent_id: int | None = None
    latitude: float = 0.0
    longitude: float = 0.0

    def told(self, language: str) -> str:
        """Its name in the language of the page."""
        return self.name_en if language == "en" and self.name_en else self.name


@dataclass(frozen=True, eq=False)
class Directory:
    """Everything by slug, in the order of the city's data; a kelurahan's slug is made of its name."""

    categories: Mapping[str, Entry]
    kampung: Mapping[str, Entry]
    kelurahan: Mapping[str, Entry]

    def children(self, shelf: Entry) -> list[Entry]:
        """The shelves below a topmost one."""
        return [entry for entry in self.categories.values() if entry.parent_id == shelf.id]

    def above(self, shelf: Entry) -> Entry | None:
        """The shelf that this one stands below."""
        return next((entry for entry in self.categories.values() if entry.id == shelf.parent_id), None)


def directory() -> Directory:
    """The directory of the running market."""
    return _read(db.engine)


@lru_cache(maxsize=4)
def _read(engine: Engine) -> Directory:
    shelves = select(Category.id, Category.slug, Category.name, Category.name_en, Category.parent_id)
    kampung = select(Kampung.id, Kampung.slug, Kampung.name, Kampung.name_en).order_by(Kampung.position)
    kelurahan = select(Kelurahan.id, Kelurahan.name, Kelurahan.latitude, Kelurahan.longitude)
    with engine.connect() as connection:
        return Directory(
            _by_slug(Entry(*row) for row in connection.execute(shelves.order_by(Category.position))),
            _by_slug(Entry(*row) for row in connection.execute(kampung)),
            _by_slug(
                Entry(id, slug_of(name, str(id)), name, "", None, *centre)
                for id, name, *centre in connection.execute(kelurahan.order_by(Kelurahan.name))
            ),
        )


def _by_slug(entries: Iterable[Entry]) -> dict[str, Entry]:
    return {entry.slug: entry for entry in entries}
