"""The words that goods have, counted by whoever changes a product, and looked up in one statement."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, literal, select, text, union_all

from marketplace.catalog.models import Spelling, Synonym, Vocabulary
from marketplace.catalog.wording import spelling_keys
from marketplace.db import db
from marketplace.expressions import among
from marketplace.reading import Query

_MOVE = text(
    "INSERT INTO vocabulary (word, n) VALUES (:word, :n) ON CONFLICT (word) DO UPDATE SET n = vocabulary.n + excluded.n"
)
_SPELL = text("INSERT INTO spelling (key, word) VALUES (:key, :word) ON CONFLICT (key, word) DO NOTHING")

_SPELT_LIKE = select(Spelling.word).where(among(Spelling.key, "keys"))
_BEGINS = (Vocabulary.word >= bindparam("start"), Vocabulary.word < bindparam("end"), Vocabulary.n > 0)
_LOOK_UP: Query[tuple[str, str, int]] = Query(
    union_all(
        select(literal("word").label("kind"), Vocabulary.word.label("text"), Vocabulary.n.label("n")).where(
            Vocabulary.word.in_(_SPELT_LIKE), Vocabulary.n > 0
        ),
        select(literal("start"), Vocabulary.word, Vocabulary.n).where(*_BEGINS),
        select(literal("synonym"), Synonym.term + "=" + Synonym.means, literal(0)).where(among(Synonym.term, "terms")),
    ),
    tuple,
)


class Known(NamedTuple):
    """What the market knows of the words asked: {word: goods} spelt alike, {word: goods} that begin so, synonyms."""

    words: dict[str, int]
    begun: dict[str, int]
    synonyms: dict[str, str]


def look_up(keys: Iterable[str], terms: Iterable[str], start: str) -> Known:
    """Every counted word that has one of the spelling keys or begins with `start`, and the office's synonyms."""
    end = start[:-1] + chr(ord(start[-1]) + 1) if start else ""
    known = Known({}, {}, {})
    for kind, found, n in _LOOK_UP.all(keys=sorted(keys), terms=sorted(terms), start=start or "~", end=end):
        if kind == "synonym":
            term, _, means = found.partition("=")
            known.synonyms[term] = means
        else:
            (known.words if kind == "word" else known.begun)[found] = n
    return known


def move(words: Counter[str]) -> None:
    """Count words up and down, in a fixed order so that no two writers wait for each other. Call inside writing()."""
    rows: list[dict[str, Any]] = [{"word": word, "n": n} for word, n in sorted(words.items()) if n]
    if not rows:
        return
    more = [row["word"] for row in rows if row["n"] > 0]
    known = set(db.session.scalars(select(Vocabulary.word).where(Vocabulary.word.in_(more))))
    db.session.execute(_MOVE, rows)
    spellings = list(_spellings(word for word in more if word not in known))
    if spellings:
        db.session.execute(_SPELL, spellings)


def replace_all(words: Counter[str]) -> None:
    """Begin anew with these counts. Call inside writing()."""
    db.session.execute(delete(Spelling))
    db.session.execute(delete(Vocabulary))
    counted: list[dict[str, Any]] = [{"word": word, "n": n} for word, n in sorted(words.items()) if n > 0]
    for statement, rows in ((_MOVE, counted), (_SPELL, list(_spellings(row["word"] for row in counted)))):
        for start in range(0, len(rows), 10_000):
            db.session.execute(statement, rows[start : start + 10_000])


def _spellings(words: Iterable[object]) -> Iterator[dict[str, object]]:
    for word in words:
        yield from ({"key": key, "word": word} for key in sorted(spelling_keys(str(word))))
