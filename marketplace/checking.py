"""What must always hold is looked for on demand and every night; the officers hear of a breach."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from flask_babel import gettext as _

from marketplace import nights
from marketplace.db import db, read_snapshot
from marketplace.payments.alerts import tell_officers

Check = Callable[[], Iterator[str]]
KIND = "checking.nightly"
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
    nights.arrange(KIND)


def _words(found: list[str]) -> tuple[str, str]:
    subject = _("Pemeriksaan malam menemukan %(count)s hal", count=len(found))
    return subject, "\n".join([_("Jalankan flask check di server. Yang ditemukan:"), "", *found[:SHOWN]])
