"""Every UNIQUE of the models is one of the database, too: it refuses the second of two equal rows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from enum import Enum
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy import Column, Connection, Table
from sqlalchemy.exc import IntegrityError

import marketplace.wiring  # every model is known
from marketplace.db import db

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
_numbers = count(100_000)
# What checks and the conditions of partial indexes ask for.
FITTING: dict[str, dict[str, Any]] = {
    "payment": {"state": "open", "amount": 49_999, "code": 1, "due": 50_000, "refunded": 0},
    "payment_part": {"is_payable": False, "amount": 1},
    "uq_payment_part_payable": {"is_payable": True},
    "card_session": {"state": "open"},
    "person": {"email_proved_at": NOW, "phone_proved_at": NOW},
    "product": {"rating_sum": 0, "rating_count": 0},
    "variant": {"on_hand": 1, "held": 0},
    "shop_order": {"goods_total": 1, "delivery_fee": 0, "total": 1},
    "voucher": {"percent": 10, "ends_at": NOW + timedelta(days=1)},
}
assert marketplace.wiring


def _uniques() -> dict[str, tuple[Table, list[str]]]:
    """Of each UNIQUE its table and columns."""
    found = {}
    for table in db.metadata.sorted_tables:
        for each in (*table.constraints, *(index for index in table.indexes if index.unique)):
            if isinstance(each, sa.UniqueConstraint | sa.Index):
                found[str(each.name)] = (table, [column.name for column in each.columns])
    return found


UNIQUES = _uniques()


@pytest.fixture
def connection(app: Flask) -> Iterator[Connection]:
    """A connection on which rows may point to nothing."""
    engine = sa.create_engine(app.config["SQLALCHEMY_DATABASE_URI"])
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(sa.text("SET session_replication_role = replica"))
        yield connection
        connection.rollback()
    engine.dispose()


def some_value(column: Column[Any]) -> Any:
    """One that no other row has, where the column's kind has so many."""
    if column.foreign_keys or column.primary_key:
        return next(_numbers)
    kind = column.type
    if isinstance(kind, sa.JSON):
        return {}
    of_python = getattr(kind, "python_type", datetime)
    if isinstance(kind, sa.Enum) and kind.enum_class:
        return next(iter(kind.enum_class))
    if issubclass(of_python, Enum | bool):
        return False
    if issubclass(of_python, int | float):
        return next(_numbers)
    return str(next(_numbers))[-(getattr(kind, "length", None) or 20) :] if issubclass(of_python, str) else NOW


def a_row(table: Table, name: str) -> dict[str, Any]:
    """What a row needs, and what is to be unique; checks are passed by the defaults, or by what fits."""
    wanted = {*UNIQUES[name][1], "phone"}  # a person has a phone or an e-mail
    needed = [each for each in table.columns if each.name in wanted or not (each.nullable or each.default is not None)]
    row = {column.name: some_value(column) for column in needed}
    return row | FITTING.get(table.name, {}) | FITTING.get(name, {})


@pytest.mark.parametrize("name", sorted(UNIQUES))
def test_the_database_refuses_a_second(connection: Connection, name: str) -> None:
    table, columns = UNIQUES[name]
    first, other = a_row(table, name), a_row(table, name)
    connection.execute(table.insert(), first)
    connection.execute(table.insert(), other)
    same = a_row(table, name) | {column: first[column] for column in columns}
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        connection.execute(table.insert(), same)
