"""Everything that this Stripe remembers, in memory: its objects, its events and its own clock, under one lock."""

import secrets
import threading
import time
from collections.abc import Callable, Mapping
from copy import deepcopy
from functools import cache
from types import NoneType
from typing import Any, get_args

from stripe import Charge, Event, LineItem, PaymentIntent, Refund, Transfer, TransferReversal
from stripe._api_version import _ApiVersion  # the SDK offers it nowhere else
from stripe.checkout import Session

from tests.fakestripe.errors import no_such

Item = dict[str, Any]

PREFIXES: Mapping[Any, str] = {
    Session: "cs_test_",
    LineItem: "li_",
    PaymentIntent: "pi_",
    Charge: "ch_",
    Refund: "re_",
    Transfer: "tr_",
    TransferReversal: "trr_",
    Event: "evt_",
}


@cache
def fields_of(kind: Any) -> dict[str, bool]:
    """The fields of an object as the SDK declares them, and whether each may be null."""
    found = {}
    for name, hint in kind.__annotations__.items():
        if not name.startswith("_") and "ClassVar" not in str(hint):
            found[name] = NoneType in get_args(hint)
    return found


class Bank:
    """The memory. Functions that change it hold `lock`; `heard` is called with each new event."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.ahead = 0.0  # seconds that its clock runs before the machine's
        self.items: dict[str, Item] = {}  # by id, oldest first
        self.notes: dict[str, Item] = {}  # by id: what Stripe knows of an object and does not show
        self.accounts: set[str] = set()  # connected accounts that transfers may go to
        self.heard: Callable[[Item], None] = lambda event: None

    def now(self) -> int:
        """Seconds since 1970 by its own clock."""
        return int(time.time() + self.ahead)

    def keep(self, kind: Any, /, **given: Any) -> Item:
        """A new object with every field that the SDK's class declares: those not given are null.

        Raises TypeError for a field that the class does not know or that it wants and did not get.
        """
        known = fields_of(kind)
        common = {"id": PREFIXES[kind] + secrets.token_hex(12), "object": kind.OBJECT_NAME}
        common |= {"created": self.now(), "livemode": False}
        item = {name: value for name, value in common.items() if name in known} | given
        blank: Item = {name: None for name, nullable in known.items() if nullable}
        if wrong := set(known) ^ set(blank | item):
            raise TypeError(f"{kind.__name__} is not made of these: {sorted(wrong)}")
        with self.lock:
            self.items[item["id"]] = blank | item
            return self.items[item["id"]]

    def get(self, kind: Any, id: str, param: str, status: int = 404) -> Item:
        """The object of this kind with this id; raises Refused, naming the parameter that held the id."""
        item = self.items.get(id)
        if item is None or item["object"] != kind.OBJECT_NAME:
            raise no_such(kind.OBJECT_NAME, id, param, status)
        return item

    def all(self, kind: Any) -> list[Item]:
        """Every object of this kind, newest first."""
        with self.lock:
            return [item for item in reversed(self.items.values()) if item["object"] == kind.OBJECT_NAME]

    def emit(self, name: str, item: Item) -> Item:
        """An event that shows the object as it is now; webhooks follow."""
        data = {"object": deepcopy(item)}  # what was said does not change afterwards
        event = self.keep(Event, type=name, data=data, api_version=_ApiVersion.CURRENT, pending_webhooks=1)
        self.heard(event)
        return event

    def balance(self, currency: str) -> int:
        """What may be transferred, in the currency's smallest unit: charged, less refunded, less transferred."""
        with self.lock:
            mine = [item for item in self.items.values() if item.get("currency") == currency]
            charged: int = sum(item["amount_captured"] - item["amount_refunded"] for item in mine if _is(item, Charge))
            sent: int = sum(item["amount"] - item["amount_reversed"] for item in mine if _is(item, Transfer))
            return charged - sent


def _is(item: Item, kind: Any) -> bool:
    return bool(item["object"] == kind.OBJECT_NAME)
