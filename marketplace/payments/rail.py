"""The port for rails: how what a payout run owes a shop gets there, whoever carries it."""

from abc import ABC, abstractmethod

from marketplace.payments.models import Channel
from marketplace.payments.payout_models import Payout
from marketplace.refusal import Refusal


class NotTakenBack(Refusal):
    """What was sent cannot be fetched back now."""


class Rail(ABC):
    """One rail. `code` stands in rows, `channel` is the kind of account that it reaches.

    `is_by_hand` when the office does the sending and says what became of it; else the rail finds out itself.
    """

    code: str
    channel: Channel
    is_by_hand: bool

    @abstractmethod
    def is_on(self) -> bool:
        """Whether the operator uses it."""

    def send(self, payout: Payout) -> None:
        """Inside writing(): see to it that the payout is sent, once, by a job where it takes a network."""
        return

    def take_back(self, payout: Payout) -> None:
        """Outside writing(), before the office books a payout back: fetch the money. Raises NotTakenBack."""
        return
