"""The requests that this Stripe answers: method, path, the SDK's parameters for it, and what is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from stripe import params as of
from stripe.params import checkout

from tests.fakestripe import events, payment_intents, refunds, sessions, transfers
from tests.fakestripe.bank import Item


@dataclass(frozen=True)
class Operation:
    """One line of the table; `run` takes the bank, the checked parameters, and what stands in the path."""

    method: str
    path: str
    shape: Any
    run: Callable[..., Item]


OPERATIONS = tuple(
    Operation(*line)
    for line in (
        ("POST", "/v1/checkout/sessions", checkout.SessionCreateParams, sessions.create),
        ("GET", "/v1/checkout/sessions", checkout.SessionListParams, sessions.find),
        ("GET", "/v1/checkout/sessions/<id>", checkout.SessionRetrieveParams, sessions.retrieve),
        ("POST", "/v1/checkout/sessions/<id>/expire", checkout.SessionExpireParams, sessions.expire),
        ("GET", "/v1/checkout/sessions/<id>/line_items", checkout.SessionLineItemListParams, sessions.line_items),
        ("POST", "/v1/payment_intents", of.PaymentIntentCreateParams, payment_intents.create),
        ("GET", "/v1/payment_intents", of.PaymentIntentListParams, payment_intents.find),
        ("GET", "/v1/payment_intents/<id>", of.PaymentIntentRetrieveParams, payment_intents.retrieve),
        ("POST", "/v1/payment_intents/<id>/confirm", of.PaymentIntentConfirmParams, payment_intents.confirm),
        ("POST", "/v1/payment_intents/<id>/cancel", of.PaymentIntentCancelParams, payment_intents.cancel),
        ("GET", "/v1/charges/<id>", of.ChargeRetrieveParams, payment_intents.retrieve_charge),
        ("POST", "/v1/refunds", of.RefundCreateParams, refunds.create),
        ("GET", "/v1/refunds", of.RefundListParams, refunds.find),
        ("GET", "/v1/refunds/<id>", of.RefundRetrieveParams, refunds.retrieve),
        ("POST", "/v1/transfers", of.TransferCreateParams, transfers.create),
        ("GET", "/v1/transfers", of.TransferListParams, transfers.find),
        ("GET", "/v1/transfers/<id>", of.TransferRetrieveParams, transfers.retrieve),
        ("POST", "/v1/transfers/<id>/reversals", of.TransferReversalCreateParams, transfers.reverse),
        ("GET", "/v1/transfers/<id>/reversals", of.TransferReversalListParams, transfers.find_reversals),
        ("GET", "/v1/events", of.EventListParams, events.find),
        ("GET", "/v1/events/<id>", of.EventRetrieveParams, events.retrieve),
    )
)
