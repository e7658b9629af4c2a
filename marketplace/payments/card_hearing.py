"""Stripe's webhooks: verified, kept once, and taken only as a hint to read the session again."""

import json
import re
import time
from dataclasses import replace
from datetime import timedelta
from typing import Any

import structlog
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from stripe import SignatureVerificationError, StripeError, WebhookSignature

from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import Job, enqueue
from marketplace.payments import stripe_card
from marketplace.payments.card_models import LIVE_STATES, CardEvent, CardSession
from marketplace.payments.card_pages import look
from marketplace.payments.payout_transfers import READ
from marketplace.payments.settling import settle
from marketplace.payments.stripe_card import HostedPage

TOLERANCE_SECONDS = 300
HEAR, POLL = "payments.hear_card", "payments.poll_cards"
EVERY = timedelta(minutes=10)
# What is read anew, and the name under which the job wants the object's id, by how an event's type begins.
READ_ANEW = {"checkout.session.": (HEAR, "session_id"), "transfer.reversed": (READ, "transfer_id")}
log = structlog.get_logger()


class NotStripe(Exception):
    """A stranger speaks, or a letter of long ago."""


def hear(body: bytes, signature: str) -> None:
    """Keep an event and read its object soon; the same event again changes nothing. Raises NotStripe."""
    event = _verified(body, signature)
    job = next((job for begin, job in READ_ANEW.items() if event["type"].startswith(begin)), None)
    if job is None:
        return
    kind, name = job
    object_id = event["data"]["object"]["id"]
    with writing() as session:
        kept = CardEvent(event_id=event["id"], kind=event["type"], object_id=object_id, at=now())
        try:
            with session.begin_nested():
                session.add(kept)
        except IntegrityError:
            return
        enqueue(kind, **{name: object_id})


def _verified(body: bytes, signature: str) -> dict[str, Any]:
    """The event, if one of our secrets has signed it within five minutes of now, before or after."""
    stamp = re.search(r"(?:^|,)t=(\d{1,12})(?:,|$)", signature)
    if stamp is None or int(stamp[1]) > time.time() + TOLERANCE_SECONDS:
        raise NotStripe("stamp")
    if not any(_has_signed(secret, body, signature) for secret in settings().stripe_webhook_secrets):
        raise NotStripe("signature")
    event: dict[str, Any] = json.loads(body)
    return event


def _has_signed(secret: str, body: bytes, signature: str) -> bool:
    try:
        return bool(WebhookSignature.verify_header(body, signature, secret, TOLERANCE_SECONDS))
    except (SignatureVerificationError, UnicodeDecodeError):
        return False


def hear_session(session_id: str) -> None:
    """Job `payments.hear_card`: read the session that an event named. Raises stripe.StripeError."""
    card_id = db.session.scalar(select(CardSession.id).where(CardSession.session_id == session_id))
    if card_id is None:
        card_id = _meet(stripe_card.read_page(session_id, None))
    if card_id is not None:
        look(card_id)


def _meet(page: HostedPage) -> int | None:
    """A session that we do not know by its id: Stripe's answer to our request was lost, or it is not ours.

    Money for a session that is not ours belongs to nothing we know.
    """
    with writing() as session:
        asked = session.scalar(select(CardSession).where(CardSession.key == page.key).with_for_update())
        if asked is not None:
            asked.session_id = page.id
            return asked.id
        if page.receipt is not None:
            settle(replace(page.receipt, reference=page.id))
        return None


def poll() -> None:
    """Job `payments.poll_cards`: read every session that may still bring money, so that all webhooks may be lost.

    It ends where Stripe does not answer, and comes again in ten minutes either way.
    """
    try:
        for card_id in db.session.scalars(select(CardSession.id).where(CardSession.state.in_(LIVE_STATES))).all():
            look(card_id)
    except StripeError as error:
        log.warning("card.unreachable", error=type(error).__name__)
    arrange()


def arrange() -> None:
    """See to it that the next poll is in the queue, once."""
    at = now()
    with writing() as session:
        waiting = select(Job.id).where(Job.kind == POLL, Job.ended_at.is_(None), Job.due_at > at)
        if session.scalar(waiting.limit(1)) is None:
            enqueue(POLL, due_at=at + EVERY)
