"""Money by card that goes back: asked of Stripe until Stripe says that it is there, once however often one asks."""

from datetime import timedelta

from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.payments import refunds, stripe_card
from marketplace.payments.models import Actor, Payment, Refund, RefundState

SEND = "payments.refund_card"
LOOK_AGAIN = timedelta(hours=1)


def send_back(refund_id: int) -> None:
    """Job `payments.refund_card`: send what is owed; what the buyer's bank does not take can be sent again by hand.

    Raises stripe.StripeError; then the job asks again under the same key.
    """
    refund = db.session.get_one(Refund, refund_id, populate_existing=True)
    if refund.state != RefundState.DUE:
        return
    source = db.session.scalars(select(Payment.source).where(Payment.id == refund.payment_id)).one()
    status = stripe_card.refund(source.removeprefix("stripe:"), refund.amount, f"refund-{refund_id}", refund.attempt)
    with writing():
        if status in {"failed", "canceled"}:
            refunds.fail(refund_id)
        elif status == "succeeded":
            refunds.finish_at_once(refund_id, by=Actor.SYSTEM)
        else:
            enqueue(SEND, due_at=now() + LOOK_AGAIN, refund_id=refund_id)
