"""Who can call an order off, by way to pay and state, and what that does to its money: every case in one table."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db
from marketplace.orders import fulfilment, money_moves
from marketplace.orders.models import Actor, Delivery, OrderGroup, State
from marketplace.orders.states import NotPossibleNow
from marketplace.payments import card_pages, expiring, ledger
from marketplace.payments.books import Account
from marketplace.payments.models import PaymentState, RefundState
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, place
from tests.payments.card_orders import CARD, session_of
from tests.payments.cards import Till
from tests.payments.money import give_account, give_qris, picture
from tests.payments.shopping import Purchase
from tests.payments.test_giving_back import shelf
from tests.races.test_stock import breaches

BUYER, SELLER, OFFICER, SYSTEM = Actor
LATER = timedelta(days=4)  # no shop is closed for longer
EXPIRED, REFUSED, REFUNDED, OWED = "expired", "refused", "refunded", "owed"
Jobs = Callable[[], int]
Outcomes = dict[Actor, str]

# What becomes of the money; who is missing cannot call the order off then. `owed` is money that the shop was paid and
# has to send back, `refunded` what Stripe has sent back.
CASH: dict[str, Outcomes] = {
    "placed": dict.fromkeys(Actor, EXPIRED),
    "accepted": {SELLER: EXPIRED, OFFICER: EXPIRED},
    "on the way": {SELLER: REFUSED, OFFICER: REFUSED},
    "delivered": {},
    "completed": {},
}
TO_THE_SHOP: dict[str, Outcomes] = {
    "awaiting": dict.fromkeys(Actor, EXPIRED),
    "proof": {BUYER: EXPIRED, SELLER: EXPIRED, OFFICER: EXPIRED},
    "accepted": {SELLER: OWED, OFFICER: OWED},
    "on the way": {SELLER: OWED, OFFICER: OWED},
    "delivered": {},
    "completed": {},
}
BY_CARD: dict[str, Outcomes] = {
    "awaiting": dict.fromkeys(Actor, EXPIRED),
    "placed": dict.fromkeys(Actor, REFUNDED),
    "accepted": {SELLER: REFUNDED, OFFICER: REFUNDED},
    "on the way": {SELLER: REFUNDED, OFFICER: REFUNDED},
    "delivered": {},
    "completed": {},
}
TABLE = {"cod": CASH, "at_pickup": CASH, "transfer": TO_THE_SHOP, "qris": TO_THE_SHOP, CARD: BY_CARD}


def cases() -> Iterator[tuple[str, str, Actor, str]]:
    """Way to pay, state, who calls off, what becomes of the money."""
    for way, states in TABLE.items():
        for state, outcomes in states.items():
            yield from ((way, state, who, outcome) for who, outcome in outcomes.items())


def forbidden() -> Iterator[tuple[str, str, list[Actor]]]:
    """Way to pay, state, who cannot call off."""
    for way, states in TABLE.items():
        for state, outcomes in states.items():
            if others := [who for who in Actor if who not in outcomes]:
                yield way, state, others


@pytest.mark.parametrize(("way", "state", "who", "outcome"), list(cases()))
def test_calling_off(
    app: Flask,
    till: Till,
    client: Browser,
    market: Market,
    run_jobs: Callable[[], int],
    way: str,
    state: str,
    who: Actor,
    outcome: str,
) -> None:
    purchase = bought(app, client, market, way)
    bring(purchase, till, state)
    call_off(purchase, who)
    with time_machine.travel(now() + (LATER if who == SYSTEM else timedelta(seconds=1))):
        run_jobs()
    assert purchase.order.state == State.CANCELLED and shelf(app) == (30, 0, 0)
    due, refunds = purchase.payment.due, purchase.refunds
    assert [(refund.amount, refund.state) for refund in refunds] == {
        EXPIRED: [],
        REFUSED: [],
        OWED: [(due, RefundState.DUE)],
        REFUNDED: [(due, RefundState.DONE)],
    }[outcome]
    assert purchase.payment.state == (PaymentState.CAPTURED if outcome == OWED else outcome)
    with app.app_context():
        assert ledger.balances().get((Account.REFUND_CLEARING, None), 0) == (-due if outcome == OWED else 0)
        assert ledger.balances().get((Account.BUYER_HELD, None), 0) == 0
    assert breaches(app) == []


@pytest.mark.parametrize(("way", "state", "others"), list(forbidden()), ids=str)
def test_calling_off_in_vain(
    app: Flask, till: Till, client: Browser, market: Market, way: str, state: str, others: list[Actor]
) -> None:
    purchase = bought(app, client, market, way)
    bring(purchase, till, state)
    before = purchase.order.state
    for who in others:
        call_off(purchase, who)
        assert (who, purchase.order.state, purchase.refunds) == (who, before, [])
        assert breaches(app) == []


def bought(app: Flask, client: Browser, market: Market, way: str) -> Purchase:
    """Two boxes, to be paid this way."""
    with app.app_context():
        give_account(market, "bu_ani")
        give_qris(market, "bu_ani")
    fill_cart(client, market, onde=2)
    summary = give_address(client, cara="ambil" if way == "at_pickup" else "antar")
    answer = place(client, summary, follow=False, **{f"bayar-{market.shops['bu_ani']}": way})
    with app.app_context():
        token = db.session.scalars(select(OrderGroup.token)).one()
    assert answer.status == 303
    return Purchase(app, client, numbers_of(client.get(f"/lacak/{token}"))[0], token)


def bring(purchase: Purchase, till: Till, state: str) -> None:
    """Let the order's people take it there."""
    by_seller = {"by": SELLER, "actor_id": None}
    order, payment = purchase.order, purchase.payment
    with purchase.app.app_context():
        if state == "awaiting":
            return
        if state == "proof":
            money_moves.hand_in(order.id, picture().getvalue(), by=BUYER, actor_id=None)
            return
        if payment.way == CARD:
            till.fake.pay(session_of(purchase.buyer.post(f"{purchase.link}/kartu")))
            card_pages.look_at_payment(payment.id)
        elif order.state == State.AWAITING_PAYMENT:
            money_moves.confirm(order.id, payment.reference, **by_seller)
        if state == "placed":
            return
        if payment.way not in {"transfer", "qris"}:
            fulfilment.accept(order.id, **by_seller)
        ahead = ["on the way", "delivered", "completed"]
        send = fulfilment.make_ready if order.delivery == Delivery.PICKUP else fulfilment.ship
        steps = (send, fulfilment.deliver, lambda id, **_: fulfilment.complete(id))
        for step in steps[: ahead.index(state) + 1 if state in ahead else 0]:
            step(order.id, **by_seller)


def call_off(purchase: Purchase, who: Actor) -> None:
    """Try to; the system does it by letting the time pass."""
    order, payment = purchase.order, purchase.payment
    with purchase.app.app_context():
        if who != SYSTEM:
            try:
                fulfilment.cancel(order.id, by=who, actor_id=None, reason="Sudah tidak bisa.")
            except NotPossibleNow:
                return
        else:
            with time_machine.travel(now() + LATER):
                fulfilment.expire(order.id)
                if payment.way == CARD:
                    card_pages.end(payment.id)
                else:
                    expiring.expire(payment.id)
