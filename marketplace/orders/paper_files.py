"""Papers as PDF: laid out by typst, kept beside the database, and the same to the byte if they must be made again."""

import hashlib
import json

from sqlalchemy import select

from marketplace import stores
from marketplace.config import ROOT
from marketplace.db import db, writing
from marketplace.orders.paper_models import Paper, PaperFile, Size

LAYOUTS = ROOT / "templates" / "orders"


class NotTheSame(Exception):
    """The bytes are not those that were given out."""


def make(paper_id: int) -> None:
    """Make the files of a paper and keep them, outside writing(); again is nothing."""
    paper = db.session.get_one(Paper, paper_id)
    made = set(db.session.scalars(select(PaperFile.size).where(PaperFile.paper_id == paper_id)))
    files = {size: laid_out(paper, size) for size in Size if size not in made}
    db.session.rollback()
    for data in files.values():
        _keep(data)
    with writing() as session:
        there = set(session.scalars(select(PaperFile.size).where(PaperFile.paper_id == paper_id)))
        for size, data in files.items():
            if size not in there:
                session.add(PaperFile(paper_id=paper_id, size=size, digest=_digest(data)))


def read(paper: Paper, size: Size) -> bytes:
    """The PDF as it was given out the first time. Raises NotTheSame when it was changed and cannot be made again."""
    digest = db.session.scalars(
        select(PaperFile.digest).where(PaperFile.paper_id == paper.id, PaperFile.size == size)
    ).one()
    try:
        data = stores.papers().get(_file(digest))
    except FileNotFoundError:
        data = b""
    if _digest(data) != digest:
        data = laid_out(paper, size)
        if _digest(data) != digest:
            raise NotTheSame(paper.name)
        _keep(data)
    return data


def laid_out(paper: Paper, size: Size) -> bytes:
    """The PDF of what the paper says; typst's own fonts, so the machine's make no difference."""
    import typst  # 40 MB of fonts and compiler: only a process that prints pays for it

    return typst.compile(
        LAYOUTS / f"paper_{size}.typ",
        root=LAYOUTS,
        ignore_system_fonts=True,
        sys_inputs={"paper": json.dumps(paper.data, sort_keys=True)},
        timestamp=int(paper.issued_at.timestamp()),
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _keep(data: bytes) -> None:
    stores.papers().put(_file(_digest(data)), data)


def _file(digest: str) -> str:
    return f"{digest}.pdf"
