"""The picture of a proof, for the people of its order alone."""

from flask import Response, abort
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders.models import Order
from marketplace.orders.paying import every_payment_of
from marketplace.payments import proofs
from marketplace.payments.models import Proof


def picture_of(order: Order, proof_id: int) -> Response:
    """The JPEG; 404 for a proof of another order, or one whose file is gone."""
    payment_ids = [payment.id for payment in db.session.scalars(every_payment_of(order.id))]
    mine = select(Proof.digest).where(Proof.id == proof_id, Proof.payment_id.in_(payment_ids))
    digest = db.session.scalar(mine) or abort(404)
    try:
        return Response(proofs.read(digest), mimetype="image/jpeg")
    except FileNotFoundError:
        abort(404)
