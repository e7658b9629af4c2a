"""Issues the papers of an order: each follows from one linked row of the audit trail, once, with the next number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Select, select, text

from marketplace.audit import AuditLink, AuditRow
from marketplace.chain import Followers
from marketplace.clock import now, to_wib
from marketplace.db import db, writing
from marketplace.language import speaking
from marketplace.orders import paper_files, paper_words
from marketplace.orders.models import Order, State
from marketplace.orders.paper_models import Paper, PaperKind, name_of
from marketplace.orders.paying import KIND
from marketplace.orders.queries import whole_order
from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.ledger import AUDITED
from marketplace.payments.models import Payment, PaymentPart, Refund

JOB = "orders.issue_papers"
FOLLOWERS: Followers = {
    (KIND, State.ACCEPTED): JOB,
    (KIND, State.CANCELLED): JOB,
    (AUDITED, JournalKind.CAPTURE): JOB,
    (AUDITED, JournalKind.REFUND_PAID): JOB,
}
_NEXT = text(
    "INSERT INTO paper_series (shop_id, kind, year, last) VALUES (:shop_id, :kind, :year, 1)"
    " ON CONFLICT (shop_id, kind, year) DO UPDATE SET last = paper_series.last + 1 RETURNING last"
)


class TooEarly(Exception):
    """What is to be cancelled is not issued yet; the job tries again."""


@dataclass(frozen=True)
class Draft:
    """A paper before it has a number; `words` makes what stands on it."""

    kind: PaperKind
    order: Order
    words: Callable[[], paper_words.Words]
    payment_id: int | None = None
    cancels_id: int | None = None


def issue(audit_id: int) -> None:
    """Job `orders.issue_papers`: write the papers that follow from this row, and make their files. Raises TooEarly."""
    row, link = db.session.execute(
        select(AuditRow, AuditLink).join(AuditLink, AuditLink.row_id == AuditRow.id).where(AuditRow.id == audit_id)
    ).one()
    for draft in list(_due(row, link)):
        _write(draft, link)
    for id in db.session.scalars(select(Paper.id).where(Paper.audit_row_id == audit_id).order_by(Paper.id)).all():
        paper_files.make(id)


def papers_of(order_ids: list[int]) -> dict[int, list[Paper]]:
    """The papers of each order whose files are made, the oldest first."""
    found: dict[int, list[Paper]] = {id: [] for id in order_ids}
    papers = select(Paper).where(Paper.order_id.in_(order_ids), Paper.files.any()).order_by(Paper.id)
    for paper in db.session.scalars(papers):
        found[paper.order_id].append(paper)
    return found


def _due(row: AuditRow, link: AuditLink) -> Iterator[Draft]:
    """What is to be written because of this row."""
    if row.kind == AUDITED:
        journal = db.session.get_one(Journal, row.object_id)
        yield from _receipts(journal, link) if journal.kind == JournalKind.CAPTURE else _returns(journal, link)
        return
    order = _order(row.object_id)
    if row.verb == State.ACCEPTED:
        yield Draft(PaperKind.INVOICE, order, partial(paper_words.invoice, order, link))
    elif was_accepted := db.session.scalar(_accepted_before(row)):
        paper = db.session.scalar(select(Paper).where(Paper.audit_row_id == was_accepted))
        yield _against(_there(paper), order, link, None)


def _receipts(journal: Journal, link: AuditLink) -> Iterator[Draft]:
    """One for each order that the payment is for."""
    payment = db.session.scalars(select(Payment).where(Payment.reference == journal.reference)).one()
    parts = select(PaymentPart).where(PaymentPart.payment_id == payment.id, PaymentPart.kind == KIND)
    for part in db.session.scalars(parts.order_by(PaymentPart.id)).all():
        order, amount = _order(part.item_id), part.amount + payment.code
        words = partial(paper_words.receipt, order, link, payment, amount)
        yield Draft(PaperKind.RECEIPT, order, words, payment_id=payment.id)


def _returns(journal: Journal, link: AuditLink) -> Iterator[Draft]:
    """The receipt of the order whose money went back holds no longer, or for less."""
    refund = db.session.get_one(Refund, int(journal.reference))
    part = db.session.get_one(PaymentPart, refund.part_id)
    if part.kind == KIND:
        mine = (Paper.kind == PaperKind.RECEIPT, Paper.payment_id == part.payment_id, Paper.order_id == part.item_id)
        yield _against(_there(db.session.scalar(select(Paper).where(*mine))), _order(part.item_id), link, refund)


def _against(paper: Paper, order: Order, link: AuditLink, refund: Refund | None) -> Draft:
    words = partial(paper_words.cancellation, order, link, paper, refund)
    return Draft(PaperKind.CANCELLATION, order, words, paper.payment_id, paper.id)


def _there(paper: Paper | None) -> Paper:
    if paper is None:
        raise TooEarly
    return paper


def _accepted_before(row: AuditRow) -> Select[int]:
    """When the order of this row was last taken on, if it has not been called off since."""
    same = (AuditRow.kind == row.kind, AuditRow.object_id == row.object_id, AuditRow.id < row.id)
    moved = select(AuditRow.id, AuditRow.verb).where(*same, AuditRow.verb.in_([State.ACCEPTED, State.CANCELLED]))
    latest = moved.order_by(AuditRow.id.desc()).limit(1).subquery()
    return select(latest.c.id).where(latest.c.verb == State.ACCEPTED)


def _order(order_id: int) -> Order:
    return db.session.scalars(whole_order().where(Order.id == order_id)).one()


def _write(draft: Draft, link: AuditLink) -> None:
    """Keep the paper, once; its number is taken last, so that nobody waits for it and what fails leaves no gap."""
    order, at = draft.order, now()
    with speaking(order.group.language):
        words = draft.words()
    own = (Paper.order_id == order.id, Paper.kind == draft.kind, Paper.audit_row_id == link.row_id)
    with writing() as session:
        if session.scalar(select(Paper.id).where(*own)) is not None:
            return
        year = to_wib(at).year
        series = {"shop_id": order.shop_id, "kind": draft.kind.value, "year": year}
        number = int(session.scalars(_NEXT, series).one())
        paper = Paper(
            kind=draft.kind,
            shop_id=order.shop_id,
            year=year,
            number=number,
            order_id=order.id,
            audit_row_id=link.row_id,
            issued_at=at,
            data={**words, "number": name_of(draft.kind, year, number)},
            payment_id=draft.payment_id,
            cancels_id=draft.cancels_id,
        )
        session.add(paper)
