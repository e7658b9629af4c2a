"""What must always hold of papers; `flask check` prints one line per breach."""

from collections.abc import Iterator

from sqlalchemy import func, select

from marketplace.audit import AuditLink
from marketplace.db import db
from marketplace.orders.paper_models import Paper, PaperSeries


def numbers() -> Iterator[str]:
    """Each series counts from 1 to its last number without a gap."""
    series = (Paper.shop_id, Paper.kind, Paper.year)
    counted = select(*series, func.count(), func.max(Paper.number)).group_by(*series)
    papers = {(shop_id, kind, year): (count, last) for shop_id, kind, year, count, last in db.session.execute(counted)}
    for row in db.session.scalars(select(PaperSeries).order_by(PaperSeries.id)):
        if papers.pop((row.shop_id, row.kind, row.year), (0, 0)) != (row.last, row.last):
            yield f"papers of shop {row.shop_id}, {row.kind} {row.year}: their numbers have gaps"
    for shop_id, kind, year in papers:
        yield f"papers of shop {shop_id}, {kind} {year}: nobody has counted them"


def traces() -> Iterator[str]:
    """The hash on a paper is that of its row in the audit trail, so neither was written anew."""
    found = select(Paper, AuditLink.digest).outerjoin(AuditLink, AuditLink.row_id == Paper.audit_row_id)
    for paper, digest in db.session.execute(found.order_by(Paper.id).execution_options(yield_per=1000)):
        if paper.data["trace"]["digest"] != digest:
            yield f"paper {paper.id}: the audit trail has another hash for it"


CHECKS = (numbers, traces)
