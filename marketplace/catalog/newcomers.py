"""Takes the points of newcomers back from goods that have been here long enough."""

from datetime import timedelta

from sqlalchemy import select

from marketplace import nights
from marketplace.catalog.indexing import in_chunks, reindex
from marketplace.catalog.models import Product
from marketplace.catalog.ranking import FRESH_DAYS, FRESH_POINTS, STEP
from marketplace.clock import now
from marketplace.db import db, writing

KIND = "catalog.settle_newcomers"


def settle_newcomers() -> None:
    """Job, every night: rank anew what is no longer new."""
    nights.arrange(KIND)
    was_new = Product.quality % STEP == FRESH_POINTS
    settled = select(Product.id).where(was_new, Product.created_at <= now() - timedelta(days=FRESH_DAYS))
    for ids in in_chunks(db.session.scalars(settled).all()):
        with writing():
            reindex(ids)
