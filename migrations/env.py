"""How Alembic reaches the database: one transaction, SQLite's foreign keys off while tables are rebuilt."""

from alembic import context
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy.engine import Connection

from marketplace.catalog.city_data import load_city
from marketplace.catalog.indexing import reindex_if_outdated
from marketplace.db import Moment

database = current_app.extensions["migrate"].db


def include_object(_object: object, name: str | None, kind: str, _reflected: bool, _compare_to: object) -> bool:
    """Leave the search index's own tables out of comparisons."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def render_item(kind: str, item: object, _context: object) -> str | bool:
    """Write our own column types as what they are in the database, so that a migration imports nothing of the app."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, Moment) else False


def migrate(connection: Connection) -> bool:
    """Run the migrations; a database that has reached the newest revision gets the city's places and shelves."""
    context.configure(
        connection=connection,
        target_metadata=database.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        include_object=include_object,
        render_item=render_item,
        compare_type=True,
    )
    context.run_migrations()
    newest = ScriptDirectory.from_config(context.config).get_heads()
    is_newest = bool(newest) and set(context.get_context().get_current_heads()) == set(newest)
    if is_newest:
        load_city(connection)
    return is_newest


def run() -> None:
    """One write transaction; foreign keys are OFF before it begins, since a rebuild with them ON loses child rows."""
    with database.engine.connect().execution_options(write=True) as connection:
        sqlite = connection.connection.driver_connection if connection.dialect.name == "sqlite" else None
        if sqlite is not None:
            sqlite.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                is_newest = migrate(connection)
                broken = sqlite.execute("PRAGMA foreign_key_check").fetchall() if sqlite is not None else []
                if broken:
                    raise RuntimeError(f"the migration broke foreign keys: {broken[:5]}")
        finally:
            if sqlite is not None:
                sqlite.execute("PRAGMA foreign_keys=ON")
    if is_newest:
        reindex_if_outdated()


run()
