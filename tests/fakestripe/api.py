"""One API request: who asks, what for, under which key, and what goes wrong on the way."""

import json
import secrets
import time
from dataclasses import dataclass
from typing import Any

from stripe.checkout import Session
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from tests.fakestripe import lists, params, refunds, sessions
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused, broken, too_fast
from tests.fakestripe.faults import ON_REFUNDS, ON_REQUESTS, Fault, Faults
from tests.fakestripe.idempotency import Answer, Keys
from tests.fakestripe.operations import OPERATIONS, Operation

PATHS = Map([Rule(each.path, methods=[each.method], endpoint=each) for each in OPERATIONS])
NO_FAULT = Fault("none")


@dataclass(frozen=True)
class Asked:
    """A line of the log: what reached Stripe, and what it said."""

    what: str
    key: str
    status: int
    replayed: bool


class Api:
    """Answers the requests of the SDK."""

    def __init__(self, bank: Bank, faults: Faults, api_key: str) -> None:
        self.bank, self.faults, self.api_key = bank, faults, api_key
        self.keys = Keys(bank.now)
        self.log: list[Asked] = []

    def answer(self, request: Request) -> Response:
        """The response; raises ConnectionError where a fault breaks the line."""
        request.get_data()  # all of it, or what is left would be taken for the next request
        sessions.sweep(self.bank)
        fault = self.faults.take(ON_REQUESTS, f"{request.method} {request.path}") or NO_FAULT
        if fault.kind == "unheard":
            _break(fault)
        try:
            answer = self._once(request, fault)
        except Refused as refused:
            answer = Answer(refused.status, json.dumps(refused.body))
        key, replayed = request.headers.get("Idempotency-Key", ""), "Idempotent-Replayed" in answer.headers
        self.log.append(Asked(f"{request.method} {request.path}", key, answer.status, replayed))
        if fault.kind == "unanswered":
            _break(fault)
        headers = {"Request-Id": f"req_{secrets.token_hex(7)}", "Idempotency-Key": key, **answer.headers}
        return Response(answer.body, answer.status, headers, content_type="application/json")

    def _once(self, request: Request, fault: Fault) -> Answer:
        """Run the request, or repeat the answer that its key has led to before."""
        self._check_api_key(request)
        operation, ids = _find(request)
        form = request.get_data(as_text=True) if request.method == "POST" else request.query_string.decode()
        key = request.headers.get("Idempotency-Key", "")
        if request.method != "POST" or not key:
            return self._run(operation, ids, form, request, fault)
        earlier = self.keys.begin(key, f"{request.path}?{form}")
        if earlier is not None:
            return earlier
        try:
            answer = self._run(operation, ids, form, request, fault)
        except Refused:
            self.keys.forget(key)
            raise
        self.keys.keep(key, answer)
        return answer

    def _run(self, operation: Operation, ids: dict[str, Any], form: str, request: Request, fault: Fault) -> Answer:
        """Do it. What is refused before it began is raised, and its key stays free; all else is an answer."""
        if fault.kind in ("error_500", "rate_limit"):
            raise broken() if fault.kind == "error_500" else too_fast()
        if fault.kind == "slow":
            time.sleep(fault.seconds)
        checked = params.checked(form, operation.shape)
        expand = checked.pop("expand", [])
        if operation.run is sessions.create:
            ids = {"pages": request.host_url.rstrip("/")}
        try:
            with self.bank.lock:
                item = operation.run(self.bank, checked, **ids)
                self._disturb(item)
                body = json.dumps(lists.expanded(self.bank, item, expand))
        except Refused as refused:
            return Answer(refused.status, json.dumps(refused.body))
        if fault.kind == "error_500_after":
            return Answer(500, json.dumps(broken().body))
        return Answer(200, body)

    def _disturb(self, item: Item) -> None:
        """A refund may wait for its bank, or fail after all."""
        if item["object"] != "refund" or item["status"] != "succeeded":
            return
        fault = self.faults.take(ON_REFUNDS, "refund") or NO_FAULT
        if fault.kind == "refund_pending":
            refunds.leave_pending(self.bank, item)
        elif fault.kind == "refund_fails":
            refunds.end(self.bank, item["id"], "failed")

    def _check_api_key(self, request: Request) -> None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if given != self.api_key:
            text = f"Invalid API Key provided: {'*' * 8}{given[-4:]}"
            raise Refused(text, status=401) if given else Refused("You did not provide an API key.", status=401)


def _find(request: Request) -> tuple[Operation, dict[str, Any]]:
    try:
        return PATHS.bind(request.host).match(request.path, request.method)  # type: ignore[return-value]
    except HTTPException:
        text = f"Unrecognized request URL ({request.method}: {request.path})."
        raise Refused(text, status=404) from None


def _break(fault: Fault) -> None:
    """Werkzeug closes the connection without a word."""
    time.sleep(fault.seconds)
    raise ConnectionError


def open_session(bank: Bank, id: str) -> Item:
    """The session behind a hosted page; raises Refused."""
    sessions.sweep(bank)
    return bank.get(Session, id, "session")
