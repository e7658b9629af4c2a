"""Job: look whether goods have come for those who wait."""

from urllib.parse import parse_qs

from marketplace.catalog import alerts
from marketplace.catalog.directory import directory
from marketplace.catalog.listing import matching
from marketplace.catalog.narrowing import read
from marketplace.catalog.queries import shops_named
from marketplace.db import db


def tell_alerts() -> None:
    """Job `catalog.tell_alerts`, some minutes after goods were put on show: one look for all that came meanwhile."""
    alerts.tell(_count)


def _count(asked: str) -> int:
    """How many goods the list has that this query of /cari asks for, as it was asked: no word corrected or left out."""
    narrowing = read(parse_qs(asked), directory())
    shops = {slug: id for slug, id, _name in db.session.execute(shops_named(narrowing.chosen.get("toko", ())))}
    gone = set(narrowing.chosen.get("toko", ())) - set(shops)
    return 0 if gone else matching(narrowing, shops)
