"""Late payments and refunds all at once, at any count: tests keep it small, `python -m bench.cards` takes the full."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import time_machine
from sqlalchemy import func, select, update
from stripe import Refund as StripeRefund

from marketplace.catalog.models import Variant
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import run_due
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Order, State
from marketplace.orders.refunding import NotRefundable, Wish, refund
from marketplace.payments.card_pages import HELD_FOR
from marketplace.payments.models import Payment, Refund, RefundState
from marketplace.payments.refunds import TooMuch
from marketplace.wiring import HANDLERS
from tests.factories import Market
from tests.payments.card_promises import order_by_card, stock_up
from tests.payments.cards import Till

AT_ONCE, A_PART = 20, 9_000
BOXES = 2  # of each order


def late(till: Till, market: Market, count: int) -> dict[str, int]:
    """So many orders lapse, and are then paid all at once, with goods left for half of them; what was found wrong."""
    stock_up(till, market)
    sessions = [order_by_card(till, market) for _ in range(count)]
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        _work(till)
    lapsed = sum(order.state == State.CANCELLED for order in till.rows(Order))
    with till.app.app_context(), writing() as session:
        left = {"on_hand": Variant.held + count // 2 * BOXES}
        session.execute(update(Variant).where(Variant.id == market.variants["onde"]).values(left))
    for id in sessions:
        till.fake.alter(id, status="open", expires_at=till.fake.bank.now() + 9_000)
        till.fake.pay(id)
    with ThreadPoolExecutor(8) as crowd:
        heard = list(crowd.map(lambda id: till.hear(till.events(id)[-1]), sessions))
    _work(till)
    placed = sum(order.state == State.PLACED for order in till.rows(Order))
    returned = sum(refund.state == RefundState.DONE for refund in till.rows(Refund))
    with till.app.app_context():
        oversold = db.session.scalar(select(func.count(Variant.id)).where(Variant.held > Variant.on_hand)) or 0
    return {
        "not lapsed": count - lapsed,
        "not heard": sum(status != 200 for status in heard),
        "lost": count - placed - returned,
        "not reinstated": count // 2 - placed,
        "oversold": oversold,
        "breaches": len(till.breaches()),
    }


def refunds(till: Till, market: Market, count: int) -> dict[str, int]:
    """Of so many paid orders twenty refunds each are asked for at once, some twice; what was found wrong."""
    stock_up(till, market)
    for _ in range(count):
        till.fake.pay(order_by_card(till, market))
    for payment in till.rows(Payment):
        till.look(payment.id)
    officer, order_ids = market.people["bu_rina"], [order.id for order in till.rows(Order)]
    with till.app.app_context():
        for id in order_ids:
            fulfilment.accept(id, by=Actor.OFFICER, actor_id=officer)

    def ask(wish: tuple[int, int]) -> bool:
        order_id, n = wish
        with till.app.app_context():
            try:
                form = Wish({}, A_PART, "Kurang satu kotak.")
                refund(order_id, form, key=f"{order_id}-{n // 2}", by=Actor.OFFICER, actor_id=officer)
            except (TooMuch, NotRefundable):
                return False
            return True

    for id in order_ids:
        _at_once(ask, [(id, n) for n in range(AT_ONCE)])
    _work(till)
    promised = till.rows(Refund)
    calls = Counter(each["metadata"]["name"] for each in till.fake.bank.all(StripeRefund))
    sums = Counter[int]()
    for each in promised:
        sums[each.payment_id] += each.amount
    captured = {payment.id: payment.due for payment in till.rows(Payment)}
    return {
        "above what was captured": sum(sums[id] > due for id, due in captured.items()),
        "refunds too many or too few": sum(due // A_PART * A_PART != sums[id] for id, due in captured.items()),
        "not sent": sum(each.state != RefundState.DONE for each in promised),
        "calls too many or too few": abs(len(promised) - len(calls)) + sum(n - 1 for n in calls.values()),
        "breaches": len(till.breaches()),
    }


def _at_once(do: Callable[[tuple[int, int]], bool], wishes: Iterable[tuple[int, int]]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        list(crowd.map(do, wishes))


def _work(till: Till) -> None:
    """Four workers, until nothing is due."""

    def work(_: int) -> int:
        with till.app.app_context():
            return run_due(HANDLERS)

    with ThreadPoolExecutor(4) as crowd:
        while sum(crowd.map(work, range(4))):
            pass
