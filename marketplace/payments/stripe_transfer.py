"""Payouts by Stripe transfer, to the accounts of shops that the office has connected; off unless a setting is on."""

from dataclasses import dataclass
from typing import Any

import stripe
from flask_babel import gettext as _

from marketplace.config import settings
from marketplace.jobs import enqueue
from marketplace.payments.models import Channel
from marketplace.payments.payout_models import Payout, PayoutState
from marketplace.payments.rail import NotTakenBack, Rail
from marketplace.payments.stripe_client import PARTS, client

SEND = "payments.send_payout"


class NoSuchTransfer(Exception):
    """Stripe will not send it, however often one asks; says why."""


class BalanceTooLow(Exception):
    """The operator's balance at Stripe does not cover it yet."""


@dataclass(frozen=True)
class Transfer:
    """A transfer that Stripe has made; `is_back` when all of it was reversed since."""

    id: str
    is_back: bool


class StripeTransfer(Rail):
    """The market's own account at Stripe pays the shop's."""

    code = "stripe_transfer"
    channel = Channel.STRIPE
    is_by_hand = False

    def is_on(self) -> bool:
        """Whether the operator has given us keys and asked for it."""
        return settings().stripe_transfers and bool(settings().stripe_secret_key)

    def send(self, payout: Payout) -> None:
        """A job asks Stripe."""
        enqueue(SEND, payout_id=payout.id)

    def take_back(self, payout: Payout) -> None:
        """Reverse what is left of the transfer. Stripe never reverses more than it sent: a second time does no harm."""
        if payout.state != PayoutState.PAID:
            raise NotTakenBack(_("Pembayaran ini masih dikirim lewat Stripe. Tunggu sampai terkirim atau ditolak."))
        given: Any = {"metadata": {"name": _name(payout)}}
        try:
            if not read(payout.reference).is_back:
                client().v1.transfers.reversals.create(payout.reference, given)
        except stripe.StripeError as error:
            said = error.user_message or type(error).__name__
            raise NotTakenBack(_("Stripe belum menarik dana ini kembali: %(said)s", said=said)) from error


STRIPE_TRANSFER = StripeTransfer()


def transfer(payout: Payout, attempt: int) -> Transfer:
    """See to it that Stripe has sent the payout, once. Raises NoSuchTransfer, BalanceTooLow, stripe.StripeError.

    Stripe forgets keys after a day and repeats its own errors under them: it is asked first what has been sent under
    this name, and another `attempt` after a refusal has a key of its own.
    """
    name, transfers = _name(payout), client().v1.transfers
    sent = transfers.list({"transfer_group": name, "limit": 1}).data
    if sent:
        return Transfer(sent[0].id, sent[0].reversed)
    given: Any = {
        "amount": payout.amount * PARTS,
        "currency": "idr",
        "destination": payout.number,
        "transfer_group": name,
        "metadata": {"name": name},
    }
    try:
        made = transfers.create(given, {"idempotency_key": f"{name}-{attempt}"})
    except stripe.InvalidRequestError as error:
        if error.code == "balance_insufficient":
            raise BalanceTooLow(name) from error
        raise NoSuchTransfer(error.user_message or error.code or "") from error
    return Transfer(made.id, made.reversed)


def read(transfer_id: str) -> Transfer:
    """How a transfer stands now. Raises stripe.StripeError."""
    found = client().v1.transfers.retrieve(transfer_id)
    return Transfer(found.id, found.reversed)


def _name(payout: Payout) -> str:
    return f"payout-{payout.id}"
