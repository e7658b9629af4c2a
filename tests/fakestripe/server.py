"""The server: API, hosted page and control endpoint on one free port of loopback, in a thread of its own."""

import inspect
import json
import threading
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Any, Self

from stripe import RequestsClient, StripeClient
from stripe.checkout import Session
from werkzeug.serving import WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from tests.fakestripe import hosted, refunds, sessions
from tests.fakestripe.api import Api
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused
from tests.fakestripe.faults import Fault, Faults
from tests.fakestripe.webhooks import Postman

API_KEY = "sk_test_fake"
HOST = "127.0.0.1"
POLL = 0.1  # seconds between two looks at the clock


class Quiet(WSGIRequestHandler):
    """Connections stay open between requests, as at Stripe, and nothing is printed for each of them."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class FakeStripe:
    """A Stripe that runs as long as the `with` block; the methods named in CONTROLS work over HTTP, too."""

    def __init__(self, port: int = 0) -> None:
        self.bank, self.faults = Bank(), Faults()
        self.api = Api(self.bank, self.faults, API_KEY)
        self.postman = Postman(self.faults)
        self.bank.heard = self.postman.post
        self.server = make_server(HOST, port, self, threaded=True, request_handler=Quiet)
        self.server.service_actions = lambda: sessions.sweep(self.bank)  # type: ignore[method-assign]  # at each look
        self.url = f"http://{HOST}:{self.server.port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(POLL,), name="fakestripe", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.postman.close()
        self.server.shutdown()

    def client(self, timeout: float = 10) -> StripeClient:
        """The real SDK, pointed here."""
        http = RequestsClient(timeout=timeout)
        return StripeClient(API_KEY, base_addresses={"api": self.url}, http_client=http, max_network_retries=0)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        request = Request(environ)
        if request.path.startswith("/c/pay/"):
            response = hosted.answer(self.bank, request)
        elif request.path.startswith("/control/"):
            response = self._control(request)
        else:
            response = self.api.answer(request)
        return response(environ, start_response)

    # What a test switches; each of these is POST /control/<name> with its arguments as JSON.

    def fault(self, kind: str, on: str = "", times: int = 1, seconds: float = 0.0) -> None:
        """Let something go wrong; tests/fakestripe/faults.py has the kinds."""
        self.faults.add(Fault(kind, on, times, seconds))

    def clear_faults(self) -> None:
        """Let nothing go wrong any more."""
        self.faults.clear()

    def advance(self, seconds: float) -> None:
        """Move Stripe's clock, and only this one; sessions whose time is over expire at once."""
        self.bank.ahead += seconds
        sessions.sweep(self.bank)

    def listen(self, url: str, secrets: list[str] | None = None, stamp_ahead: int = 0) -> None:
        """Deliver webhooks to this address, signed with these secrets (two while they rotate)."""
        self.postman.url, self.postman.stamp_ahead = url, stamp_ahead
        self.postman.secrets = secrets or self.postman.secrets

    def deliver(self, event: str, copies: int = 1) -> None:
        """Send an event so many times more."""
        for _ in range(copies):
            self.postman.send(self.bank.items[event])

    def pay(self, session: str, outcome: str = "pay") -> Item:
        """What a person does on the hosted page: `pay`, `later` or `decline`."""
        with self.bank.lock:
            return sessions.pay(self.bank, self.bank.get(Session, session, "session"), outcome)

    def settle(self, session: str, outcome: str = "succeeded") -> Item:
        """The bank's late answer to a session that is paid later: `succeeded` or `failed`."""
        with self.bank.lock:
            return sessions.settle(self.bank, session, outcome)

    def end_refund(self, refund: str, status: str = "succeeded") -> Item:
        """The bank's late answer to a refund: `succeeded` or `failed`."""
        with self.bank.lock:
            return refunds.end(self.bank, refund, status)

    def alter(self, id: str, **fields: Any) -> Item:
        """Make an object lie: another amount, currency or status than was asked for."""
        with self.bank.lock:
            return self.bank.items[id].__ior__(fields)

    def connect(self, account: str) -> None:
        """Let transfers go to this account."""
        self.bank.accounts.add(account)

    def state(self) -> Item:
        """Everything: objects by id, API requests, webhooks."""
        with self.bank.lock:
            requests = [vars(asked) for asked in self.api.log]
            return {"items": self.bank.items, "requests": requests, "webhooks": self.postman.log}

    def _control(self, request: Request) -> Response:
        name = request.path.removeprefix("/control/")
        if name not in CONTROLS:
            return Response(f"There are {', '.join(CONTROLS)}.", 404)
        given = json.loads(request.get_data() or b"{}")
        try:
            inspect.signature(getattr(self, name)).bind(**given)
            answer = getattr(self, name)(**given)
        except (Refused, TypeError, ValueError, KeyError) as error:
            return Response(str(error), 400)
        return Response(json.dumps(answer), content_type="application/json")


CONTROLS = (
    *("fault", "clear_faults", "advance", "listen", "deliver", "pay", "settle", "end_refund", "alter", "connect"),
    "state",
)
