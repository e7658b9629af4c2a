"""Webhooks arrive signed; they come twice, late, in another order, or not at all when a test wants it so."""

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.request import Request, urlopen

import pytest
import stripe
from stripe import StripeClient
from stripe.checkout import Session

from tests.fakestripe.server import FakeStripe

Open = Callable[..., Session]


class Shop:
    """Hears webhooks; `says` is what it answers, one status after the other, then 200."""

    def __init__(self) -> None:
        self.heard: list[tuple[bytes, str]] = []
        self.says: list[int] = []
        shop = self

        class Ear(BaseHTTPRequestHandler):
            """Keeps what it hears."""

            def do_POST(self) -> None:
                """One webhook."""
                body = self.rfile.read(int(self.headers["Content-Length"]))
                shop.heard.append((body, self.headers["Stripe-Signature"]))
                self.send_response(shop.says.pop(0) if shop.says else 200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"

    def types(self) -> list[str]:
        """What it heard, in order."""
        return [json.loads(body)["type"] for body, _ in self.heard]


@pytest.fixture
def shop(fake: FakeStripe) -> Iterator[Shop]:
    """A shop that listens."""
    shop = Shop()
    threading.Thread(target=shop.server.serve_forever, daemon=True).start()
    fake.listen(shop.url, ["whsec_new", "whsec_old"])
    yield shop
    shop.server.shutdown()
    shop.server.server_close()


def expire(fake: FakeStripe, sdk: StripeClient, open_session: Open, times: int = 1) -> None:
    """One event for each."""
    for _ in range(times):
        sdk.v1.checkout.sessions.expire(open_session().id)
    fake.postman.wait()


def test_webhooks_are_signed_with_every_secret(
    fake: FakeStripe, sdk: StripeClient, open_session: Open, shop: Shop
) -> None:
    expire(fake, sdk, open_session)
    body, signature = shop.heard[0]
    for secret in ("whsec_new", "whsec_old"):
        assert sdk.construct_event(body, signature, secret).type == "checkout.session.expired"
    with pytest.raises(stripe.SignatureVerificationError):
        sdk.construct_event(body, signature, "whsec_stranger")
    with pytest.raises(stripe.SignatureVerificationError):
        sdk.construct_event(body + b" ", signature, "whsec_new")


def test_stamps_follow_a_clock_that_may_be_wrong(
    fake: FakeStripe, sdk: StripeClient, open_session: Open, shop: Shop
) -> None:
    fake.listen(shop.url, stamp_ahead=-600)
    expire(fake, sdk, open_session)
    with pytest.raises(stripe.SignatureVerificationError, match="tolerance"):
        sdk.construct_event(*shop.heard[0], "whsec_new")


def test_a_webhook_is_tried_again(fake: FakeStripe, sdk: StripeClient, open_session: Open, shop: Shop) -> None:
    shop.says = [500, 404]
    expire(fake, sdk, open_session)
    assert [status for _, _, status in fake.postman.log] == [500, 404, 200]
    assert len({json.loads(body)["id"] for body, _ in shop.heard}) == 1


def test_webhooks_on_demand(fake: FakeStripe, sdk: StripeClient, open_session: Open, shop: Shop) -> None:
    fake.fault("duplicate", on="checkout.session.expired")
    expire(fake, sdk, open_session)
    assert len(shop.heard) == 2
    fake.fault("drop")
    expire(fake, sdk, open_session)
    assert len(shop.heard) == 2
    fake.fault("delay", seconds=0.3)
    sdk.v1.checkout.sessions.expire(open_session().id)
    assert len(shop.heard) == 2
    fake.postman.wait()
    assert len(shop.heard) == 3
    fake.deliver(sdk.v1.events.list().data[0].id, copies=3)
    fake.postman.wait()
    assert len(shop.heard) == 6


def test_events_overtake_each_other(fake: FakeStripe, sdk: StripeClient, open_session: Open, shop: Shop) -> None:
    fake.fault("reorder", on="payment_intent.created")
    fake.fault("drop", on="charge.succeeded")
    sdk.v1.payment_intents.create({"amount": 5_000_000, "currency": "idr", "payment_method": "pm_card_visa"})
    intent = sdk.v1.payment_intents.list().data[0]
    assert shop.heard == []
    sdk.v1.payment_intents.cancel(intent.id)
    fake.postman.wait()
    assert shop.types() == ["payment_intent.canceled", "payment_intent.created"]


def test_an_object_may_lie(fake: FakeStripe, sdk: StripeClient, open_session: Open) -> None:
    session = open_session()
    fake.alter(session.id, currency="usd", amount_total=1)
    lying = sdk.v1.checkout.sessions.retrieve(session.id)
    assert (lying.currency, lying.amount_total) == ("usd", 1)


def test_events_tell_what_was_then(fake: FakeStripe, sdk: StripeClient, open_session: Open) -> None:
    intent = fake.pay(open_session().id)["payment_intent"]
    created = sdk.v1.events.list({"type": "payment_intent.created"}).data[0]
    assert created.data.object["status"] == "requires_payment_method"
    assert sdk.v1.payment_intents.retrieve(intent).status == "succeeded"
    assert len(sdk.v1.events.list({"type": "payment_intent.*"}).data) == 2


def test_it_runs_as_a_program_with_a_control_endpoint() -> None:
    command = [sys.executable, "-m", "tests.fakestripe", "--secret", "whsec_program"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        url = program.stdout.readline().split()[-1].rstrip(".")

        def control(name: str, **given: object) -> object:
            with urlopen(Request(f"{url}/control/{name}", json.dumps(given).encode())) as answer:
                return json.loads(answer.read())

        sdk = StripeClient("sk_test_fake", base_addresses={"api": url})
        line = {"price_data": {"currency": "idr", "unit_amount": 5_000_000, "product_data": {"name": "Kue"}}}
        given = {"mode": "payment", "line_items": [line], "success_url": "http://shop.test/"}
        session = sdk.v1.checkout.sessions.create(given)  # type: ignore[arg-type]
        control("fault", kind="rate_limit")
        with pytest.raises(stripe.RateLimitError):
            sdk.v1.checkout.sessions.retrieve(session.id)
        control("pay", session=session.id)
        control("advance", seconds=60)
        assert sdk.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"
        state = control("state")
        assert isinstance(state, dict)
        assert len(state["requests"]) == 3
        program.terminate()
    assert program.returncode == 0
