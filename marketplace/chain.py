"""Links the rows of the audit trail by their hashes, in id order, and finds out when one was changed or removed."""

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select, text

from marketplace.audit import AuditLink, AuditRow
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.turns import alone

# What follows from a row, by its kind and verb: the kind of the job that gets its id as `audit_id`.
Followers = Mapping[tuple[str, str], str]

AT_ONCE = 500  # rows in one transaction
PATIENCE_SECONDS = 5.0
LOOK_AGAIN_SECONDS = 0.02
# Whoever has added a row holds this lock till the end of the transaction, and got it before the row got its id.
_WRITERS = text(
    "SELECT virtualtransaction FROM pg_locks WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted"
    " AND relation = 'audit_row'::regclass"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


@dataclass(frozen=True)
class Standing:
    """How far the chain goes: rows linked, rows that still wait (the oldest since when), the digest at its end."""

    linked: int
    waiting: int
    waiting_since: datetime | None
    head: str


def link(followers: Followers) -> int:
    """Link every row whose place is certain, and enqueue what follows from it; returns how many were linked.

    On PostgreSQL ids are drawn before they are committed, so a row that is there may have a gap before it that an open
    transaction is still to fill. All who can have drawn a lower id hold the table's lock by now: they are waited for,
    a few seconds at most, and nobody has to wait for us. A gap that is left then stays one.
    """
    newest = db.session.scalar(select(func.max(AuditRow.id))) or 0
    if newest <= _last()[0] or not _is_certain():
        db.session.rollback()
        return 0
    count = 0
    with alone("audit"):
        while some := _link_some(newest, followers):
            count += some
    return count


def digest_of(previous: str, row: AuditRow) -> str:
    """The SHA-256, in hexadecimal, of a row behind the digest before it."""
    told = [row.id, row.at.isoformat(), row.actor_id, row.verb, row.kind, row.object_id, row.note]
    return hashlib.sha256(json.dumps([previous, *told], ensure_ascii=False).encode()).hexdigest()


def breaches() -> Iterator[str]:
    """Linked rows that were changed or removed since, and rows that were put between them; not those that wait."""
    links = select(AuditLink, AuditRow).outerjoin(AuditRow, AuditRow.id == AuditLink.row_id).order_by(AuditLink.row_id)
    end = ""
    for linked, found in db.session.execute(links.execution_options(yield_per=1000)):
        row: AuditRow | None = found
        if linked.previous != end:
            yield f"audit row {linked.row_id}: a row before it was removed"
        if row is None:
            yield f"audit row {linked.row_id}: was removed"
        elif digest_of(linked.previous, row) != linked.digest:
            yield f"audit row {linked.row_id}: was changed"
        end = linked.digest
    between = _unlinked().where(AuditRow.id < _last()[0])
    for id in db.session.scalars(between.with_only_columns(AuditRow.id)):
        yield f"audit row {id}: was put between linked rows"


def standing() -> Standing:
    """What `flask check` tells of the chain beside its breaches."""
    last, head = _last()
    waiting = _unlinked().where(AuditRow.id > last).with_only_columns(func.count(), func.min(AuditRow.at))
    count, since = db.session.execute(waiting).one()
    linked = db.session.scalars(select(func.count(AuditLink.id))).one()
    return Standing(linked, count, since, head)


def _unlinked() -> Select[AuditRow]:
    return select(AuditRow).outerjoin(AuditLink, AuditLink.row_id == AuditRow.id).where(AuditLink.id.is_(None))


def _last() -> tuple[int, str]:
    """The id of the last row that is linked, and the digest of its link."""
    found = select(AuditLink.row_id, AuditLink.digest).order_by(AuditLink.row_id.desc()).limit(1)
    row = db.session.execute(found).one_or_none()
    return (row.row_id, row.digest) if row else (0, "")


def _is_certain() -> bool:
    """Wait until everybody who was writing rows has ended; False when one takes too long. SQLite has one writer."""
    if db.engine.dialect.name == "sqlite":
        return True
    until = time.monotonic() + PATIENCE_SECONDS
    writers = _writers()
    while writers and time.monotonic() < until:
        time.sleep(LOOK_AGAIN_SECONDS)
        writers &= _writers()
    return not writers


def _writers() -> set[str]:
    """The transactions that have added rows and are open."""
    found = set(db.session.scalars(_WRITERS))
    db.session.rollback()
    return found


def _link_some(newest: int, followers: Followers) -> int:
    with writing() as session:
        last, digest = _last()
        found = select(AuditRow).where(AuditRow.id > last, AuditRow.id <= newest).order_by(AuditRow.id).limit(AT_ONCE)
        rows = session.scalars(found).all()
        for row in rows:
            previous, digest = digest, digest_of(digest, row)
            session.add(AuditLink(row_id=row.id, previous=previous, digest=digest))
            if job := followers.get((row.kind, row.verb)):
                enqueue(job, audit_id=row.id)
    return len(rows)
