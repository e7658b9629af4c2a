"""Where the buttons of an order lead: to a member's pages, or below the link of the checkout."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from flask import url_for

from marketplace.orders.models import Order


@dataclass(frozen=True)
class Doors:
    """Addresses for one order; `reviews` by the id of its line, `paper` asks for `paper_id` and `size`."""

    cancel: str
    confirm: str
    again: str
    proof: str
    pay: str
    refund: str
    complaint: str
    qris: str
    reviews: dict[int, str]
    paper: Callable[..., str]

    def complaint_photo(self, id: int) -> str:
        """A picture of its complaint."""
        return f"{self.complaint}/foto/{id}"


def of_member(order: Order) -> Doors:
    """The doors of a member's order."""
    number = order.number
    return Doors(
        cancel=url_for("orders.cancel", number=number),
        confirm=url_for("orders.confirm", number=number),
        again=url_for("orders.buy_again", number=number),
        proof=url_for("orders.prove", number=number),
        pay=url_for("orders.pay", number=number),
        refund=url_for("orders.refunded", number=number),
        complaint=url_for("orders.complaint", number=number),
        qris=url_for("orders.qris", number=number),
        reviews={line.id: url_for("orders.review", number=number, line_id=line.id) for line in order.lines},
        paper=partial(url_for, "orders.paper", number=number),
    )


def of_link(order: Order, token: str) -> Doors:
    """The doors of an order for whoever has its link."""
    number = order.number
    return Doors(
        cancel=url_for("tracking.cancel", token=token, number=number),
        confirm=url_for("tracking.confirm", token=token, number=number),
        again=url_for("tracking.buy_again", token=token, number=number),
        proof=url_for("tracking.prove", token=token, number=number),
        pay=url_for("tracking.pay", token=token, number=number),
        refund=url_for("tracking.refunded", token=token, number=number),
        complaint=url_for("tracking.complaint", token=token, number=number),
        qris=url_for("tracking.qris", token=token, number=number),
        reviews={line.id: url_for("tracking.review", token=token, line_id=line.id) for line in order.lines},
        paper=partial(url_for, "tracking.paper", token=token, number=number),
    )
