"""Orders, payments and refunds as a model in plain Python has them."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from tests.model.tables import PREPAID

PRICE = 25_000
PAY_TIME, CARD_TIME = timedelta(hours=24), timedelta(minutes=35)
# What each voucher takes off an order of n boxes.
VOUCHERS = {"": lambda n: 0, "shop": lambda n: n * PRICE // 10, "city": lambda n: 7_001}
SETTLED = {"captured", "collected", "part_refunded", "refunded"}
receipts = count(1)


class Refused(Exception):
    """The market says no, and nothing has changed."""


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


def asked(way: str, due: int, now: datetime) -> Pay:
    """A new payment of so many rupiah."""
    times = {"transfer": now + PAY_TIME, "stripe_card": now + CARD_TIME}
    return Pay(way, due, times.get(way), "open" if way in PREPAID else "due")


@dataclass
class Bought:
    """An order; `called_off_by` says who ended it last, `is_counted` that it has a use of its voucher."""

    quantity: int
    is_pickup: bool
    state: str
    accept_by: datetime
    pays: list[Pay]
    hold: str = "active"
    called_off_by: str = ""
    voucher: str = ""
    is_counted: bool = False
    has_arrived: bool = False

    @property
    def total(self) -> int:
        """Rupiah for the goods less the voucher; they come for nothing."""
        return self.quantity * PRICE - self.discount

    @property
    def discount(self) -> int:
        """Rupiah that the voucher takes off."""
        return VOUCHERS[self.voucher](self.quantity)

    def subsidy(self, kept: int) -> int:
        """What the city adds when so many rupiah of the buyer's money stay: in proportion, half a rupiah is one."""
        goods = min(max(kept, 0), self.total)
        return (2 * self.discount * goods + self.total) // (2 * self.total) if self.voucher == "city" else 0

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
