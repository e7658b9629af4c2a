"""Plain search: the words that a person typed, each of which must stand in what is known of a product."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, literal_column, or_, select

from marketplace.catalog.models import Product
from marketplace.db import db

LONGEST = 100
MOST_WORDS = 8
MOST = 1000


class Candidate(NamedTuple):
    """A product that may be shown; `price` is rupiah, `tags` are separated by blanks."""

    id: int
    tier: int
    rank: int
    tags: str
    price: int
    sold: int


@dataclass(frozen=True)
class Found:
    """At most MOST candidates, the best first; `capped` when there are more. What was corrected or left out is text."""

    candidates: list[Candidate]
    capped: bool = False
    corrected: str = ""
    relaxed: str = ""


def readable(text: str) -> str:
    """What was typed, fit to be shown again: one line, without control characters, at most LONGEST characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 10 * LONGEST])
    return " ".join(printable.split())[:LONGEST].strip()


def words_of(text: str) -> list[str]:
    """The words of a search, in lower case; letters and digits alone, so no sign has a meaning of its own in LIKE."""
    return re.findall(r"[^\W_]+", text.lower())[:MOST_WORDS]


def find(
    text: str,
    must: Sequence[Sequence[str]] = (),
    *,
    price: tuple[int | None, int | None] = (None, None),
    near: int | None = None,  # noqa: ARG001
    literal: bool = False,  # noqa: ARG001
) -> Found:
    """What has every word, of each group of tags one, and a price between these; a text without words finds nothing."""
    words = words_of(text)
    if text and not words:
        return Found([])
    filters: list[ColumnElement[bool]] = [Product.words.like(f"%{word}%") for word in words]
    filters += [or_(*((" " + Product.tags + " ").like(f"% {tag} %") for tag in group)) for group in must]
    lowest, highest = price
    filters += [] if lowest is None else [Product.price_min >= lowest]
    filters += [] if highest is None else [Product.price_min <= highest]
    columns: tuple[Any, ...] = (
        Product.id,
        literal_column("0"),
        Product.rank,
        Product.tags,
        Product.price_min,
        Product.sold,
    )
    best = select(*columns).where(Product.is_listed, *filters).order_by(Product.rank.desc()).limit(MOST + 1)
    candidates = [Candidate(*row) for row in db.session.execute(best)]
    return Found(candidates[:MOST], len(candidates) > MOST)
