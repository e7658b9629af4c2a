"""Tells the officers what about money needs their eyes."""

from collections.abc import Callable

from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.payments.models import Journal, JournalKind


def tell_suspense(source: str) -> None:
    """Job `payments.tell_suspense`: money came that belongs to nothing we know."""
    journal = db.session.scalars(
        select(Journal).where(Journal.kind == JournalKind.SUSPENSE, Journal.reference == source)
    ).one()
    note = journal.note

    def words() -> tuple[str, str]:
        return _("Uang masuk yang belum dikenali"), _("Periksa uang ini di buku besar: %(note)s", note=note)

    tell_officers(words)


def tell_officers(words: Callable[[], tuple[str, str]]) -> None:
    """Write to every officer in their own language; `words` gives subject and text in the language of the moment."""
    people = [(p.letterbox, p.phone or "", p.language) for p in db.session.scalars(select(User).where(User.is_officer))]
    with writing():
        for email, phone, language in people:
            with force_locale(language):
                subject, text = words()
            lines = f"{text}\n{settings().base_url}/kantor"
            enqueue("notices.deliver", email=email, phone=phone, subject=subject, text=lines)
