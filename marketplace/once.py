"""Doing it twice does it once: the answer of a form is kept under the form's random key."""

import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.clock import now
from marketplace.db import Moment, Row, db


class Answer(Row):
    """What a form with this key led to, written in the transaction that did it."""

    key: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(Moment)


class AlreadyDone(Exception):
    """Another request with the same key has finished first; `text` is its answer."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


def new_key() -> str:
    """A key for the hidden field `kunci` of a form that creates something."""
    return secrets.token_urlsafe(16)


def answer_of(key: str) -> str | None:
    """The stored answer of this key, if the work was done before."""
    return db.session.scalar(select(Answer.text).where(Answer.key == _readable(key)))


def claim(key: str) -> Answer:
    """Claim the key inside writing(), before any work; raises AlreadyDone. Put the answer into `.text` at the end.

    On PostgreSQL the UNIQUE index makes a second request wait here until the first has committed.
    """
    answer = Answer(key=_readable(key), text="", at=now())
    try:
        with db.session.begin_nested():
            db.session.add(answer)
    except IntegrityError as error:
        raise AlreadyDone(answer_of(key) or "") from error
    return answer


def _readable(key: str) -> str:
    """A key as both engines can store it: PostgreSQL refuses NUL, and nobody needs more than a line."""
    return key.replace("\x00", "")[:200]
