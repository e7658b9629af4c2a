"""Money by card that comes late or goes back: orders return if their goods are there, else the money does."""

from collections.abc import Callable
from datetime import timedelta

import time_machine
from sqlalchemy import update
from stripe import Refund

from marketplace.catalog.models import Variant
from marketplace.clock import now
from marketplace.db import writing
from marketplace.orders.models import Actor, Order, State
from marketplace.payments.books import Account
from marketplace.payments.card_pages import HELD_FOR
from marketplace.payments.models import Payment, PaymentState
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_orders import CARD, buy, held, session_of, states, token
from tests.payments.cards import Till
from tests.payments.money import give_account
from tests.payments.shopping import Purchase

Jobs = Callable[[], int]


def late(till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs, by: Actor) -> str:
    """Two orders are off, by the clock or by their buyer, and then Stripe says that they were paid after all."""
    session = session_of(buy(client, market, *shop_ids))
    if by == Actor.BUYER:
        for order in till.rows(Order):
            client.post(f"/lacak/{token(till)}/{order.number}/batal")
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        run_jobs()
    assert states(till) == [State.CANCELLED] * 2
    till.fake.alter(session, status="open", expires_at=till.fake.bank.now() + 9_000)
    till.fake.pay(session)
    till.hear(till.events(session)[-1])
    return session


def test_late_money_brings_the_orders_back(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    late(till, client, market, shop_ids, run_jobs, Actor.SYSTEM)
    run_jobs()
    assert states(till) == [State.PLACED] * 2
    assert held(till) == 3
    assert till.breaches() == []


def test_late_money_for_goods_that_are_gone_goes_back(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    session = late(till, client, market, shop_ids, run_jobs, Actor.SYSTEM)
    with till.app.app_context(), writing() as database:
        database.execute(update(Variant).where(Variant.id == market.variants["onde"]).values(on_hand=1))
    run_jobs()
    ani, budi = till.rows(Order)
    assert (ani.state, budi.state) == (State.CANCELLED, State.PLACED)
    refund = till.fake.bank.all(Refund)[0]
    assert (refund["amount"], refund["payment_intent"]) == (
        ani.total * 100,
        till.fake.bank.items[session]["payment_intent"],
    )
    assert till.state(till.rows(Payment)[0].id) == PaymentState.PART_REFUNDED
    assert till.balances()[Account.PROVIDER_CLEARING, None] == budi.total
    assert till.breaches() == []


def test_late_money_for_orders_that_their_buyer_called_off_goes_back(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs
) -> None:
    late(till, client, market, shop_ids, run_jobs, Actor.BUYER)
    run_jobs()
    assert states(till) == [State.CANCELLED] * 2
    assert till.state(till.rows(Payment)[0].id) == PaymentState.REFUNDED
    assert till.balances()[Account.PROVIDER_CLEARING, None] == 0
    assert till.breaches() == []


def test_a_paid_order_that_the_shop_calls_off_is_refunded(
    till: Till,
    client: Browser,
    market: Market,
    shop_ids: list[int],
    run_jobs: Jobs,
    signed_in: Callable[[str], Browser],
) -> None:
    till.fake.pay(session_of(buy(client, market, *shop_ids)))
    client.get(f"/lacak/{token(till)}/kartu")
    ani, _ = till.rows(Order)
    signed_in("bu_ani").post(f"/jualan/pesanan/{ani.number}/tolak", {"alasan": "Gula habis"})
    till.fake.fault("unanswered", on="POST /v1/refunds")
    run_jobs()
    with time_machine.travel(now() + timedelta(seconds=10)):
        run_jobs()
    assert states(till) == [State.CANCELLED, State.PLACED]
    assert [refund["amount"] for refund in till.fake.bank.all(Refund)] == [ani.total * 100]
    assert till.state(till.rows(Payment)[0].id) == PaymentState.PART_REFUNDED
    assert till.breaches() == []


def test_the_first_money_counts_when_all_has_gone_back(
    till: Till, client: Browser, market: Market, shop_ids: list[int], run_jobs: Jobs, ani: Browser
) -> None:
    """The buyer turns to a transfer, the card has paid all the same, the transfer comes too: then the shop refuses."""
    with till.app.app_context():
        give_account(market, "bu_ani")
    session = session_of(buy(client, market, shop_ids[0]))
    order = next(order for order in till.rows(Order) if order.shop_id == shop_ids[0])
    purchase = Purchase(till.app, client, order.number, token(till))
    purchase.pay("transfer")
    card, transfer = purchase.payments
    till.fake.alter(session, status="open", expires_at=till.fake.bank.now() + 9_000)
    till.fake.pay(session)
    till.hear(till.events(session)[-1])
    run_jobs()
    purchase.arrived(ani, transfer)
    assert [refund.payment_id for refund in purchase.refunds] == [transfer.id]
    purchase.desk(ani, "tolak", alasan="Gula habis")
    run_jobs()
    assert purchase.states == (State.CANCELLED, PaymentState.REFUNDED)
    assert (purchase.payment.id, purchase.order.pay_by) == (card.id, CARD)
    assert till.breaches() == []
