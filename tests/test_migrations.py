"""Migrations: one head, named in a file; up and down with data; nothing differs from the models."""

from pathlib import Path

from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import func, inspect, select

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


def test_an_upgrade_repeated_changes_nothing(app: Flask, market: Market) -> None:
    with app.app_context():
        upgrade()
        assert db.session.scalar(select(func.count(Kelurahan.id))) == 18
