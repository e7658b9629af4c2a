"""What the office teaches search: a word and what it means, beside what the market knows by itself."""

from flask_babel import gettext as _
from sqlalchemy import Select, delete, select
from sqlalchemy.exc import IntegrityError

from marketplace import audit, stamps
from marketplace.catalog import lexicon
from marketplace.catalog.lexicon import LONGEST_TERM
from marketplace.catalog.models import Synonym
from marketplace.catalog.wording import fold
from marketplace.db import writing
from marketplace.refusal import Refusal

PAGE = 50
MOST_MEANINGS = 12


class NoTerm(Refusal):
    """A term is one to three words, and means something else."""


class KnownTerm(Refusal):
    """A term stands in the list once: remove it first to let it mean something else."""


def own_synonyms(below: str) -> Select[Synonym]:
    """A page, and one row more, of what the office has added, by term, after the term `below`."""
    return select(Synonym).where(Synonym.term > below).order_by(Synonym.term).limit(PAGE + 1)


def add_synonym(term: str, means: str, actor_id: int) -> None:
    """Let a term also find its meanings, which commas separate; raises NoTerm, KnownTerm."""
    words = fold(term)
    told = dict.fromkeys(lexicon.terms(means.replace(",", "|")))
    meanings = [other for other in told if other and other != tuple(words)]
    if not words or len(words) > LONGEST_TERM or not meanings or len(meanings) > MOST_MEANINGS:
        raise NoTerm(_("Tulis satu sampai tiga kata, dan paling banyak dua belas arti yang lain dari kata itu."))
    row = Synonym(term=" ".join(words), means="|".join(" ".join(meaning) for meaning in meanings))
    with writing() as session:
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError as error:
            raise KnownTerm(_("Kata ini sudah ada di daftar. Hapus dulu untuk memberi arti lain.")) from error
        audit.record("add", "synonym", row.id, actor_id=actor_id, note=f"{row.term} = {row.means}")
        stamps.touch({stamps.SITE})


def remove_synonym(id: int, actor_id: int) -> None:
    """Take a term out; one that is gone already stays gone."""
    with writing() as session:
        gone = session.scalars(delete(Synonym).where(Synonym.id == id).returning(Synonym.term)).one_or_none()
        if gone is not None:
            audit.record("remove", "synonym", id, actor_id=actor_id, note=gone)
            stamps.touch({stamps.SITE})
