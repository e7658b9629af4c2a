"""What is promised of card payments, at any count: tests keep it small, `python -m bench.cards` takes the full one."""

import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, permutations
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sqlalchemy import func, select, update

from marketplace.catalog.models import Variant
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.orders.models import Order, OrderGroup, State
from marketplace.payments import card_hearing
from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.card_models import CardSession, CardState
from marketplace.payments.models import Payment, PaymentState
from tests.browser import Browser
from tests.factories import Market
from tests.fakestripe.bank import Item
from tests.orders.flows import fill_cart, give_address, place
from tests.payments.card_orders import CARD, session_of
from tests.payments.cards import Till

EVENTS = (
    "payment_intent.processing",
    "checkout.session.completed",
    "charge.succeeded",
    "payment_intent.succeeded",
    "checkout.session.async_payment_succeeded",
)
COPIES, AT_ONCE, PATIENCE = 3, 8, 180
LIES: tuple[tuple[str, dict[str, Any], dict[str, Any]], ...] = (
    ("-1", {"amount_total": -1}, {"amount_received": -1}),
    ("x100", {"amount_total": 100}, {"amount_received": 100}),
    ("/100", {"amount_total": 0.01}, {"amount_received": 0.01}),
    ("USD", {"currency": "usd"}, {"currency": "usd"}),
    ("other order", {"client_reference_id": "PM-000000-XXXXX-1"}, {}),
    ("other account", {}, {"on_behalf_of": "acct_other"}),
    ("unpaid", {"payment_status": "unpaid"}, {"status": "processing", "amount_received": 0}),
)


def stock_up(till: Till, market: Market) -> None:
    """Let there be enough for everybody."""
    with till.app.app_context(), writing() as session:
        session.execute(update(Variant).where(Variant.id == market.variants["onde"]).values(on_hand=100_000))


def order_by_card(till: Till, market: Market) -> str:
    """A guest orders and is sent to the hosted page; the session's id."""
    buyer = Browser(till.app)
    fill_cart(buyer, market, onde=2)
    summary = give_address(buyer, email=f"pembeli{time.monotonic_ns()}@contoh.example")
    return session_of(place(buyer, summary, follow=False, **{f"bayar-{market.shops['bu_ani']}": CARD}))


def race(till: Till, market: Market, url: str, orders: Sequence[tuple[str, ...]]) -> dict[str, int]:
    """Pay as many orders, and deliver each one's events in its own order, thrice, while its return page is opened.

    `url` is where web servers answer, with a worker behind them. Returns what was found wrong, by name: all 0 if none.
    """
    stock_up(till, market)
    sessions = [order_by_card(till, market) for _ in orders]
    letters = [_events(till, session) for session in sessions]
    groups = till.rows(OrderGroup)
    with ThreadPoolExecutor(AT_ONCE) as crowd:
        for mine, names, group in zip(letters, orders, groups, strict=True):
            for _ in range(COPIES):
                crowd.submit(_deliver, till, url, [mine[name] for name in names])
            crowd.submit(_come_back, f"{url}/lacak/{group.token}/kartu")
    _wait_for_jobs(till)
    return _found(till, len(orders))


def orders_of_events(count: int) -> list[tuple[str, ...]]:
    """So many of the 120 orders in which five events can come, spread evenly over all."""
    every = list(permutations(EVENTS))
    return every[:: max(1, len(every) // count)][:count]


def _events(till: Till, session: str) -> dict[str, Item]:
    """The five events of a payment that takes its time, by type."""
    intent = till.fake.pay(session, "later")["payment_intent"]
    till.fake.settle(session)
    charge = till.fake.bank.items[intent]["latest_charge"]
    found = [event for id in (session, intent, charge) for event in till.events(id)]
    return {event["type"]: event for event in found if event["type"] in EVENTS}


def _deliver(till: Till, url: str, events: Iterable[Item]) -> None:
    for event in events:
        body, signature = till.fake.postman.signed(event)
        urlopen(Request(f"{url}/webhook/stripe", body, {"Stripe-Signature": signature}), timeout=30).close()


def _come_back(url: str) -> None:
    try:
        urlopen(url, timeout=30).close()
    except HTTPError as error:
        assert error.code < 500, error


def _wait_for_jobs(till: Till) -> None:
    deadline = time.monotonic() + PATIENCE
    due = select(func.count(Job.id)).where(Job.ended_at.is_(None), Job.due_at <= now())
    while time.monotonic() < deadline:
        with till.app.app_context():
            if not db.session.scalar(due):
                return
        time.sleep(0.5)
    raise TimeoutError("jobs are still waiting")


def _found(till: Till, count: int) -> dict[str, int]:
    placed = [order for order in till.rows(Order) if order.state == State.PLACED]
    captures = [journal.reference for journal in till.rows(Journal) if journal.kind == JournalKind.CAPTURE]
    told = [job.payload for job in till.rows(Job) if job.kind == "orders.tell" and '"state": "placed"' in job.payload]
    return {
        "orders not placed": count - len(placed),
        "captures too many or too few": abs(count - len(captures)) + len(captures) - len(set(captures)),
        "notices too many or too few": abs(count - len(told)) + len(told) - len(set(told)),
        "breaches": len(till.breaches()),
        "dead jobs": sum(job.dead for job in till.rows(Job)),
    }


def mismatches(till: Till, market: Market, count: int) -> dict[str, int]:
    """Let Stripe tell of so many payments what is not as asked, each by webhook; what was found wrong, by name."""
    stock_up(till, market)
    lies = cycle(LIES)
    unpaid = 0
    for _, (name, session_lie, intent_lie) in zip(range(count), lies, strict=False):
        session = order_by_card(till, market)
        intent = till.fake.pay(session)["payment_intent"]
        _alter(till, session, session_lie)
        _alter(till, intent, intent_lie)
        unpaid += name == "unpaid"
        assert till.hear(till.events(session)[-1]) == 200
    with till.app.app_context():
        for session_id in db.session.scalars(select(CardSession.session_id)).all():
            card_hearing.hear_session(str(session_id))
    suspended = [journal for journal in till.rows(Journal) if journal.kind == JournalKind.SUSPENSE]
    waiting = [session for session in till.rows(CardSession) if session.state == CardState.WAITING]
    return {
        "confirmed": sum(payment.state == PaymentState.CAPTURED for payment in till.rows(Payment)),
        "orders placed": sum(order.state == State.PLACED for order in till.rows(Order)),
        "not seen": count - len(suspended) - len(waiting) + abs(unpaid - len(waiting)),
        "breaches": len(till.breaches()),
    }


def _alter(till: Till, id: str, lie: dict[str, Any]) -> None:
    """A number smaller than 1000 is a difference (-1) or a factor (100, 0.01) of what stands there."""
    item = till.fake.bank.items[id]
    changed = {}
    for name, value in lie.items():
        if isinstance(value, str) or value == 0:
            changed[name] = value
        else:
            changed[name] = item[name] - 1 if value == -1 else int(item[name] * value)
    till.fake.alter(id, **changed)
