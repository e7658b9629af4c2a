"""What must always hold of payouts; `flask check` prints one line per breach."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, String, cast, exists, func, select

from marketplace.db import db
from marketplace.payments.books import Account, Entry, Journal, JournalKind
from marketplace.payments.payout_models import Payout, PayoutState

KINDS = {
    PayoutState.DUE: JournalKind.PAYOUT_DUE,
    PayoutState.PAID: JournalKind.PAYOUT_PAID,
    PayoutState.RETURNED: JournalKind.PAYOUT_RETURNED,
}


def payouts() -> Iterator[str]:
    """Each payout was taken off its shop's balance once, and the ledger knows how it ended; it knows of no other."""
    debit = select(func.sum(Entry.amount)).join(Journal, Journal.id == Entry.journal_id)
    debit = debit.where(_told(JournalKind.PAYOUT_DUE), Entry.shop_id == Payout.shop_id)
    wrong = func.coalesce(debit.scalar_subquery(), 0) != Payout.amount
    for id in db.session.scalars(select(Payout.id).where(wrong)):
        yield f"payout {id}: was not taken off its shop's balance"
    for state, kind in KINDS.items():
        for id in db.session.scalars(select(Payout.id).where(Payout.state == state, ~exists().where(_told(kind)))):
            yield f"payout {id}: is {state}, and the ledger does not know it"
    unknown = Journal.kind.in_(KINDS.values()), ~exists().where(cast(Payout.id, String) == Journal.reference)
    for id in db.session.scalars(select(Journal.id).where(*unknown)):
        yield f"journal {id}: pays out to nobody"


def clearing() -> Iterator[str]:
    """What stands in clearing is what no bank has sent yet."""
    booked = select(func.coalesce(func.sum(Entry.amount), 0)).where(Entry.account == Account.PAYOUT_CLEARING)
    due = select(func.coalesce(func.sum(Payout.amount), 0)).where(Payout.state == PayoutState.DUE)
    in_books, promised = -db.session.scalars(booked).one(), db.session.scalars(due).one()
    if in_books != promised:
        yield f"payouts: {promised} rupiah are due, {in_books} stand in clearing"


def _told(kind: JournalKind) -> ColumnElement[bool]:
    return (Journal.kind == kind) & (Journal.reference == cast(Payout.id, String))


CHECKS = (payouts, clearing)
