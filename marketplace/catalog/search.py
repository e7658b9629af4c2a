"""Plain search: the words that a person typed, each of which must stand in what is known of a product."""

import re
from functools import cache

from sqlalchemy import bindparam

from marketplace.catalog.cards import CardPage, Statement, listed, page_of
from marketplace.catalog.models import Product

LONGEST = 100
MOST_WORDS = 8


def readable(text: str) -> str:
    """What was typed, fit to be shown again: one line, without control characters, at most LONGEST characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 10 * LONGEST])
    return " ".join(printable.split())[:LONGEST].strip()


def words_of(text: str) -> list[str]:
    """The words of a search, in lower case; letters and digits alone, so no sign has a meaning of its own in LIKE."""
    return re.findall(r"[^\W_]+", text.lower())[:MOST_WORDS]


def found(words: list[str], cursor: str) -> CardPage:
    """A page of the goods that have every word, newest first; without a word nothing is found."""
    if not words:
        return CardPage([], None, is_first=True)
    return page_of(_statement(len(words)), cursor, **{f"word{n}": f"%{word}%" for n, word in enumerate(words)})


@cache
def _statement(count: int) -> Statement:
    return listed(*(Product.words.like(bindparam(f"word{n}")) for n in range(count)))
