"""Checkout sessions: made by the shop, paid on the hosted page, over after 30 minutes to 24 hours."""

from typing import Any

from stripe import LineItem
from stripe.checkout import Session

from tests.fakestripe import lists, money, payment_intents
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused, missing
from tests.fakestripe.params import Params

SHORTEST, LONGEST = 30 * 60, 24 * 3600
COPIED = ("cancel_url", "client_reference_id", "customer_email", "locale", "submit_type")


def create(bank: Bank, params: Params, *, pages: str) -> Item:
    """A session in payment mode with a hosted page below `pages`; its payment intent is made when somebody pays."""
    if params.get("mode") != "payment":
        raise Refused("This Stripe knows mode=payment alone.", param="mode")
    for name in ("line_items", "success_url"):
        if name not in params:
            raise missing(name)
    lines = [_line(bank, line, f"line_items[{n}]") for n, line in enumerate(params["line_items"])]
    total = sum(line["amount_total"] for line in lines)
    money.check(total, lines[0]["currency"], "line_items")
    session = bank.keep(
        Session,
        **{name: params.get(name) for name in COPIED},
        amount_subtotal=total,
        amount_total=total,
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        currency=lines[0]["currency"],
        custom_fields=[],
        custom_text={
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        expires_at=_expiry(bank, params),
        metadata=params.get("metadata", {}),
        mode="payment",
        payment_method_types=["card"],
        payment_status="unpaid",
        shipping_options=[],
        status="open",
        success_url=params["success_url"],
        ui_mode="hosted_page",
    )
    session["url"] = f"{pages}/c/pay/{session['id']}"
    bank.notes[session["id"]] = {"line_items": lines, "intent": params.get("payment_intent_data", {})}
    return session


def _line(bank: Bank, line: dict[str, Any], at: str) -> Item:
    price = line.get("price_data")
    if price is None:
        raise missing(f"{at}[price_data]")
    if "unit_amount" not in price:
        raise missing(f"{at}[price_data][unit_amount]")
    if "product_data" not in price:
        raise missing(f"{at}[price_data][product_data]")
    quantity, unit = line.get("quantity", 1), price["unit_amount"]
    if quantity < 1 or unit < 0:
        raise Refused("Invalid non-negative integer", code="parameter_invalid_integer", param=at)
    money.check_currency(price["currency"])
    return bank.keep(
        LineItem,
        amount_discount=0,
        amount_subtotal=unit * quantity,
        amount_tax=0,
        amount_total=unit * quantity,
        currency=price["currency"],
        description=price["product_data"]["name"],
        quantity=quantity,
    )


def _expiry(bank: Bank, params: Params) -> int:
    """When the session is over, by Stripe's clock: a shop whose clock is behind may ask for too early a time."""
    now = bank.now()
    wanted = int(params.get("expires_at", now + LONGEST))
    if wanted < now + SHORTEST:
        text = "The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation."
        raise Refused(text, param="expires_at")
    if wanted > now + LONGEST:
        text = "The `expires_at` timestamp must be less than 24 hours from Checkout Session creation."
        raise Refused(text, param="expires_at")
    return wanted


def expire(bank: Bank, params: Params, id: str) -> Item:
    """The shop ends a session that nobody has paid."""
    session = bank.get(Session, id, "session")
    if session["status"] != "open":
        raise Refused(
            'Only Checkout Sessions with a status in ["open"] can be expired. '
            f"This Checkout Session has a status of `{session['status']}`."
        )
    return _end(bank, session)


def _end(bank: Bank, session: Item) -> Item:
    session |= {"status": "expired", "url": None}
    bank.emit("checkout.session.expired", session)
    return session


def sweep(bank: Bank) -> None:
    """End every session whose time has come."""
    with bank.lock:
        for session in bank.all(Session):
            if session["status"] == "open" and session["expires_at"] <= bank.now():
                _end(bank, session)


def pay(bank: Bank, session: Item, outcome: str) -> Item:
    """What a person does on the hosted page: `pay`, pay `later` (the bank tells in some days), or be `decline`d."""
    sweep(bank)
    if session["status"] != "open":
        raise Refused(f"This Checkout Session has a status of `{session['status']}`.")
    intent = _intent_of(bank, session)
    if outcome == "decline":
        payment_intents.decline(bank, intent)
        return session
    session |= {"status": "complete", "url": None}
    if outcome == "later":
        payment_intents.process(bank, intent)
    else:
        payment_intents.succeed(bank, intent)
        session["payment_status"] = "paid"
    bank.emit("checkout.session.completed", session)
    return session


def settle(bank: Bank, id: str, outcome: str) -> Item:
    """The bank's answer to somebody who pays later: `succeeded` or `failed`."""
    session = bank.get(Session, id, "session")
    intent = bank.items[session["payment_intent"]]
    if intent["status"] != "processing":
        raise Refused("This payment is not processing.")
    if outcome == "succeeded":
        payment_intents.succeed(bank, intent)
        session["payment_status"] = "paid"
    else:
        payment_intents.decline(bank, intent)
    bank.emit(f"checkout.session.async_payment_{outcome}", session)
    return session


def is_processing(bank: Bank, session: Item) -> bool:
    """Whether the bank still has to tell."""
    intent = bank.items.get(session["payment_intent"] or "", {})
    return bool(intent.get("status") == "processing")


def _intent_of(bank: Bank, session: Item) -> Item:
    if session["payment_intent"] is None:
        given = bank.notes[session["id"]]["intent"]
        intent = payment_intents.start(bank, session["amount_total"], session["currency"], given)
        intent["payment_method"] = payment_intents.GOOD_CARD
        session["payment_intent"] = intent["id"]
    return bank.items[session["payment_intent"]]


def retrieve(bank: Bank, params: Params, id: str) -> Item:
    """One session."""
    return bank.get(Session, id, "session")


def find(bank: Bank, params: Params) -> Item:
    """Sessions, newest first."""
    return lists.page(bank.all(Session), params, "/v1/checkout/sessions")


def line_items(bank: Bank, params: Params, id: str) -> Item:
    """What a session is for, in the order of the request."""
    bank.get(Session, id, "session")
    return lists.page(bank.notes[id]["line_items"], params, f"/v1/checkout/sessions/{id}/line_items")
