"""Webhooks: events signed as the SDK verifies them, delivered over HTTP, tried again when the shop does not say 2xx."""

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from stripe import WebhookSignature

from tests.fakestripe.bank import Item
from tests.fakestripe.faults import ON_EVENTS, Fault, Faults

PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds before the second, third ... try; Stripe goes on for three days
PATIENCE = 10  # seconds that the shop has for an answer
AT_ONCE = 4


class Postman:
    """Delivers events to one address; `secrets` has two entries while the shop rotates them."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.url = ""
        self.secrets: list[str] = ["whsec_fake"]
        self.stamp_ahead = 0  # seconds that its stamps are ahead of the machine's clock
        self.log: list[tuple[str, str, int]] = []  # event id, type, the shop's status (0: no answer)
        self._held: list[Item] = []
        self._open = 0
        self._quiet = threading.Condition()
        self._pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="postman")

    def post(self, event: Item) -> None:
        """Deliver an event soon, unless a fault says otherwise; without an address nothing is sent."""
        if not self.url:
            return
        held, self._held = self._held, []
        fault = self.faults.take(ON_EVENTS, event["type"]) or Fault("none")
        if fault.kind == "reorder":
            self._held.append(event)
        elif fault.kind != "drop":
            for _ in range(2 if fault.kind == "duplicate" else 1):
                self.send(event, after=fault.seconds)
        for late in held:
            self.send(late, after=0.1)

    def send(self, event: Item, *, after: float = 0.0) -> None:
        """Deliver one copy, after so many seconds, faults or not."""
        with self._quiet:
            self._open += 1
        self._pool.submit(self._deliver, event, after)

    def wait(self, seconds: float = 20.0) -> None:
        """Wait until nothing is on its way; raises TimeoutError."""
        with self._quiet:
            if not self._quiet.wait_for(lambda: self._open == 0, seconds):
                raise TimeoutError(f"{self._open} webhooks are still on their way")

    def close(self) -> None:
        """Send nothing more."""
        self.url = ""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def signed(self, event: Item) -> tuple[bytes, str]:
        """The body of a webhook and its `Stripe-Signature`, one signature a secret."""
        body = json.dumps(event, indent=2)
        stamp = int(time.time()) + self.stamp_ahead
        headers = [WebhookSignature.generate_signature_header(body, secret, stamp) for secret in self.secrets]
        signatures = [header.split(",", 1)[1] for header in headers]
        return body.encode(), ",".join([f"t={stamp}", *signatures])

    def _deliver(self, event: Item, after: float) -> None:
        try:
            for pause in (after, *PAUSES):
                time.sleep(pause)
                if not self.url or self._tried(event):
                    return
        finally:
            with self._quiet:
                self._open -= 1
                self._quiet.notify_all()

    def _tried(self, event: Item) -> bool:
        body, signature = self.signed(event)
        headers = {"Content-Type": "application/json; charset=utf-8", "Stripe-Signature": signature}
        try:
            with urlopen(Request(self.url, body, headers), timeout=PATIENCE) as answer:
                status = int(answer.status)
        except HTTPError as error:
            status = error.code
        except (URLError, OSError):
            status = 0
        self.log.append((event["id"], event["type"], status))
        return 200 <= status < 300
