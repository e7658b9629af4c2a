"""Every way to pay asks for what a voucher leaves, and a payout brings the shop what the city adds."""

from datetime import timedelta

import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.payments import payouts
from marketplace.payments.models import Payment
from marketplace.payments.payout_models import Payout
from marketplace.payments.periods import last_closed
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, place, use_voucher
from tests.orders.offers import buy_with, offer, orders
from tests.orders.test_vouchers import breaches, finish
from tests.payments.card_orders import CARD, session_of
from tests.payments.cards import Till
from tests.payments.conftest import till as till
from tests.payments.money import give_account, give_qris


def test_transfer_and_qris_ask_for_what_is_left(app: Flask, market: Market) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
        give_qris(market, "bu_ani")
    offer(app, market, "KOTA", per_buyer=9)
    for way in ("transfer", "qris", "cod"):
        page = buy_with(Browser(app), market, "KOTA", {"bu_ani": way})
        order = orders(app)[-1]
        with app.app_context():
            payment = db.session.scalars(select(Payment).order_by(Payment.id.desc())).first()
        assert payment is not None
        assert (payment.way, payment.amount, payment.due) == (way, 45_000, 45_000 + payment.code)
        assert order.total == 45_000
        asked = f"Rp{payment.due:,}".replace(",", ".")
        assert asked in page.text.replace(" ", ""), way


def test_a_card_pays_for_both_shops_what_is_left(till: Till, client: Browser, market: Market) -> None:
    offer(till.app, market, "KOTA", amount=20_001, minimum=100_000)
    fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    summary = use_voucher(client, give_address(client), "KOTA")
    pays = {f"bayar-{shop_id}": CARD for shop_id in market.shops.values()}
    answer = place(client, summary, follow=False, **pays)
    session = till.fake.bank.items[session_of(answer)]
    left = sum(order.total for order in orders(till.app))
    assert left == 210_000 - 20_001 + sum(order.delivery_fee for order in orders(till.app))
    assert session["amount_total"] == left * 100


def test_a_payout_brings_what_the_city_adds(app: Flask, market: Market, client: Browser) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    with time_machine.travel(last_closed().start + timedelta(days=1, hours=3), tick=False):
        offer(app, market, "KOTA", amount=10_000, minimum=50_000)
        buy_with(client, market, "KOTA")
        finish(app, market, orders(app)[0])
    with app.app_context():
        payouts.make_run(last_closed(), market.people["bu_rina"])
        assert [payout.amount for payout in db.session.scalars(select(Payout))] == [10_000]
    assert breaches(app) == []
