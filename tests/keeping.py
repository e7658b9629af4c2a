"""An app that keeps pages, over the database of a test whose own app keeps none."""

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from marketplace import create_app
from marketplace.db import db

MEGABYTES = 16


@contextmanager
def keeping(app: Flask) -> Iterator[Flask]:
    """A second app with a page cache; lets go of its connections at the end."""
    other = create_app(dataclasses.replace(app.config["SETTINGS"], page_cache_megabytes=MEGABYTES))
    other.config.update(TESTING=True, PROPAGATE_EXCEPTIONS=False)
    try:
        yield other
    finally:
        with other.app_context():
            db.engine.dispose()
