"""What must always hold is looked for on demand and every night; the officers hear of a breach."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.clock import now, to_wib
from marketplace.db import db, read_snapshot, writing
from marketplace.jobs import Job, enqueue
from marketplace.payments.alerts import tell_officers

Check = Callable[[], Iterator[str]]
KIND = "checking.nightly"
HOUR = 2  # in WIB, when nobody orders
SHOWN = 20


def breaches(checks: Sequence[Check]) -> list[str]:
    """One line for each breach, all seen in the same moment."""
    read_snapshot()
    return [line for check in checks for line in check()]


def nightly(checks: Sequence[Check]) -> None:
    """Job `checking.nightly`: look, tell the officers what was found, and come again tomorrow night."""
    found = breaches(checks)
    db.session.rollback()
    if found:
        tell_officers(partial(_words, found))
    arrange()


def arrange() -> None:
    """See to it that the next night's look is in the queue, once."""
    at = now()
    with writing() as session:
        waiting = select(Job.id).where(Job.kind == KIND, Job.ended_at.is_(None), Job.due_at > at)
        if session.scalar(waiting.limit(1)) is None:
            enqueue(KIND, due_at=next_night(at))


def next_night(at: datetime) -> datetime:
    """The next time it is HOUR o'clock in WIB."""
    tonight = to_wib(at).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > at else tonight + timedelta(days=1)


def _words(found: list[str]) -> tuple[str, str]:
    subject = _("Pemeriksaan malam menemukan %(count)s hal", count=len(found))
    return subject, "\n".join([_("Jalankan flask check di server. Yang ditemukan:"), "", *found[:SHOWN]])
