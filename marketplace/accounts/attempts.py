"""Attempts to guess: counted in the database per person aimed at, and generously per network address."""

import ipaddress
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import Session

from marketplace.accounts.digests import keyed_digest
from marketplace.accounts.models import SignInAttempt
from marketplace.clock import format_time, now
from marketplace.config import settings
from marketplace.db import writing
from marketplace.language import language
from marketplace.refusal import Refusal

LETTERS = 5  # mailed to one address per window: nobody's mailbox is flooded through us
SWEPT_AT_ONCE = 200


class TooManyAttempts(Refusal):
    """No further attempt before `until`; said of people who do not exist as well."""

    def __init__(self, until: datetime) -> None:
        minute = format_time(until + timedelta(seconds=59), language())
        super().__init__(_("Terlalu banyak percobaan. Coba lagi setelah pukul %(time)s.", time=minute))
        self.until = until


def spend(purpose: str, who: str, network: str, tries: int | None = None) -> int:
    """Count one attempt at `who` from a network address and return its id; raises TooManyAttempts.

    It is counted before anybody looks whether it succeeds, so guesses sent at the same moment all count; on PostgreSQL
    such a burst may pass the limit once, by the number of open connections. `tries` are allowed per window, by default
    as many as the settings say.
    """
    begin = now() - timedelta(minutes=settings().sign_in_window_minutes)
    person, address = keyed_digest(purpose, who), keyed_digest("network", _network_of(network))
    with writing() as session:
        _sweep(session, begin)
        _refuse_beyond(session, SignInAttempt.identity_digest == person, tries or settings().sign_in_tries, begin)
        most = settings().sign_in_tries_per_network
        _refuse_beyond(session, SignInAttempt.network_digest == address, most, begin)
        attempt = SignInAttempt(identity_digest=person, network_digest=address, at=now())
        session.add(attempt)
    return attempt.id


def spend_letter(email: str, network: str) -> None:
    """Count a letter that somebody asks us to mail to this address; raises TooManyAttempts."""
    spend("letter", email, network, LETTERS)


def give_back(attempt_id: int) -> None:
    """One attempt was no guess."""
    with writing() as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.id == attempt_id))


def forget(purpose: str, who: str) -> None:
    """It was the right person: nothing counts against them any more. What counts against a network address stays."""
    mine = SignInAttempt.identity_digest == keyed_digest(purpose, who)
    with writing() as session:
        session.execute(update(SignInAttempt).where(mine).values(identity_digest=""))


def _refuse_beyond(session: Session, whose: ColumnElement[bool], most: int, begin: datetime) -> None:
    """Refuse when `most` attempts lie in the window; the oldest of them says when there is room again."""
    newest = select(SignInAttempt.at).where(whose, SignInAttempt.at > begin).order_by(SignInAttempt.at.desc())
    oldest = session.scalar(newest.offset(most - 1).limit(1))
    if oldest is not None:
        raise TooManyAttempts(oldest + timedelta(minutes=settings().sign_in_window_minutes))


def _sweep(session: Session, begin: datetime) -> None:
    """Delete what no longer counts, a few rows at a time, leaving rows that another request is deleting."""
    old = select(SignInAttempt.id).where(SignInAttempt.at <= begin).limit(SWEPT_AT_ONCE)
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(old.with_for_update(skip_locked=True))))


def _network_of(address: str) -> str:
    """The address itself, or the /64 that one IPv6 household has to itself."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else str(parsed)
