"""The readable name of a thing in its address: `Onde-onde Bu Ani` stands under `onde-onde-bu-ani`."""

import re
import unicodedata
from itertools import count

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import QueryableAttribute

from marketplace.db import Row, db

LONGEST = 60
TRIES = 5


def slug_of(text: str, otherwise: str) -> str:
    """Lower-case ASCII letters, digits and single hyphens, at most LONGEST; `otherwise` when nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or otherwise


def free_slug(column: QueryableAttribute[str], wanted: str) -> str:
    """`wanted`, or with the first free number behind it: `wanted-2`."""
    taken = set(db.session.scalars(select(column).where(column.startswith(wanted, autoescape=True))))
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in count(1))
    return next(slug for slug in numbered if slug not in taken)


def add_with_slug(row: Row, column: QueryableAttribute[str], wanted: str) -> str:
    """Add the row to the open transaction under the first free slug, and return that slug.

    On PostgreSQL another transaction may take the same slug meanwhile: then the next free one is tried.
    """
    for attempt in range(1, TRIES + 1):
        slug = free_slug(column, wanted)
        setattr(row, column.key, slug)
        try:
            with db.session.begin_nested():
                db.session.add(row)
        except IntegrityError:
            if attempt == TRIES:
                raise
        else:
            return slug
    raise AssertionError("the last attempt returns or raises")
