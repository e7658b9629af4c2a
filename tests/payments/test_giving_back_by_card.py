"""Refunds of money by card while an order goes on: by Stripe, over several shops, sent again when a bank refuses."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from stripe import Refund as StripeRefund

from marketplace.clock import now
from marketplace.money import split
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Order, State
from marketplace.payments import card_refunds, ledger
from marketplace.payments.books import Account
from marketplace.payments.models import Payment, PaymentState, RefundState
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_orders import buy as buy_by_card
from tests.payments.card_orders import session_of, token
from tests.payments.cards import Till
from tests.payments.shopping import Purchase, SignIn
from tests.payments.test_earning import advance, booked, set_rate
from tests.payments.test_giving_back import Jobs, give, path
from tests.races.test_stock import breaches


def test_a_refund_after_completion_takes_its_fee_along(
    app: Flask, till: Till, client: Browser, market: Market, shop_ids: list[int], rina: Browser, run_jobs: Jobs
) -> None:
    set_rate(app, market, "bu_ani")
    till.fake.pay(session_of(buy_by_card(client, market, *shop_ids)))
    client.get(f"/lacak/{token(till)}/kartu")
    ani, budi = till.rows(Order)
    with app.app_context():
        advance(ani)
    purchase = Purchase(app, client, ani.number, token(till))
    give(rina, path(purchase, "kantor"), boxes=1, penanggung="shop")
    assert booked(app)[Account.SHOP_PAYABLE, ani.shop_id] == 625 - (ani.total - 25_000)
    assert booked(app)[Account.PLATFORM_FEE, None] == -625
    give(rina, path(purchase, "kantor"), tambahan="1000", penanggung="platform")
    assert booked(app)[Account.PLATFORM_FEE, None] == -625
    run_jobs()
    assert [refund["amount"] for refund in till.fake.bank.all(StripeRefund)] == [100_000, 2_500_000]
    assert till.state(till.rows(Payment)[0].id) == PaymentState.PART_REFUNDED
    assert booked(app)[Account.PROVIDER_CLEARING, None] == ani.total + budi.total - 26_000
    assert breaches(app) == []


def test_an_amount_is_shared_by_all_orders_of_a_payment(
    app: Flask, till: Till, client: Browser, market: Market, shop_ids: list[int], signed_in: SignIn
) -> None:
    ani, rina = signed_in("bu_ani"), signed_in("bu_rina")
    till.fake.pay(session_of(buy_by_card(client, market, *shop_ids)))
    client.get(f"/lacak/{token(till)}/kartu")
    orders = till.rows(Order)
    purchase = Purchase(app, client, orders[0].number, token(till))
    with app.app_context():
        for order in orders:
            fulfilment.accept(order.id, by=Actor.OFFICER, actor_id=None)
    assert "bersama" not in ani.get(path(purchase)).html, "a shop gives its own money"
    page = give(rina, path(purchase, "kantor"), boxes=1, bersama="y")
    assert page.status == 422 and "isi jumlah rupiah saja" in page.text
    assert give(rina, path(purchase, "kantor"), bersama="y").status == 422
    assert give(rina, path(purchase, "kantor"), bersama="y", tambahan="9jt").status == 422
    assert "Alasan wajib diisi" in give(rina, path(purchase, "kantor"), bersama="y", tambahan="5rb", alasan="").text
    assert purchase.refunds == []
    give(rina, path(purchase, "kantor"), bersama="y", tambahan="10.001")
    shares = split(10_001, [order.total for order in orders])
    assert [refund.amount for refund in purchase.refunds] == shares and sum(shares) == 10_001
    other = Purchase(app, client, orders[1].number, token(till))
    assert f"Rp{shares[0]:,}".replace(",", ".") not in other.desk(signed_in("pak_budi")).text
    assert breaches(app) == []


def test_what_the_bank_does_not_take_can_be_sent_again(
    app: Flask, till: Till, client: Browser, market: Market, rina: Browser, ani: Browser, run_jobs: Jobs
) -> None:
    till.fake.pay(session_of(buy_by_card(client, market, market.shops["bu_ani"])))
    client.get(f"/lacak/{token(till)}/kartu")
    order = till.rows(Order)[0]
    purchase = Purchase(app, client, order.number, token(till))
    purchase.desk(ani, "tolak", alasan="Gula habis.")
    till.fake.fault("refund_fails")
    run_jobs()
    assert purchase.refunds[0].state == RefundState.FAILED
    with time_machine.travel(now() + timedelta(days=2)):
        run_jobs()
    assert len(till.fake.bank.all(StripeRefund)) == 1, "nobody sends it by himself"
    assert "Unggah bukti pengembalian" not in purchase.desk(ani).text, "the shop has none of that money"
    assert "Sedang dikirim kembali" in purchase.page().text
    page = rina.get(f"/kantor/pesanan/{order.number}")
    assert "Gagal dikirim" in page.text
    rina.submit(page, f"/kantor/pesanan/{order.number}/kirim-lagi")
    run_jobs()
    assert purchase.refunds[0].state == RefundState.DONE
    assert [item["status"] for item in till.fake.bank.all(StripeRefund)] == ["succeeded", "failed"]
    assert rina.submit(page, f"/kantor/pesanan/{order.number}/kirim-lagi").status == 409, "it is done"
    assert breaches(app) == []


def test_a_failed_refund_may_go_another_way(
    app: Flask, till: Till, client: Browser, market: Market, rina: Browser, ani: Browser, run_jobs: Jobs
) -> None:
    till.fake.pay(session_of(buy_by_card(client, market, market.shops["bu_ani"])))
    client.get(f"/lacak/{token(till)}/kartu")
    order = till.rows(Order)[0]
    purchase = Purchase(app, client, order.number, token(till))
    purchase.desk(ani, "tolak", alasan="Gula habis.")
    till.fake.fault("refund_fails")
    run_jobs()
    rina.submit(rina.get(f"/kantor/pesanan/{order.number}"), f"/kantor/pesanan/{order.number}/dana-kembali")
    assert purchase.states == (State.CANCELLED, PaymentState.REFUNDED)
    with app.app_context():
        assert set(ledger.balances().values()) == {0}
    assert breaches(app) == []


def test_one_rupiah_for_two_orders_is_one_refund_however_often_it_is_sent(
    app: Flask, till: Till, client: Browser, market: Market, shop_ids: list[int], rina: Browser
) -> None:
    till.fake.pay(session_of(buy_by_card(client, market, *shop_ids)))
    client.get(f"/lacak/{token(till)}/kartu")
    with app.app_context():
        for order in till.rows(Order):
            fulfilment.accept(order.id, by=Actor.OFFICER, actor_id=None)
    purchase = Purchase(app, client, till.rows(Order)[0].number, token(till))
    form = rina.get(path(purchase, "kantor"))
    for _tap in range(2):
        rina.submit(form, path(purchase, "kantor"), bersama="y", tambahan="1", alasan="Pembulatan.")
    assert [refund.amount for refund in purchase.refunds] == [1]
    assert breaches(app) == []


@pytest.fixture
def owed(app: Flask, till: Till, client: Browser, market: Market, ani: Browser) -> Purchase:
    """Paid by card and called off by the shop; the worker has not sent the money back yet."""
    till.fake.pay(session_of(buy_by_card(client, market, market.shops["bu_ani"])))
    client.get(f"/lacak/{token(till)}/kartu")
    purchase = Purchase(app, client, till.rows(Order)[0].number, token(till))
    purchase.desk(ani, "tolak", alasan="Gula habis.")
    return purchase


def test_a_bank_that_takes_its_time_is_asked_again(till: Till, owed: Purchase, run_jobs: Jobs) -> None:
    till.fake.fault("refund_pending")
    run_jobs()
    assert owed.refunds[0].state == RefundState.DUE
    till.fake.end_refund(till.fake.bank.all(StripeRefund)[0]["id"])
    with time_machine.travel(now() + card_refunds.LOOK_AGAIN):
        run_jobs()
    assert owed.refunds[0].state == RefundState.DONE
    with till.app.app_context():
        card_refunds.send_back(owed.refunds[0].id)
    assert len(till.fake.bank.all(StripeRefund)) == 1, "a job may run twice"


def test_what_stripe_refuses_is_told_as_failed(till: Till, owed: Purchase, run_jobs: Jobs) -> None:
    """Somebody has sent the money back in Stripe's own dashboard."""
    intent = owed.payment.source.removeprefix("stripe:")
    till.fake.client().v1.refunds.create({"payment_intent": intent})
    run_jobs()
    assert owed.refunds[0].state == RefundState.FAILED
