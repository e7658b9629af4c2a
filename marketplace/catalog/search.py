"""Search: what was typed becomes the best candidates, at most MOST; the same functions whatever the engine."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import cos, hypot, radians

from marketplace.catalog import tags, tiers
from marketplace.catalog.directory import directory
from marketplace.catalog.engine import MOST, Candidate, Query
from marketplace.catalog.index import engine
from marketplace.catalog.ranking import ordered
from marketplace.catalog.understanding import Question, understand
from marketplace.clock import now

LONGEST = 100
FEW = 5  # fewer than these, and goods that have most of the words follow
MOST_RELAXED = 100  # goods that lack something
LAST = 100  # the tier below all others
HIGHEST = 2**53
KM_OF_DEGREE = 111.2


@dataclass(frozen=True)
class Found:
    """Candidates, the best first; `capped` when there are more, `corrected` what was searched instead of a typo.

    `relaxed` are words that few products or none have together with the others: the last candidates, or all, lack them.
    """

    candidates: list[Candidate] = field(default_factory=list)
    capped: bool = False
    corrected: str = ""
    relaxed: str = ""


def readable(text: str) -> str:
    """What was typed, fit to be shown again: one line, without control characters, at most LONGEST characters."""
    printable = "".join(character if character.isprintable() else " " for character in text[: 10 * LONGEST])
    return " ".join(printable.split())[:LONGEST].strip()


def question_of(text: str, literal: bool = False) -> Question:
    """What a text asks for, for several searches with it; one statement."""
    return understand(readable(text), literal)


def find(
    text: str,
    must: Sequence[Sequence[str]] = (),
    *,
    price: tuple[int | None, int | None] = (None, None),
    near: int | None = None,
    literal: bool = False,
    question: Question | None = None,
) -> Found:
    """The goods that a text asks for, or without text all that have the tags; at most three statements.

    On PostgreSQL two of them are asked a second way where they find more than was expected, and what is to be expected
    is read anew every ten minutes.

    `must` are tags, of which each group has one at least. `price` is from and to, in rupiah. `near` is a kelurahan,
    from which nearer goods come first among equals. `literal` takes the words as they stand, typos and all.
    `question` is what `question_of` made of the text before.
    """
    must = [*must, *([tags.prices(*price)] if price != (None, None) else [])]
    if not all(must):
        return Found()  # nothing has a tag of an empty group, or a price between 5 and 4 rupiah
    question = question or question_of(text, literal)
    if not question.units:
        return _found([], near) if text.strip() else _found(_candidates([Query(tiers.fixed_by(must))], price), near)
    rows = _candidates(tiers.tiers_of(question, must), price)
    more, left_out = _relaxed(question, must, price) if len(rows) < FEW else ([], "")
    seen = {one.id for one in rows}
    rows += [one for one in more if one.id not in seen]
    return _found(rows, near, question.corrected, left_out)


def _relaxed(
    question: Question, must: Sequence[Sequence[str]], price: tuple[int | None, int | None]
) -> tuple[list[Candidate], str]:
    """The goods that have most of the words, and the words that they lack."""
    queries = tiers.relaxed(question, must)
    rows = _candidates([Query(clause) for clause, _left_out in queries], price, MOST_RELAXED) if queries else []
    if not rows:
        return [], ""
    last = rows[min(FEW, len(rows)) - 1].tier
    words = " ".join(queries[rows[0].tier - 1][1])
    return [one._replace(tier=one.tier + LAST) for one in rows if one.tier <= last], words


def _candidates(
    queries: Sequence[Query], price: tuple[int | None, int | None], most: int = MOST + 1
) -> list[Candidate]:
    """Each product in its closest tier; without any condition the best of the whole market.

    One statement, or two where PostgreSQL finds more than it expected.
    """
    others: dict[str, object] = {"now": now()}
    has_price = price != (None, None)
    if has_price:
        others |= {"lowest": price[0] or 0, "highest": HIGHEST if price[1] is None else price[1]}
    rows = engine().found(queries, most, has_price, **others)
    closest: dict[int, Candidate] = {}
    for one in sorted(rows, key=lambda one: (one.tier, -one.rank)):
        closest.setdefault(one.id, one)
    return list(closest.values())


def _found(rows: list[Candidate], near: int | None, corrected: str = "", relaxed: str = "") -> Found:
    distances = _distances_from(near) if near is not None else {}
    return Found(ordered(rows[:MOST], distances), len(rows) > MOST, corrected, relaxed)


def _distances_from(kelurahan_id: int) -> dict[int, float]:
    """Kilometres as the crow flies from a kelurahan to each; none from one that does not exist."""
    places = {place.id: place for place in directory().kelurahan.values()}
    here = places.get(kelurahan_id)
    if here is None:
        return {}
    narrow = cos(radians(here.latitude))  # the city is small enough to be flat
    return {
        id: KM_OF_DEGREE * hypot(place.latitude - here.latitude, (place.longitude - here.longitude) * narrow)
        for id, place in places.items()
    }
