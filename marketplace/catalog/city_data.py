"""Loads the city's places and shelves from the CSV files in data/, again and again with the same result."""

import csv
from collections.abc import Iterable
from importlib.resources import files
from typing import Any

from sqlalchemy import and_, insert, select, update
from sqlalchemy.engine import Connection

from marketplace import stamps
from marketplace.catalog.models import Category
from marketplace.db import Row, move_stamps
from marketplace.places.models import Kampung, KampungKelurahan, Kecamatan, Kelurahan

Values = dict[str, Any]


def load_city(connection: Connection) -> None:
    """Insert or update kecamatan, kelurahan, kampung and categories, found by code or slug; nothing is deleted."""
    _load_kelurahan(connection)
    _load_kampung(connection)
    _load_categories(connection)
    move_stamps(connection, [stamps.EVERYWHERE])


def _load_kelurahan(connection: Connection) -> None:
    rows = _read("kelurahan")
    names = {row["kecamatan_code"]: row["kecamatan_name"] for row in rows}
    _save(connection, Kecamatan, ("code",), ({"code": code, "name": name} for code, name in names.items()))
    kecamatan = _ids(connection, Kecamatan, "code")
    _save(connection, Kelurahan, ("code",), (_kelurahan(row, kecamatan) for row in rows))


def _kelurahan(row: Values, kecamatan: dict[str, int]) -> Values:
    return {
        "code": row["code"],
        "name": row["name"],
        "kecamatan_id": kecamatan[row["kecamatan_code"]],
        "postal_code": row["postal_code"],
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
    }


def _load_kampung(connection: Connection) -> None:
    rows = [row | {"position": position} for position, row in enumerate(_read("kampung"))]
    _save(connection, Kampung, ("slug",), rows)
    kampung, kelurahan = _ids(connection, Kampung, "slug"), _ids(connection, Kelurahan, "code")
    links = (
        {
            "kampung_id": kampung[row["kampung"]],
            "kelurahan_id": kelurahan[row["kelurahan_code"]],
            "source": row["source"],
        }
        for row in _read("kampung_kelurahan")
    )
    _save(connection, KampungKelurahan, ("kampung_id", "kelurahan_id"), links)


def _load_categories(connection: Connection) -> None:
    """Parents stand before their children in the file, so that their ids are known."""
    for position, row in enumerate(_read("category")):
        parent = row.pop("parent")
        parent_id = _ids(connection, Category, "slug")[parent] if parent else None
        _save(connection, Category, ("slug",), [row | {"parent_id": parent_id, "position": position}])


def _read(name: str) -> list[Values]:
    table = files("marketplace.catalog").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return [dict(row) for row in csv.DictReader(table.splitlines())]


def _ids(connection: Connection, model: type[Row], key: str) -> dict[str, int]:
    return dict(connection.execute(select(getattr(model, key), model.id)).all())


def _save(connection: Connection, model: type[Row], key: tuple[str, ...], rows: Iterable[Values]) -> None:
    """Update the row that has this key, or insert it; the same on both engines."""
    for row in rows:
        same = and_(*(getattr(model, name) == row[name] for name in key))
        if connection.scalar(select(model.id).where(same)) is None:
            connection.execute(insert(model).values(row))
        else:
            connection.execute(update(model).where(same).values(row))
