"""A Hypothesis state machine: whatever people, banks and clocks do to orders, the market is as its model."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import product
from typing import ClassVar

from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule, run_state_machine_as_test

from marketplace.clock import now
from marketplace.db import db
from marketplace.orders import fulfilment, money_moves
from marketplace.orders.models import Actor, State
from marketplace.orders.states import MOVES
from marketplace.payments.models import PaymentState
from marketplace.payments.states import MOVES as PAYMENT_MOVES
from marketplace.wiring import CHECKS
from tests.factories import Market
from tests.model.people import Orders, shop_side, some
from tests.model.things import PRICE, Bought, Pay
from tests.payments.money import give_account

# Keys, so that cards are offered; nobody answers there, and nobody is asked.
NO_NETWORK = {"stripe_secret_key": "sk_test_nobody", "stripe_api_url": "http://127.0.0.1:9"}


class Tried:
    """What all runs together have done and tried: (before, to, by) of orders, (before, to) of payments."""

    legal: ClassVar[set[tuple[str, ...]]] = set()
    illegal: ClassVar[set[tuple[str, ...]]] = set()
    steps: ClassVar[int] = 0
    runs: ClassVar[int] = 0

    @classmethod
    def forget(cls) -> None:
        """Begin to count anew."""
        cls.legal, cls.illegal, cls.steps, cls.runs = set(), set(), 0, 0


def pairs() -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Every legal edge of the two tables, and every pair that is none; staying where one is counts as neither."""
    legal, every = set(), set()
    for before, to, by in product(State, State, Actor):
        every.add((before, to, by))
        if by in MOVES[before].get(to, ()):
            legal.add((before, to, by))
    for pair in product(PaymentState, PaymentState):
        every.add(pair)
        if pair[1] in PAYMENT_MOVES[pair[0]]:
            legal.add(pair)
    return legal, {pair for pair in every if pair[0] != pair[1]} - legal


class Trading(Orders):
    """Money and time besides."""

    @precondition(lambda self: self.ids)
    @rule(n=some, k=some, by=shop_side)
    def transfer_arrives(self, n: int, k: int, by: str) -> None:
        """The shop sees the money of one of an order's transfers, however old."""
        id, order = self.chosen(n)
        found = [(each, pay) for each, pay in enumerate(order.pays) if pay.way == "transfer"]
        if found:
            attempt, pay = found[k % len(found)]
            reference = self.real.payments(id)[attempt].reference
            self.both(
                lambda: self.plain.money_comes(order, pay, by),
                lambda: self.real.do(money_moves.confirm, id, by, reference=reference),
            )

    @precondition(lambda self: self.ids)
    @rule(n=some, k=some)
    def card_pays(self, n: int, k: int) -> None:
        """Stripe tells of the money of a card payment, however old."""
        id, order = self.chosen(n)
        found = [(each, pay) for each, pay in enumerate(order.pays) if pay.way == "stripe_card"]
        if found:
            attempt, pay = found[k % len(found)]
            self.both(lambda: self.plain.money_comes(order, pay, "system"), lambda: self.real.card_pays(id, attempt))

    @rule(hours=st.sampled_from([0.3, 0.7, 2, 25]))
    def time_passes(self, hours: float) -> None:
        """And the jobs that look at deadlines run, those that are due and those that are not."""
        self.time.shift(timedelta(hours=hours))
        for id, order in zip(self.ids, self.orders, strict=True):
            for attempt, pay in enumerate(order.pays):
                self.plain.expire(order, pay, now())
                if pay.way == "stripe_card" and pay.deadline is not None and pay.deadline <= now():
                    self.plain.end_card(order, pay)
                self.real.end_of_payment(id, attempt)
            order.accept_by = self.accept_by(id)
            if order.state == "placed" and order.accept_by <= now():
                self.plain.cancel(order, "system")
            fulfilment.expire(id)

    @precondition(lambda self: self.ids)
    @rule(n=some, boxes=st.integers(1, 3))
    def refund_a_box(self, n: int, boxes: int) -> None:
        """Some of the money goes back while the order goes on."""
        id, order = self.chosen(n)
        self.both(lambda: self.plain.owe(order.counted, boxes * PRICE, order), lambda: self.real.owe(id, boxes * PRICE))

    @precondition(lambda self: any(pay.backs for order in self.orders for pay in order.pays))
    @rule(n=some, is_sent=st.booleans())
    def refund_goes_on(self, n: int, is_sent: bool) -> None:
        """A refund is sent, or there."""
        every = [
            (id, each, order, pay, k)
            for id, order in zip(self.ids, self.orders, strict=True)
            for each, pay in enumerate(order.pays)
            for k in range(len(pay.backs))
        ]
        id, attempt, _order, pay, k = every[n % len(every)]
        refund = self.real.refund_ids(self.real.payments(id)[attempt])[k]
        if is_sent:
            self.both(lambda: self.plain.send(pay.backs[k]), lambda: self.real.send(refund))
        else:
            self.both(lambda: self.plain.finish(pay, pay.backs[k]), lambda: self.real.finish(refund))

    @precondition(lambda self: self.ids)
    @rule(n=some)
    def try_pairs(self, n: int) -> None:
        """From where an order and its payments are, go where the tables lead and where they do not; nothing stays."""
        id, order = self.chosen(n)
        for to, by in product(State, Actor):
            self.tried((order.state, to, by), lambda to=to, by=by: self.real.try_order(id, to, by))
        for payment in self.real.payments(id):
            for state in PaymentState:
                self.tried((payment.state, state), lambda p=payment, s=state: self.real.try_payment(p.id, s))

    def tried(self, pair: tuple[str, ...], go: Callable[[], bool]) -> None:
        """Try a pair that no run has tried yet."""
        legal, illegal = LEGAL, ILLEGAL
        if pair in Tried.legal or pair in Tried.illegal or pair[0] == pair[1]:
            return
        assert go() == (pair in legal), f"{pair} is {'no ' if pair in illegal else 'an '}edge of the table"
        (Tried.legal if pair in legal else Tried.illegal).add(pair)

    @invariant()
    def is_as_its_model(self) -> None:
        """Orders, payments, refunds, shelf, vouchers and ledger."""
        Tried.steps += 1
        plain = self.plain
        assert self.real.looks(self.ids) == {
            "shelf": (plain.on_hand, plain.held, plain.sold),
            "uses": (plain.uses["shop"], plain.uses["city"]),
            "ledger": {name: amount for name, amount in plain.ledger.items() if amount},
            "orders": [_shown(order) for order in self.orders],
        }

    def teardown(self) -> None:
        """Leave the market as `flask check` wants it."""
        try:
            Tried.runs += 1
            if Tried.runs % self.checks_every == 0:
                found = [line for check in CHECKS for line in check()]
                assert not found, found
        finally:
            db.session.rollback()
            self.context.pop()
            self.clock.stop()


LEGAL, ILLEGAL = pairs()


def _shown(order: Bought) -> dict[str, object]:
    return {"state": order.state, "hold": order.hold, "pays": [_shown_pay(pay) for pay in order.pays]}


def _shown_pay(pay: Pay) -> tuple[object, ...]:
    return pay.way, pay.state, pay.due, [(back.amount, back.state) for back in pay.backs], pay.proofs


def trade(app: Flask, market: Market, runs: int, steps: int, checks_every: int = 1) -> None:
    """So many runs of at most so many steps each; raises what diverges, with the shortest way there."""
    with app.app_context():
        give_account(market, "bu_ani")
    Trading.app, Trading.market, Trading.checks_every = app, market, checks_every
    off = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    given = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=off,
        database=None,
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Trading, settings=given)


def walk(app: Flask, market: Market) -> None:
    """One machine through every state of an order and of a payment, by hand; in each every pair is tried."""
    with app.app_context():
        give_account(market, "bu_ani")
    Trading.app, Trading.market = app, market
    one = Trading()
    try:
        for n, steps in enumerate(_walks(one)):
            for step in steps:
                step(n)
                one.is_as_its_model()
                one.try_pairs(n)
    finally:
        one.teardown()


def _walks(one: Trading) -> Iterator[list[Callable[[int], None]]]:
    """What befalls the first order, the second, the third."""
    yield [
        lambda n: one.place(1, "transfer", True),
        lambda n: one.hand_in(n),
        lambda n: one.refuse_proof(n, "seller"),
        lambda n: one.transfer_arrives(n, 0, "seller"),
        lambda n: one.send_off(n, "seller"),
        lambda n: one.dispute(0),
        lambda n: one.decide(0),
        lambda n: one.refund_a_box(n, 1),
        lambda n: one.refund_goes_on(0, True),
        lambda n: one.refund_goes_on(0, False),
    ]
    yield [
        lambda n: one.place(1, "cash", False),
        lambda n: one.accept(n, "officer"),
        lambda n: one.send_off(n, "officer"),
        lambda n: one.deliver(n, "seller"),
        lambda n: one.refund_a_box(n, 1),
        lambda n: one.refund_goes_on(1, True),
        lambda n: one.refund_goes_on(1, False),
    ]
    yield [lambda n: one.place(1, "transfer", True), lambda n: one.cancel(n, "buyer")]
