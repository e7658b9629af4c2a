"""The papers of a market, and what their PDFs say."""

from collections.abc import Callable

import pypdfium2
from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders import paper_files
from marketplace.orders.paper_models import Paper, Size

Work = Callable[[], None]


def papers_of(app: Flask) -> list[Paper]:
    with app.app_context():
        return list(db.session.scalars(select(Paper).order_by(Paper.id)))


def words_of(app: Flask, paper: Paper, size: Size = Size.A4) -> str:
    """The text of the PDF, in one line."""
    with app.app_context():
        pdf = pypdfium2.PdfDocument(paper_files.read(paper, size))
    pages = [page.get_textpage().get_text_bounded() for page in pdf]
    return " ".join(" ".join(pages).split())
