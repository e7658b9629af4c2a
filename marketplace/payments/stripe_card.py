"""Cards through Stripe Checkout: pages, what has come by them, and what goes back."""

from dataclasses import dataclass
from typing import Any

import stripe
from stripe.checkout import Session

from marketplace.payments.books import Account
from marketplace.payments.card_models import CardSession, CardState
from marketplace.payments.models import Actor, Payment
from marketplace.payments.settling import Place, Receipt
from marketplace.payments.stripe_client import PARTS, client

PLACE = Place("stripe", Account.PROVIDER_CLEARING)


class NeverOpened(Exception):
    """Stripe has no page under this key, and will not open one any more: its time has run out."""


@dataclass(frozen=True)
class HostedPage:
    """How a page stands by Stripe's word; `receipt` tells of the money once it is PAID."""

    id: str
    key: str
    state: CardState
    url: str
    receipt: Receipt | None = None


def open_page(asked: CardSession, payment: Payment, title: str) -> HostedPage:
    """Ask for the hosted page; the same key gives the same page. Raises NeverOpened, stripe.StripeError."""
    line = {"currency": "idr", "unit_amount": payment.due * PARTS, "product_data": {"name": title}}
    about = {"payment": payment.reference, "key": asked.key}
    given: Any = {
        "mode": "payment",
        "allowed_payment_method_types": ["card"],
        "line_items": [{"price_data": line, "quantity": 1}],
        "client_reference_id": payment.reference,
        "metadata": about,
        "payment_intent_data": {"metadata": about, "transfer_group": payment.reference},
        "success_url": asked.back_url,
        "cancel_url": asked.back_url,
        "expires_at": int(asked.expires_at.timestamp()),
        "locale": asked.language,
        "expand": ["payment_intent"],
    }
    try:
        session = client().v1.checkout.sessions.create(given, {"idempotency_key": asked.key})
    except stripe.InvalidRequestError as error:
        if error.param == "expires_at":
            raise NeverOpened(asked.key) from error
        raise
    return _page(session, payment)


def read_page(session_id: str, payment: Payment | None) -> HostedPage:
    """How a page stands now, for the payment that we think it is for. Raises stripe.StripeError."""
    return _page(client().v1.checkout.sessions.retrieve(session_id, {"expand": ["payment_intent"]}), payment)


def close_page(session_id: str, payment: Payment) -> HostedPage:
    """Let nobody pay on this page any more; when somebody was faster, the page says so. Raises stripe.StripeError."""
    try:
        return _page(client().v1.checkout.sessions.expire(session_id, {"expand": ["payment_intent"]}), payment)
    except stripe.InvalidRequestError:
        return read_page(session_id, payment)


def refund(intent_id: str, amount: int, name: str, attempt: int) -> str:
    """See to it that so many rupiah of a payment go back, once: Stripe's state of it (succeeded, pending, failed).

    Stripe forgets keys after a day and repeats its own errors under them, so it is asked first what has been sent
    under this name; only when everything of earlier attempts has failed is it sent anew. Raises stripe.StripeError.
    """
    refunds = client().v1.refunds
    sent = [each for each in refunds.list({"payment_intent": intent_id, "limit": 100}) if _is_named(each, name)]
    under_way = [str(each.status) for each in sent if each.status not in ("failed", "canceled")]
    if under_way or len(sent) >= attempt:
        return under_way[0] if under_way else "failed"
    given: Any = {"payment_intent": intent_id, "amount": amount * PARTS, "metadata": {"name": name}}
    try:
        return str(refunds.create(given, {"idempotency_key": f"{name}-{attempt}"}).status)
    except stripe.InvalidRequestError:  # a no that stays one, however often one asks
        return "failed"


def refund_whole(intent_id: str, name: str, again: bool) -> str:
    """The same for all that a payment has brought, in whatever currency; what has failed is sent anew `again` only."""
    refunds = client().v1.refunds
    sent = [each for each in refunds.list({"payment_intent": intent_id, "limit": 100}) if _is_named(each, name)]
    under_way = [str(each.status) for each in sent if each.status not in ("failed", "canceled")]
    if under_way or (sent and not again):
        return under_way[0] if under_way else "failed"
    given: Any = {"payment_intent": intent_id, "metadata": {"name": name}}
    try:
        return str(refunds.create(given, {"idempotency_key": f"{name}-{len(sent) + 1}"}).status)
    except stripe.InvalidRequestError:  # a no that stays one, however often one asks
        return "failed"


def _is_named(refund: stripe.Refund, name: str) -> bool:
    return refund.metadata is not None and refund.metadata.to_dict().get("name") == name


def _page(session: Session, payment: Payment | None) -> HostedPage:
    state = _state(session)
    metadata = session.metadata.to_dict() if session.metadata else {}
    receipt = _receipt(session, payment) if state == CardState.PAID else None
    return HostedPage(session.id, str(metadata.get("key", "")), state, session.url or "", receipt)


def _state(session: Session) -> CardState:
    """`paid` counts; complete yet unpaid waits for the bank, unless the bank has said no."""
    if session.payment_status == "paid":
        return CardState.PAID
    if session.status == "open":
        return CardState.OPEN
    is_under_way = _intent(session).get("status") == "processing"
    return CardState.WAITING if session.status == "complete" and is_under_way else CardState.OVER


def _receipt(session: Session, payment: Payment | None) -> Receipt:
    """What has come, as Stripe tells it: whatever differs from what we asked for must not look like it."""
    intent = _intent(session)
    due = payment.due if payment else 0
    told = (session.amount_total or 0, int(intent.get("amount_received", 0)))
    amount = next((each for each in told if each != due * PARTS), due * PARTS)
    currencies = (str(session.currency), str(intent.get("currency")))
    reference = session.client_reference_id or session.id
    ours = payment is None or payment.reference == reference
    return Receipt(
        reference=reference if ours else f"{reference} instead of {payment.reference if payment else ''}",
        amount=_away_from(due, amount),
        currency=next((each for each in currencies if each != "idr"), "idr").upper(),
        place=_place(intent),
        source=f"stripe:{intent.get('id', session.id)}",
        by=Actor.SYSTEM,
    )


def _away_from(due: int, amount: int) -> int:
    """Whole rupiah; part of one too much or too little is never rounded to what is due."""
    return max(amount // PARTS if amount <= due * PARTS else -(-amount // PARTS), 1)


def _place(intent: dict[str, Any]) -> Place:
    """Our own account at Stripe, unless the money went on to another one."""
    sent_on = (intent.get("transfer_data") or {}).get("destination") or intent.get("on_behalf_of")
    return Place(f"stripe:{sent_on}", PLACE.booked_on) if sent_on else PLACE


def _intent(session: Session) -> dict[str, Any]:
    intent = session.payment_intent
    return {} if intent is None or isinstance(intent, str) else intent.to_dict()
