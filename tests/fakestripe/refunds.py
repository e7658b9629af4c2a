"""Refunds: never more than was charged, and a failed one gives its amount back."""

from stripe import Charge, PaymentIntent, Refund

from tests.fakestripe import lists
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused, missing
from tests.fakestripe.params import Params


def create(bank: Bank, params: Params) -> Item:
    """Refund a charge in part or, without an amount, what is left of it."""
    charge = _charge_of(bank, params)
    left = charge["amount_captured"] - charge["amount_refunded"]
    if left == 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = params.get("amount", left)
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if amount > left:
        raise Refused(f"Refund amount ({amount}) is greater than unrefunded amount on charge ({left})", param="amount")
    refund = bank.keep(
        Refund,
        amount=amount,
        charge=charge["id"],
        currency=charge["currency"],
        metadata=params.get("metadata") or {},
        payment_intent=charge["payment_intent"],
        reason=params.get("reason"),
        status="succeeded",
    )
    _count(charge, amount)
    bank.emit("refund.created", refund)
    bank.emit("charge.refunded", charge)
    return refund


def _charge_of(bank: Bank, params: Params) -> Item:
    if "charge" in params:
        return bank.get(Charge, params["charge"], "charge", status=400)
    if "payment_intent" not in params:
        raise missing("payment_intent")
    intent = bank.get(PaymentIntent, params["payment_intent"], "payment_intent", status=400)
    if intent["latest_charge"] is None:
        raise Refused(f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.")
    return bank.get(Charge, intent["latest_charge"], "charge")


def _count(charge: Item, amount: int) -> None:
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount_captured"]


def leave_pending(bank: Bank, refund: Item) -> None:
    """The bank has not answered yet."""
    refund["status"] = "pending"


def end(bank: Bank, id: str, status: str) -> Item:
    """The bank's late answer: `succeeded`, or `failed`, and then the money is back at Stripe."""
    refund = bank.get(Refund, id, "id")
    refund["status"] = status
    if status == "failed":
        refund["failure_reason"] = "declined"
        _count(bank.get(Charge, refund["charge"], "charge"), -refund["amount"])
        bank.emit("refund.failed", refund)
    bank.emit("refund.updated", refund)
    return refund


def retrieve(bank: Bank, params: Params, id: str) -> Item:
    """One refund."""
    return bank.get(Refund, id, "id")


def find(bank: Bank, params: Params) -> Item:
    """Refunds, newest first."""
    return lists.page(bank.all(Refund), params, "/v1/refunds")
