"""What happens to the things that are paid for; the table itself stands in `wiring.PAYABLES`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import current_app

from marketplace.payments.models import Actor, Payment


@dataclass(frozen=True)
class News:
    """What befell a payment: `by` whom, the person's id if there is one."""

    payment: Payment
    by: Actor
    actor_id: int | None = None


Hearing = Callable[[int, News], None]


@dataclass(frozen=True)
class Payable:
    """What a kind of thing does, inside the open transaction, when its payment was `captured` or has `expired`.

    Each is called with the thing's id; `lock` locks the rows of some things, in id order, before that.
    """

    lock: Callable[[Sequence[int]], None]
    captured: Hearing
    expired: Hearing


def payable(kind: str) -> Payable:
    """The functions of one kind of thing; KeyError for a kind that nobody has wired."""
    table: Mapping[str, Payable] = current_app.extensions["payables"]
    return table[kind]
