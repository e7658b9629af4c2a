"""The trail of who did what with money, roles and states: rows are added, never changed."""

# A row is written in the transaction of what it tells; chain.py links it to the rows before it a moment later.

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.clock import now
from marketplace.db import Moment, Row, db


class AuditRow(Row):
    """`actor_id` (a user, or None for the system) did `verb` to the `object_id` of `kind`."""

    __table_args__ = (Index("ix_audit_row_object", "kind", "object_id"),)

    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None]
    verb: Mapped[str]
    kind: Mapped[str]
    object_id: Mapped[int]
    note: Mapped[str] = mapped_column(default="")


class AuditLink(Row):
    """The link of one row: `digest` is the SHA-256 of the row and of `previous`, the digest of the link before it."""

    row_id: Mapped[int] = mapped_column(ForeignKey("audit_row.id"), unique=True)
    previous: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str]


def record(verb: str, kind: str, object_id: int, *, actor_id: int | None, note: str = "") -> None:
    """Add one row to the open transaction; `note` carries no personal data."""
    db.session.add(AuditRow(at=now(), actor_id=actor_id, verb=verb, kind=kind, object_id=object_id, note=note))
