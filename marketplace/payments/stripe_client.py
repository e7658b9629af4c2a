"""The line to Stripe, where a rupiah has a hundred parts."""

from functools import cache

import stripe

from marketplace.config import settings
from marketplace.db import end_reading

PARTS = 100
TIMEOUT_SECONDS = 10

stripe.enable_telemetry = False  # what we do here is nobody's business


def client() -> stripe.StripeClient:
    """A client of the operator's account that tries once; no transaction stays open while Stripe is asked."""
    end_reading()
    known = settings()
    return _made(known.stripe_secret_key, known.stripe_api_url)


@cache
def _made(key: str, url: str) -> stripe.StripeClient:
    http = stripe.RequestsClient(timeout=TIMEOUT_SECONDS)
    return stripe.StripeClient(key, base_addresses={"api": url}, http_client=http, max_network_retries=0)
