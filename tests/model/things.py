"""Orders, payments and refunds as a model in plain Python has them."""

from dataclasses import dataclass, field
from datetime import datetime
from itertools import count

PRICE = 25_000
SETTLED = {"captured", "collected", "part_refunded", "refunded"}
receipts = count(1)


@dataclass
class Back:
    """Rupiah that go back to the buyer: due, sent, done."""

    amount: int
    state: str = "due"


@dataclass
class Pay:
    """Money asked for: `due` rupiah, unique digits included; `nth` of all money that has come, or 0."""

    way: str
    due: int
    deadline: datetime | None
    state: str = "open"
    nth: int = 0
    proofs: int = 0
    is_earned: bool = False
    backs: list[Back] = field(default_factory=list)

    @property
    def refunded(self) -> int:
        """What is promised back."""
        return sum(back.amount for back in self.backs)


@dataclass
class Bought:
    """An order; `called_off_by` says who ended it last."""

    quantity: int
    is_pickup: bool
    state: str
    accept_by: datetime
    pays: list[Pay]
    hold: str = "active"
    called_off_by: str = ""

    @property
    def total(self) -> int:
        """Rupiah for the goods; they come for nothing."""
        return self.quantity * PRICE

    @property
    def counted(self) -> Pay:
        """The payment that counts: the first that brought money, else the latest."""
        return min((pay for pay in self.pays if pay.nth), key=lambda pay: pay.nth, default=self.pays[-1])


def owed_to(pay: Pay) -> str:
    """The account on which the money of a payment is owed to somebody."""
    return "buyer_held" if pay.way == "stripe_card" and not pay.is_earned else "shop_payable"


def place_of(pay: Pay) -> str:
    """The account on which it lies."""
    return {"transfer": "paid_to_shop", "stripe_card": "provider_clearing"}.get(pay.way, "cod_receivable")
