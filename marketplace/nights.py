"""Jobs that come again every night."""

from datetime import datetime, timedelta

from sqlalchemy import select

from marketplace.clock import now, to_wib
from marketplace.db import writing
from marketplace.jobs import Job, enqueue

HOUR = 2  # in WIB, when nobody orders


def arrange(kind: str) -> None:
    """See to it that the next night's job of this kind is in the queue, once."""
    at = now()
    with writing() as session:
        waiting = select(Job.id).where(Job.kind == kind, Job.ended_at.is_(None), Job.due_at > at)
        if session.scalar(waiting.limit(1)) is None:
            enqueue(kind, due_at=next_night(at))


def next_night(at: datetime) -> datetime:
    """The next time it is HOUR o'clock in WIB."""
    tonight = to_wib(at).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    return tonight if tonight > at else tonight + timedelta(days=1)
