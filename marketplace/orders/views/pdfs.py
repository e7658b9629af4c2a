"""The PDF of a paper, for the buyer and the shop of its order alone."""

from flask import Response, abort
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders import paper_files
from marketplace.orders.models import Order
from marketplace.orders.paper_models import Paper, Size


def pdf_of(order: Order, paper_id: int, size: str) -> Response:
    """The document in this size; 404 for a paper of another order, or one whose files are not made yet."""
    mine = select(Paper).where(Paper.id == paper_id, Paper.order_id == order.id, Paper.files.any())
    paper = db.session.scalar(mine) or abort(404)
    response = Response(paper_files.read(paper, Size(size)), mimetype="application/pdf")
    name = f"{paper.name.replace('/', '-')}-{size}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
