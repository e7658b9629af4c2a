"""The double-entry ledger: a journal is posted whole, once, and never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from marketplace import audit
from marketplace.clock import now
from marketplace.db import db
from marketplace.payments.books import SHOP_ACCOUNTS, Account, Entry, Journal, JournalKind

# How much stands on each account, by shop where it is kept by shop: {(account, shop id or None): rupiah}
Balances = dict[tuple[Account, int | None], int]

AUDITED = "journal"  # the kind under which the audit trail tells of it


class Unbalanced(ValueError):
    """The sides of a journal do not sum to zero, or one of them names a shop where none belongs: a mistake of ours."""


@dataclass(frozen=True)
class Side:
    """One side of a movement: rupiah onto (positive) or off (negative) an account, with its shop if it has one."""

    account: Account
    amount: int
    shop_id: int | None = None


def post(
    kind: JournalKind, reference: str, sides: Sequence[Side], *, currency: str = "IDR", note: str = ""
) -> Journal | None:
    """Write one journal inside writing(); None when it stands there already, and then nothing is written.

    Raises Unbalanced. On PostgreSQL a second post of the same reference waits here until the first has committed.
    """
    _refuse_unbalanced(sides)
    same = select(Journal.id).where(Journal.kind == kind, Journal.reference == reference)
    if db.session.scalar(same) is not None:
        return None
    journal = Journal(kind=kind, reference=reference, at=now(), currency=currency, note=note)
    try:
        with db.session.begin_nested():
            db.session.add(journal)
    except IntegrityError:
        return None
    for side in sides:
        entry = Entry(journal_id=journal.id, account=side.account, amount=side.amount, shop_id=side.shop_id)
        db.session.add(entry)
    audit.record(kind, AUDITED, journal.id, actor_id=None, note=audit_note(reference, sides))
    return journal


def audit_note(reference: str, sides: Iterable[Side | Entry]) -> str:
    """A whole journal in one line, in which no later change of an entry can hide."""
    told = (f"{side.account}:{side.shop_id or ''} {side.amount:+}" for side in sides)
    return f"{reference}; {'; '.join(told)}"


def balances() -> Balances:
    """What stands on each account now."""
    total = func.sum(Entry.amount)
    rows = db.session.execute(select(Entry.account, Entry.shop_id, total).group_by(Entry.account, Entry.shop_id))
    return {(account, shop_id): int(amount) for account, shop_id, amount in rows}


def _refuse_unbalanced(sides: Sequence[Side]) -> None:
    total = sum(side.amount for side in sides)
    if total or len(sides) < 2:
        raise Unbalanced(f"a journal of {len(sides)} sides sums to {total} rupiah")
    for side in sides:
        if not side.amount or (side.account in SHOP_ACCOUNTS) != (side.shop_id is not None):
            raise Unbalanced(f"{side} is no side of a journal")
