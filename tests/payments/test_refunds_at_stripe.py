"""What goes back by card is sent once however often it is asked for, audited step by step, and told when it fails."""

from collections.abc import Callable

from flask import Flask
from sqlalchemy import select
from stripe import Refund as StripeRefund

from marketplace.audit import AuditRow
from marketplace.db import db
from marketplace.orders import money_news
from marketplace.orders.models import Order
from marketplace.payments import stripe_card
from marketplace.payments.models import Refund
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_orders import buy, session_of, token
from tests.payments.cards import Till
from tests.payments.money import give_letterbox
from tests.payments.shopping import Purchase

DAY = 25 * 3600  # and Stripe has forgotten a key


def test_a_refund_is_sent_once_however_often_it_is_asked_for(till: Till) -> None:
    session = till.open(till.ask())
    till.fake.pay(session)
    intent = till.fake.bank.items[session]["payment_intent"]
    with till.app.app_context():
        for _ in range(2):
            assert stripe_card.refund(intent, 10_000, "refund-1", 1) == "succeeded"
            till.fake.advance(DAY)
    assert [refund["amount"] for refund in till.fake.bank.all(StripeRefund)] == [1_000_000]


def test_money_in_suspense_is_sent_back_once_too(till: Till) -> None:
    """What has failed stays so until somebody wants it sent again."""
    session = till.open(till.ask())
    till.fake.pay(session)
    intent = till.fake.bank.items[session]["payment_intent"]
    till.fake.fault("refund_fails")
    with till.app.app_context():
        assert [stripe_card.refund_whole(intent, "suspense-1", False) for _ in range(2)][1] == "failed"
        for _ in range(2):
            assert stripe_card.refund_whole(intent, "suspense-1", True) == "succeeded"
            till.fake.advance(DAY)
    assert [refund["status"] for refund in till.fake.bank.all(StripeRefund)] == ["succeeded", "failed"]


def test_a_failed_refund_is_told_and_audited(
    app: Flask,
    till: Till,
    client: Browser,
    market: Market,
    rina: Browser,
    ani: Browser,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_rina")
    till.fake.pay(session_of(buy(client, market, market.shops["bu_ani"])))
    client.get(f"/lacak/{token(till)}/kartu")
    order = till.rows(Order)[0]
    Purchase(app, client, order.number, token(till)).desk(ani, "tolak", alasan="Gula habis.")
    till.fake.fault("refund_fails")
    run_jobs()
    run_jobs()
    path = f"/kantor/pesanan/{order.number}"
    (told,) = [mail for mail in mails() if "tidak menerima" in mail]
    assert f"Rp{order.total:,}".replace(",", ".") in told and path in told
    rina.submit(rina.get(path), f"{path}/kirim-lagi")
    run_jobs()
    with app.app_context():
        rows = select(AuditRow.verb, AuditRow.actor_id).where(AuditRow.kind == "refund").order_by(AuditRow.id)
        steps = [tuple(row) for row in db.session.execute(rows)]
        money_news.tell_failed_refund(till.rows(Refund)[0].id)
    assert steps == [("failed", None), ("due", market.people["bu_rina"]), ("sent", None), ("done", None)]
    run_jobs()
    assert len([mail for mail in mails() if "tidak menerima" in mail]) == 1, "it has gone on"
