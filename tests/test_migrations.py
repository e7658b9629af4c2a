"""Migrations: one head, named in a file; up and down with data; nothing differs from the models."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select, text

from marketplace.catalog.search import find
from marketplace.config import ROOT
from marketplace.db import db
from marketplace.places.models import Kelurahan
from tests.browser import Browser
from tests.factories import Market, open_market
from tests.orders.flows import order
from tests.orders.offers import buy_with, offer

MIGRATIONS = ROOT / "migrations"


def test_the_head_file_names_the_only_head() -> None:
    """Two migrations written at the same time conflict in git, not in production."""
    heads = ScriptDirectory(str(MIGRATIONS)).get_heads()
    assert [Path(MIGRATIONS / "head.txt").read_text().strip()] == heads


def test_the_models_are_what_the_migrations_make(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["db", "check"])
    assert result.exit_code == 0, result.output


def test_down_and_up_again_with_data(app: Flask, market: Market, client: Browser) -> None:
    order(client, market, onde=1)
    offer(app, market, "KOTA")
    buy_with(client, market, "KOTA")
    with app.app_context():
        revisions = ScriptDirectory(str(MIGRATIONS)).walk_revisions()
        for _ in revisions:
            downgrade(revision="-1")
        assert set(inspect(db.engine).get_table_names()) <= {"alembic_version"}
        db.engine.dispose()
        upgrade()
        assert db.session.scalar(select(func.count(Kelurahan.id))) == 18
        open_market()


def rows_of(statement: str) -> list[tuple[object, ...]]:
    with db.engine.connect() as connection:  # a session would hold locks that a migration waits for
        return [tuple(row) for row in connection.execute(text(statement))]


def test_the_search_index_is_filled_again_and_counts_stay(app: Flask, market: Market) -> None:
    counts = "SELECT scope, tag, n FROM facet_count WHERE n > 0 ORDER BY scope, tag"
    with app.app_context():
        before = rows_of(counts)
        for revision in ("0023", "0022"):
            downgrade(revision=revision)
            assert before and rows_of(counts) == before
        assert rows_of("SELECT count(*) FROM search_document") == [(0,)]
        upgrade()
        assert rows_of(counts) == before
        assert {one.id for one in find("onde").candidates} == {market.products["onde"]}


def test_an_upgrade_repeated_changes_nothing(app: Flask, market: Market) -> None:
    with app.app_context():
        upgrade()
        assert db.session.scalar(select(func.count(Kelurahan.id))) == 18
