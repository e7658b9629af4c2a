"""The port for ways to pay: what each of them must be able to do, whoever moves the money."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.payments.models import Channel, Payment, PaymentState, PayTerms, ReceivingAccount, Refund
from marketplace.payments.settling import Place

PICKUP, COURIER = "pickup", "courier"


@dataclass(frozen=True)
class Sale:
    """What a buyer would pay a shop: rupiah, and where the goods change hands (PICKUP, COURIER, or a Zone's value)."""

    shop_id: int
    amount: int
    where: str


@dataclass(frozen=True)
class ShopTerms:
    """What decides which ways a shop offers: the cash that it takes, and its accounts in use."""

    cash: PayTerms
    receiving: Mapping[Channel, ReceivingAccount]


@dataclass(frozen=True)
class Start:
    """How a payment begins: the place where its money must arrive, up to 999 rupiah on top, until when."""

    state: PaymentState
    place: Place
    code: int = 0
    deadline: datetime | None = None


class WayToPay(ABC):
    """One way to pay. `code` stands in forms and rows.

    `is_prepaid` money comes before the shop begins to work; `is_seen_by_shop` when it comes to the shop's own account,
    so that only the shop can say so; `is_shared` when one payment covers all orders of a checkout that are paid so;
    `ends_by_clock` when nobody else has to say that no money can come any more.
    """

    code: str
    is_prepaid: bool
    is_seen_by_shop: bool = False
    is_shared: bool = False
    ends_by_clock: bool = True

    @abstractmethod
    def label(self) -> str:
        """What buyers call it."""

    def note(self) -> str:
        """What buyers must know before they choose it; empty when nothing."""
        return ""

    @abstractmethod
    def is_offered(self, sale: Sale, terms: ShopTerms) -> bool:
        """Whether the shop takes this sale's money this way, from what was loaded with its terms."""

    @abstractmethod
    def start(self, sale: Sale) -> Start:
        """Begin a payment inside writing()."""

    @abstractmethod
    def shown(self, payment: Payment) -> dict[str, Any]:
        """What the buyer's page needs beside the payment: `template` names the piece of a page that shows it."""

    @abstractmethod
    def confirm(self, payment: Payment) -> str:
        """How the money is known to have come: the `source` under which it is booked, once."""

    def opened(self, payment: Payment) -> None:
        """Inside writing(): the payment stands."""
        return

    def withdraw(self, payment: Payment) -> None:
        """Outside writing(), before the buyer chooses another way: take back what could still be paid on."""
        return

    def cancel(self, payment: Payment) -> bool:
        """Make sure, inside writing(), that no money can come any more; False when it may be on its way."""
        return True

    def refund(self, refund: Refund) -> None:
        """Inside writing(): see to it that a refund which is owed is sent, by a job where it takes a network.

        Where the shop was paid it is the shop that owes, sends and shows it, so there is nothing to do.
        """
        return
