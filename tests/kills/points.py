"""The named points at which a process can be made to die; the market's own code does not know of them.

A test's server wraps the functions before it starts. What is wrapped dies where it is told to by a file that holds the
point's name; the file is gone afterwards, so that one order to die kills one process.
"""

import functools
import importlib
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

# name -> the function that has just returned; those marked * have committed, and nobody has been told yet.
POINTS = {
    "checkout: stock is taken": "marketplace.orders.checkout:_take_stock",
    "checkout: an order is written": "marketplace.orders.checkout:_open_order",
    "checkout: the cart is emptied": "marketplace.orders.checkout:_empty",
    "checkout: committed*": "marketplace.orders.checkout:place_order",
    "settle: the payment has moved": "marketplace.payments.states:transition",
    "settle: the money is in the ledger": "marketplace.payments.ledger:post",
    "settle: the order has heard": "marketplace.payments.settling:settle",
    "settle: committed*": "marketplace.orders.money_moves:confirm",
    "cancel: the goods are free": "marketplace.orders.holds:undo",
    "cancel: committed*": "marketplace.orders.fulfilment:cancel",
    "refund: it is owed": "marketplace.payments.refunds:owe",
    "refund: the provider has sent it*": "marketplace.payments.stripe_card:refund",
    "refund: done, the job is not*": "marketplace.payments.card_refunds:send_back",
    "worker: a job is leased*": "marketplace.jobs:_lease",
    "webhook: the event is kept*": "marketplace.payments.card_hearing:hear",
    "webhook: the session is read": "marketplace.payments.card_pages:_read",
}


def wrap(orders: Path) -> None:
    """Let every point look into the file `orders` when it is reached; call it before the app is made."""
    import marketplace.wiring

    assert marketplace.wiring
    for name, target in POINTS.items():
        module_name, _, function_name = target.partition(":")
        function = getattr(importlib.import_module(module_name), function_name)
        _replace(function, _mortal(function, name, orders))


def _mortal(function: Callable[..., Any], name: str, orders: Path) -> Callable[..., Any]:
    @functools.wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if _is_told_to_die(name, orders):
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return call


def _is_told_to_die(name: str, orders: Path) -> bool:
    try:
        if orders.read_text() != name:
            return False
        orders.unlink()
    except FileNotFoundError:
        return False
    return True


def _replace(function: object, other: object) -> None:
    """Wherever the market's modules know the function by a name, or keep it in a table."""
    for module in [each for name, each in sys.modules.items() if name.startswith("marketplace")]:
        _replace_in(vars(module), function, other)
        for value in list(vars(module).values()):
            if isinstance(value, dict) and not isinstance(value, ModuleType):
                _replace_in(value, function, other)


def _replace_in(table: dict[Any, Any], function: object, other: object) -> None:
    for name, value in list(table.items()):
        if value is function:
            table[name] = other
