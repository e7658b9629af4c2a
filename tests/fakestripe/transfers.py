"""Transfers to connected accounts, and their reversals."""

from stripe import Transfer, TransferReversal

from tests.fakestripe import lists, money
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused, missing, no_such
from tests.fakestripe.params import Params


def create(bank: Bank, params: Params) -> Item:
    """Send money to an account that is known, no more than there is."""
    amount, currency = params.get("amount"), params["currency"]
    if amount is None:
        raise missing("amount")
    money.check_currency(currency)
    if amount < 1:
        raise Refused(
            "This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount"
        )
    if params["destination"] not in bank.accounts:
        raise no_such("destination", params["destination"], "destination", status=400)
    if amount > bank.balance(currency):
        raise Refused("You have insufficient available funds in your Stripe account.", code="balance_insufficient")
    named = ("description", "destination", "source_transaction", "source_type", "transfer_group")
    transfer = bank.keep(
        Transfer,
        amount=amount,
        amount_reversed=0,
        currency=currency,
        metadata=params.get("metadata", {}),
        reversals=None,
        reversed=False,
        **{name: params.get(name) for name in named},
    )
    transfer["reversals"] = lists.page([], {}, f"/v1/transfers/{transfer['id']}/reversals")
    bank.emit("transfer.created", transfer)
    return transfer


def reverse(bank: Bank, params: Params, id: str) -> Item:
    """Take a transfer back, in part or, without an amount, what is left of it."""
    transfer = bank.get(Transfer, id, "transfer")
    left = transfer["amount"] - transfer["amount_reversed"]
    amount = params.get("amount", left)
    if not 0 < amount <= left:
        raise Refused(f"Reversal amount ({amount}) is greater than unreversed amount ({left})", param="amount")
    given = {"amount": amount, "currency": transfer["currency"], "transfer": id}
    reversal = bank.keep(TransferReversal, metadata=params.get("metadata") or {}, **given)
    transfer["amount_reversed"] += amount
    transfer["reversed"] = transfer["amount_reversed"] == transfer["amount"]
    transfer["reversals"] = find_reversals(bank, {}, id)
    bank.emit("transfer.reversed", transfer)
    return reversal


def retrieve(bank: Bank, params: Params, id: str) -> Item:
    """One transfer."""
    return bank.get(Transfer, id, "transfer")


def find(bank: Bank, params: Params) -> Item:
    """Transfers, newest first."""
    return lists.page(bank.all(Transfer), params, "/v1/transfers")


def find_reversals(bank: Bank, params: Params, id: str) -> Item:
    """The reversals of one transfer, newest first."""
    bank.get(Transfer, id, "transfer")
    mine = [item for item in bank.all(TransferReversal) if item["transfer"] == id]
    return lists.page(mine, params, f"/v1/transfers/{id}/reversals")
