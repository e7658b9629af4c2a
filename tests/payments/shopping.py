"""Journeys of money: a guest orders two boxes of Bu Ani's onde-onde and pays by transfer."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.catalog.models import Variant
from marketplace.db import db
from marketplace.orders.models import Order, State
from marketplace.orders.paying import payments_of
from marketplace.payments.models import Payment, Refund
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, place
from tests.payments.money import give_account, picture

SignIn = Callable[[str], Browser]


@dataclass
class Purchase:
    """One order with its buyer's browser, looked at from every side."""

    app: Flask
    buyer: Browser
    number: str
    token: str

    @property
    def link(self) -> str:
        return f"/lacak/{self.token}"

    @property
    def order(self) -> Order:
        with self.app.app_context():
            return db.session.scalars(select(Order).where(Order.number == self.number)).one()

    @property
    def payment(self) -> Payment:
        """The one that counts."""
        with self.app.app_context():
            return payments_of([self.order.id])[self.order.id]

    @property
    def payments(self) -> list[Payment]:
        with self.app.app_context():
            found = select(Payment).where(Payment.reference.startswith(self.number)).order_by(Payment.id)
            return list(db.session.scalars(found))

    @property
    def states(self) -> tuple[State, str]:
        """Of the order and of its payment."""
        return self.order.state, self.payment.state

    @property
    def refunds(self) -> list[Refund]:
        with self.app.app_context():
            return list(db.session.scalars(select(Refund).order_by(Refund.id)))

    @property
    def held(self) -> int:
        with self.app.app_context():
            return db.session.scalars(select(Variant.held).where(Variant.sku == "OND-10")).one()

    def page(self) -> Page:
        return self.buyer.get(self.link)

    def prove(self, colour: str = "white", **saving: Any) -> Page:
        """The buyer uploads a picture."""
        data = {"bukti": (picture(colour, **saving), "bukti.jpg")}
        return self.buyer.post(f"{self.link}/{self.number}/bukti", data, follow=True)

    def pay(self, code: str) -> Page:
        """The buyer chooses to pay again, or another way."""
        return self.buyer.post(f"{self.link}/{self.number}/bayar", {"cara": code}, follow=True)

    def cancel(self) -> Page:
        return self.buyer.post(f"{self.link}/{self.number}/batal", follow=True)

    def desk(self, shop: Browser, step: str = "", **data: Any) -> Page:
        """The shop opens the order, or takes a step."""
        path = f"/jualan/pesanan/{self.number}"
        return shop.post(f"{path}/{step}", data, follow=True) if step else shop.get(path)

    def arrived(self, shop: Browser, payment: Payment | None = None) -> Page:
        """The shop says that the money is on its account."""
        return self.desk(shop, "uang-masuk", pembayaran=(payment or self.payment).reference)


def buy(app: Flask, buyer: Browser, market: Market, code: str = "transfer", quantity: int = 2) -> Purchase:
    """The whole journey to the receipt."""
    fill_cart(buyer, market, onde=quantity)
    summary = give_address(buyer)
    receipt = place(buyer, summary, **{f"bayar-{market.shops['bu_ani']}": code})
    assert receipt.status == 200, receipt.text
    return Purchase(app, buyer, numbers_of(receipt)[0], receipt.response.request.path.rsplit("/", 1)[1])


def buy_by_transfer(app: Flask, buyer: Browser, market: Market) -> Purchase:
    """The same, after Bu Ani has got her account."""
    with app.app_context():
        give_account(market, "bu_ani")
    return buy(app, buyer, market)
