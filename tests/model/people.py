"""What people, shops and office do with orders, in the market and in its model at once."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from typing import Any, ClassVar

import time_machine
from flask import Flask
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from marketplace.clock import now
from marketplace.db import db
from marketplace.orders import fulfilment, money_moves
from marketplace.orders.models import Order
from tests.factories import Market
from tests.model.plain import Plain
from tests.model.real import Real
from tests.model.things import Bought, Refused

MONDAY_10 = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
ON_HAND = 6
some = st.integers(0, 60)
shop_side = st.sampled_from(["seller", "officer"])
anybody = st.sampled_from(["buyer", "seller", "officer"])
ways = st.sampled_from(["cash", "transfer", "stripe_card"])
vouchers = st.sampled_from(["", "", "shop", "city"])
_digests = count(1)


class Orders(RuleBasedStateMachine):
    """One product, some orders of it, and everything that can happen to them."""

    app: ClassVar[Flask]
    market: ClassVar[Market]
    checks_every: ClassVar[int] = 1

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(MONDAY_10, tick=False)
        self.time = self.clock.start()
        self.context = self.app.test_request_context()
        self.context.push()
        self.real, self.plain = Real.opened(self.market, ON_HAND), Plain(ON_HAND)
        self.ids: list[int] = []
        self.orders: list[Bought] = []

    def both(self, model: Callable[[], Any], market: Callable[[], Any]) -> Any:
        """Do it in both; one refuses if and only if the other does. What the market gave, None when it refused."""
        refused = False
        try:
            model()
        except Refused:
            refused = True
        try:
            result = market()
        except Refused as refusal:
            assert refused, f"the market refuses, the model does not: {refusal}"
            return None
        assert not refused, "the model refuses, the market does not"
        return result

    def chosen(self, n: int) -> tuple[int, Bought]:
        """One of the orders."""
        return self.ids[n % len(self.ids)], self.orders[n % len(self.orders)]

    @rule(quantity=st.integers(1, 4), way=ways, is_pickup=st.booleans(), voucher=vouchers)
    def place(self, quantity: int, way: str, is_pickup: bool, voucher: str = "") -> None:
        """Somebody orders."""
        code = way if way != "cash" else "at_pickup" if is_pickup else "cod"
        bought: list[Bought] = []
        id = self.both(
            lambda: bought.append(self.plain.place(quantity, code, is_pickup, now(), voucher)),
            lambda: self.real.place(quantity, code, is_pickup, voucher),
        )
        if id is not None:
            self.ids.append(id)
            self.orders.append(bought[0])
            self.learn(id, bought[0])

    def learn(self, id: int, order: Bought) -> None:
        """What the market is free to choose: digits on top of a transfer, until when a shop may answer."""
        for pay, payment in zip(order.pays, self.real.payments(id), strict=True):
            assert payment.code == 0 or (pay.way == "transfer" and 1 <= payment.code <= 999)
            assert payment.amount == order.total
            pay.due = payment.due
        order.accept_by = self.accept_by(id)

    def accept_by(self, id: int) -> datetime:
        """Until when the shop may answer."""
        moment = db.session.get_one(Order, id, populate_existing=True).accept_by
        db.session.rollback()
        return moment

    @precondition(lambda self: self.ids)
    @rule(n=some, by=shop_side)
    def accept(self, n: int, by: str) -> None:
        """The shop takes an order on."""
        id, order = self.chosen(n)
        self.both(lambda: self.plain.move(order, "accepted", by), lambda: self.real.do(fulfilment.accept, id, by))

    @precondition(lambda self: self.ids)
    @rule(n=some, by=anybody)
    def cancel(self, n: int, by: str) -> None:
        """Somebody calls an order off."""
        id, order = self.chosen(n)
        self.both(
            lambda: self.plain.cancel(order, by), lambda: self.real.do(fulfilment.cancel, id, by, reason="Kompor rusak")
        )

    @precondition(lambda self: self.ids)
    @rule(n=some, by=shop_side)
    def send_off(self, n: int, by: str) -> None:
        """The goods wait, or are on their way, as the order wants it."""
        id, order = self.chosen(n)
        to, step = ("ready", fulfilment.make_ready) if order.is_pickup else ("shipped", fulfilment.ship)
        self.both(lambda: self.plain.move(order, to, by), lambda: self.real.do(step, id, by))

    @precondition(lambda self: self.ids)
    @rule(n=some, by=shop_side)
    def send_wrongly(self, n: int, by: str) -> None:
        """The other way is refused."""
        id, order = self.chosen(n)
        to, step = ("shipped", fulfilment.ship) if order.is_pickup else ("ready", fulfilment.make_ready)
        self.both(lambda: self.plain.move(order, to, by), lambda: self.real.do(step, id, by))

    @precondition(lambda self: self.ids)
    @rule(n=some, by=anybody)
    def deliver(self, n: int, by: str) -> None:
        """The buyer has the goods."""
        id, order = self.chosen(n)
        self.both(lambda: self.plain.deliver(order, by), lambda: self.real.do(fulfilment.deliver, id, by))

    @precondition(lambda self: self.ids)
    @rule(n=some, by=shop_side)
    def collect(self, n: int, by: str) -> None:
        """The shop has the cash."""
        id, order = self.chosen(n)
        self.both(lambda: self.plain.collect(order), lambda: self.real.do(fulfilment.collect, id, by))

    @precondition(lambda self: self.ids)
    @rule(n=some)
    def complete(self, n: int) -> None:
        """Some days without a complaint; the job gives way where it comes too late."""
        id, order = self.chosen(n)
        if order.state == "delivered":
            self.plain.move(order, "completed", "system")
        self.real.do(fulfilment.complete, id)

    @precondition(lambda self: any(order.state in ("ready", "shipped", "delivered") for order in self.orders))
    @rule(n=some)
    def dispute(self, n: int) -> None:
        """The buyer complains."""
        open_to = [i for i, order in enumerate(self.orders) if order.state in ("ready", "shipped", "delivered")]
        id, order = self.chosen(open_to[n % len(open_to)])
        self.both(lambda: self.plain.move(order, "disputed", "buyer"), lambda: self.real.move(id, "disputed", "buyer"))

    @precondition(lambda self: any(order.state == "disputed" for order in self.orders))
    @rule(n=some)
    def decide(self, n: int) -> None:
        """The office finds that all is well."""
        disputed = [i for i, order in enumerate(self.orders) if order.state == "disputed"]
        id, order = self.chosen(disputed[n % len(disputed)])
        self.both(
            lambda: self.plain.move(order, "completed", "officer"), lambda: self.real.move(id, "completed", "officer")
        )

    @precondition(lambda self: self.ids)
    @rule(n=some)
    def hand_in(self, n: int) -> None:
        """The buyer shows a picture."""
        id, order = self.chosen(n)
        digest = f"picture {next(_digests)}"
        self.both(lambda: self.plain.hand_in(order), lambda: self.real.hand_in(id, digest))

    @precondition(lambda self: self.ids)
    @rule(n=some, by=shop_side)
    def refuse_proof(self, n: int, by: str) -> None:
        """The shop finds no money."""
        id, order = self.chosen(n)
        self.both(
            lambda: self.plain.refuse_proof(order, now()),
            lambda: self.real.do(money_moves.refuse_proof, id, by, reason="Tidak ada"),
        )

    @precondition(lambda self: self.ids)
    @rule(n=some, way=ways, is_right=st.booleans())
    def pay_again(self, n: int, way: str, is_right: bool) -> None:
        """The buyer chooses how to pay, once more."""
        id, order = self.chosen(n)
        code = way if way != "cash" else "at_pickup" if order.is_pickup == is_right else "cod"
        self.both(
            lambda: self.plain.pay_again(order, code, order.total, now()),
            lambda: self.real.do(money_moves.pay_by, id, "buyer", code=code),
        )
        self.learn(id, order)
