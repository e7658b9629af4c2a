"""Orders, payments and refunds as a model in plain Python has them."""

from dataclasses import dataclass, field
from datetime import datetime

PRICE = 25_000
SETTLED = {"captured", "collected", "part_refunded", "refunded"}


@dataclass
class Back:
    """Rupiah that go back to the buyer: due, sent, done."""

    amount: int
    state: str = "due"


@dataclass
class Pay:
    """Money asked for: `due` rupiah, unique digits included."""

    way: str
    due: int
    deadline: datetime | None
    state: str = "open"
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
        """The payment that counts: one that brought money, else the latest."""
        return max(enumerate(self.pays), key=lambda pair: (pair[1].state in SETTLED, pair[0]))[1]


def owed_to(pay: Pay) -> str:
    """The account on which the money of a payment is owed to somebody."""
    return "buyer_held" if pay.way == "stripe_card" and not pay.is_earned else "shop_payable"


def place_of(pay: Pay) -> str:
    """The account on which it lies."""
    return {"transfer": "paid_to_shop", "stripe_card": "provider_clearing"}.get(pay.way, "cod_receivable")
