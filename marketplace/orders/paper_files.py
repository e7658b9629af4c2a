"""Papers as PDF: laid out by typst, kept beside the database, and the same to the byte if they must be made again."""

import hashlib
import json
import os
from pathlib import Path

from sqlalchemy import select

from marketplace.config import ROOT, settings
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
    path = _path(digest)
    data = path.read_bytes() if path.exists() else b""
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


def _path(digest: str) -> Path:
    return settings().instance / "papers" / digest[:2] / f"{digest}.pdf"


def _keep(data: bytes) -> None:
    """Whole or not at all, and through to the disk."""
    path = _path(_digest(data))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
