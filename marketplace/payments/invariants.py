"""What must always hold of money; `flask check` prints one line per breach."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import exists, func, or_, select

from marketplace.audit import AuditRow
from marketplace.db import db
from marketplace.payments.books import Entry, Journal, JournalKind
from marketplace.payments.ledger import AUDITED, audit_note
from marketplace.payments.models import Bearer, Payment, PaymentEvent, PaymentPart, Refund
from marketplace.payments.states import PAYABLE_STATES, SETTLED_STATES, is_legal_path


def ledger() -> Iterator[str]:
    """Every journal has entries, and they sum to zero; so does the whole ledger."""
    total = func.coalesce(func.sum(Entry.amount), 0)
    found = select(Journal.id, total).outerjoin(Entry, Entry.journal_id == Journal.id).group_by(Journal.id)
    for id, amount in db.session.execute(found.having(or_(total != 0, func.count(Entry.id) < 2))):
        yield f"journal {id}: its entries sum to {amount} rupiah"


def captures() -> Iterator[str]:
    """Money that has come stands in the ledger, and the ledger knows of no other."""
    posted = (Journal.kind == JournalKind.CAPTURE, Journal.reference == Payment.reference)
    settled = Payment.state.in_(SETTLED_STATES)
    for id in db.session.scalars(select(Payment.id).where(settled, ~exists().where(*posted))):
        yield f"payment {id}: its money is not in the ledger"
    for id in db.session.scalars(select(Payment.id).where(~settled, exists().where(*posted))):
        yield f"payment {id}: the ledger has money for it, its state does not"
    known = exists().where(Payment.reference == Journal.reference)
    for id in db.session.scalars(select(Journal.id).where(Journal.kind == JournalKind.CAPTURE, ~known)):
        yield f"journal {id}: captures a payment that is not there"
    debit = select(func.sum(Entry.amount)).join(Journal, Journal.id == Entry.journal_id)
    debit = debit.where(*posted, Entry.account == Payment.booked_on)
    for id in db.session.scalars(select(Payment.id).where(settled, debit.scalar_subquery() != Payment.due)):
        yield f"payment {id}: the ledger has another amount for it"


def parts() -> Iterator[str]:
    """A payment asks for what its parts cost, and its parts are payable as long as it is."""
    asked = func.coalesce(
        select(func.sum(PaymentPart.amount)).where(PaymentPart.payment_id == Payment.id).scalar_subquery(), 0
    )
    for id in db.session.scalars(select(Payment.id).where(Payment.amount != asked)):
        yield f"payment {id}: its amount is not the sum of its parts"
    differs = PaymentPart.is_payable != Payment.state.in_(PAYABLE_STATES)
    for id in db.session.scalars(select(Payment.id).join(PaymentPart).where(differs).distinct()):
        yield f"payment {id}: its parts do not know whether it is payable"


def histories() -> Iterator[str]:
    """Every payment has a history that the table of states allows, and ends where the payment is."""
    steps = select(PaymentEvent).order_by(PaymentEvent.payment_id, PaymentEvent.id)
    states = dict(iter(db.session.execute(select(Payment.id, Payment.state))))
    for payment_id, group in groupby(db.session.scalars(steps), key=lambda event: event.payment_id):
        events = [(event.before, event.after) for event in group]
        if not is_legal_path(events):
            yield f"payment {payment_id}: its history is no legal path"
        if states.pop(payment_id, None) != events[-1][1]:
            yield f"payment {payment_id}: its state is not where its history ends"
    for payment_id in states:
        yield f"payment {payment_id}: has no history"


def audited() -> Iterator[str]:
    """The audit trail knows of every journal, as it stands; it begins with the first journal that it tells of."""
    trail = select(AuditRow.object_id, AuditRow.note).where(AuditRow.kind == AUDITED).order_by(AuditRow.object_id)
    told = dict(iter(db.session.execute(trail)))
    posted = select(Journal, Entry).outerjoin(Entry, Entry.journal_id == Journal.id).order_by(Journal.id, Entry.id)
    rows = db.session.execute(posted.where(Journal.id >= min(told, default=0)))
    for journal, sides in groupby(rows, key=lambda row: row[0]):
        note = told.pop(journal.id, None)
        if note is None:
            yield f"journal {journal.id}: the audit trail does not know of it"
        elif note != audit_note(journal.reference, filter(None, (row.Entry for row in sides))):
            yield f"journal {journal.id}: is not what the audit trail tells"
    for id in told:
        yield f"journal {id}: the audit trail tells of it, and it is gone"


def refunds() -> Iterator[str]:
    """What goes back is counted on its part and on the payment, and never more than the part has brought."""
    of_part = func.coalesce(
        select(func.sum(Refund.amount)).where(Refund.part_id == PaymentPart.id).scalar_subquery(), 0
    )
    for id in db.session.scalars(select(PaymentPart.id).where(PaymentPart.refunded != of_part)):
        yield f"payment part {id}: its refunds are not counted on it"
    by_platform = (Refund.part_id == PaymentPart.id, Refund.borne_by == Bearer.PLATFORM)
    borne = func.coalesce(select(func.sum(Refund.amount)).where(*by_platform).scalar_subquery(), 0)
    for id in db.session.scalars(select(PaymentPart.id).where(PaymentPart.borne != borne)):
        yield f"payment part {id}: what the platform bears is not counted on it"
    of_parts = select(func.sum(PaymentPart.refunded)).where(PaymentPart.payment_id == Payment.id).scalar_subquery()
    for id in db.session.scalars(select(Payment.id).where(Payment.refunded != func.coalesce(of_parts, 0))):
        yield f"payment {id}: the refunds of its parts are not counted on it"
    too_much = PaymentPart.refunded > PaymentPart.amount + Payment.code
    for id in db.session.scalars(select(PaymentPart.id).join(Payment).where(too_much)):
        yield f"payment part {id}: more goes back than came"


CHECKS = (ledger, captures, parts, histories, refunds, audited)
