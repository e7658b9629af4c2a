"""Payouts that Stripe carries: asked of Stripe until it has sent or refused them, once however often one asks."""

from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from stripe import StripeError

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.payments import payouts, stripe_transfer
from marketplace.payments.payout_models import Payout, PayoutState
from marketplace.payments.stripe_transfer import SEND, STRIPE_TRANSFER, BalanceTooLow, NoSuchTransfer

READ = "payments.read_transfer"
SILENT, POOR = timedelta(minutes=10), timedelta(hours=1)
log = structlog.get_logger()


def send(payout_id: int, attempt: int = 1) -> None:
    """Job `payments.send_payout`: what Stripe refuses is on the shop's balance again.

    Where Stripe is silent the same attempt is made again, under the same key; where its balance is too low, another.
    """
    payout = db.session.get_one(Payout, payout_id, populate_existing=True)
    if payout.state != PayoutState.DUE:
        return
    try:
        made = stripe_transfer.transfer(payout, attempt)
    except NoSuchTransfer as refusal:
        payouts.end_sent(payout_id, PayoutState.RETURNED, str(refusal))
    except BalanceTooLow:
        _again(payout_id, attempt + 1, now() + POOR)
    except StripeError as error:
        log.warning("payout.unanswered", payout=payout_id, error=type(error).__name__)
        _again(payout_id, attempt, now() + SILENT)
    else:
        payouts.end_sent(payout_id, PayoutState.PAID, made.id)
        if made.is_back:
            payouts.end_sent(payout_id, PayoutState.RETURNED, made.id)


def hear_reversal(transfer_id: str) -> None:
    """Job `payments.read_transfer`: somebody has reversed a transfer at Stripe itself. Raises stripe.StripeError."""
    mine = (Payout.rail == STRIPE_TRANSFER.code, Payout.reference == transfer_id, Payout.state == PayoutState.PAID)
    payout_id = db.session.scalar(select(Payout.id).where(*mine))
    if payout_id is not None and stripe_transfer.read(transfer_id).is_back:
        payouts.end_sent(payout_id, PayoutState.RETURNED, transfer_id)


def _again(payout_id: int, attempt: int, at: datetime) -> None:
    with writing():
        enqueue(SEND, due_at=at, payout_id=payout_id, attempt=attempt)
