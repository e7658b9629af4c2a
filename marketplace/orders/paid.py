"""What an order does when its payment has come or can no longer come: its row of `wiring.PAYABLES`."""

from marketplace.payments.payables import News, Payable


def captured(order_id: int, news: News) -> None:
    """Cash changes hands with the goods, so the order has moved already."""


def expired(order_id: int, news: News) -> None:
    """Cash has no deadline of its own: the order that is called off ends its payment."""


PAYABLE = Payable(captured, expired)
