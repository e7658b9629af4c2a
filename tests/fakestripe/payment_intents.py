"""Payment intents: money on its way, and the charges that they lead to."""

from stripe import Charge, PaymentIntent

from tests.fakestripe import lists, money
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused
from tests.fakestripe.params import Params

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
GOOD_CARD, LATE_CARD, BAD_CARD = "pm_card_visa", "pm_usBankAccount", "pm_card_visa_chargeDeclined"


def create(bank: Bank, params: Params) -> Item:
    """A new intent, confirmed at once when asked."""
    for name in ("amount", "currency"):
        if name not in params:
            raise Refused(f"Missing required param: {name}.", code="parameter_missing", param=name)
    money.check(params["amount"], params["currency"], "amount")
    intent = start(bank, params["amount"], params["currency"], params)
    if params.get("confirm"):
        return confirm(bank, params, intent["id"])
    return intent


def start(bank: Bank, amount: int, currency: str, given: Params) -> Item:
    """An intent without a card yet; `given` may hold metadata, description, transfer_group, receipt_email."""
    copied = {name: given.get(name) for name in ("description", "transfer_group", "receipt_email", "payment_method")}
    intent = bank.keep(
        PaymentIntent,
        amount=amount,
        amount_capturable=0,
        amount_received=0,
        capture_method="automatic_async",
        confirmation_method="automatic",
        currency=currency,
        metadata=given.get("metadata", {}),
        payment_method_types=["card"],
        status="requires_confirmation" if copied["payment_method"] else "requires_payment_method",
        **copied,
    )
    bank.emit("payment_intent.created", intent)
    return intent


def confirm(bank: Bank, params: Params, id: str) -> Item:
    """Pay with one of Stripe's test cards: one that works, one that takes days, one that is declined (402)."""
    intent = bank.get(PaymentIntent, id, "intent")
    _expect(intent, OPEN, "confirmed")
    card = params.get("payment_method", intent["payment_method"])
    if card is None:
        raise Refused("You cannot confirm this PaymentIntent because it's missing a payment method.")
    intent["payment_method"] = card
    if card == BAD_CARD:
        decline(bank, intent)
        raise declined(intent)
    if card == LATE_CARD:
        return process(bank, intent)
    return succeed(bank, intent)


def process(bank: Bank, intent: Item) -> Item:
    """The bank will tell in some days whether the money comes."""
    intent["status"] = "processing"
    bank.emit("payment_intent.processing", intent)
    return intent


def succeed(bank: Bank, intent: Item) -> Item:
    """The money has come: a charge, captured."""
    charge = _charge(bank, intent)
    intent |= {"status": "succeeded", "amount_received": intent["amount"], "latest_charge": charge["id"]}
    bank.emit("charge.succeeded", charge)
    bank.emit("payment_intent.succeeded", intent)
    return intent


def decline(bank: Bank, intent: Item) -> Item:
    """The card's bank said no; another card may be tried."""
    intent |= {"status": "requires_payment_method", "last_payment_error": declined(intent).body["error"]}
    bank.emit("payment_intent.payment_failed", intent)
    return intent


def declined(intent: Item) -> Refused:
    """What Stripe answers when a card is declined."""
    message, code = "Your card was declined.", "card_declined"
    more: Item = {"decline_code": "generic_decline", "payment_intent": {"id": intent["id"], "object": "payment_intent"}}
    return Refused(message, status=402, kind="card_error", code=code, **more)


def cancel(bank: Bank, params: Params, id: str) -> Item:
    """Nobody shall pay this any more."""
    intent = bank.get(PaymentIntent, id, "intent")
    _expect(intent, (*OPEN, "processing"), "canceled")
    reason = params.get("cancellation_reason")
    intent |= {"status": "canceled", "canceled_at": bank.now(), "cancellation_reason": reason}
    bank.emit("payment_intent.canceled", intent)
    return intent


def retrieve(bank: Bank, params: Params, id: str) -> Item:
    """One intent."""
    return bank.get(PaymentIntent, id, "intent")


def find(bank: Bank, params: Params) -> Item:
    """Intents, newest first."""
    return lists.page(bank.all(PaymentIntent), params, "/v1/payment_intents")


def retrieve_charge(bank: Bank, params: Params, id: str) -> Item:
    """One charge."""
    return bank.get(Charge, id, "charge")


def _charge(bank: Bank, intent: Item) -> Item:
    return bank.keep(
        Charge,
        amount=intent["amount"],
        amount_captured=intent["amount"],
        amount_refunded=0,
        billing_details={"address": None, "email": None, "name": None, "phone": None, "tax_id": None},
        captured=True,
        currency=intent["currency"],
        disputed=False,
        metadata=intent["metadata"],
        paid=True,
        payment_intent=intent["id"],
        payment_method=intent["payment_method"],
        refunded=False,
        status="succeeded",
        transfer_group=intent["transfer_group"],
    )


def _expect(intent: Item, states: tuple[str, ...], done: str) -> None:
    if intent["status"] not in states:
        raise Refused(
            f"This PaymentIntent could not be {done} because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
        )
