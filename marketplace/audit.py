"""The trail of who did what with money, roles and shops: rows are added, never changed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from marketplace.clock import now
from marketplace.db import Moment, Row, db


class AuditRow(Row):
    """`actor_id` (a user, or None for the system) did `verb` to the `object_id` of `kind`."""

    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]
    verb: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


def record(verb: str, kind: str, object_id: int, *, actor_id: int | None, note: str = "") -> None:
    """Add one row to the open transaction; `note` carries no personal data."""
    db.session.add(AuditRow(at=now(), actor_id=actor_id, verb=verb, kind=kind, object_id=object_id, note=note))
