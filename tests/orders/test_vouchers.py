"""A voucher from its code to the last rupiah: what buyers pay, shops get, the city adds, and what goes back."""

from collections import Counter
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import fulfilment, refunding
from marketplace.orders.models import Actor, Order, OrderLine, State
from marketplace.orders.refunding import Wish
from marketplace.orders.voucher_models import Voucher, VoucherBuyer, VoucherUse
from marketplace.payments.books import Entry
from marketplace.payments.models import Bearer, Payment
from marketplace.payments.statements import owed
from marketplace.sellers.models import Shop
from marketplace.wiring import CHECKS
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, use_voucher
from tests.orders.offers import buy_with, held, offer, orders

BUYER, SELLER, OFFICER = {"by": Actor.BUYER, "actor_id": None}, Actor.SELLER, Actor.OFFICER


def breaches(app: Flask) -> list[str]:
    with app.app_context():
        return [line for check in CHECKS for line in check()]


def balances(app: Flask) -> Counter[str]:
    """What stands on each account, all shops together."""
    with app.app_context():
        rows = db.session.execute(select(Entry.account, Entry.amount))
        found: Counter[str] = Counter()
        for account, amount in rows:
            found[str(account)] += amount
        return Counter({name: amount for name, amount in found.items() if amount})


def finish(app: Flask, market: Market, order: Order, who: str = "bu_ani") -> None:
    """The shop accepts, delivers and takes the cash; nobody complains."""
    by = {"by": SELLER, "actor_id": market.people[who]}
    with app.test_request_context():
        fulfilment.accept(order.id, **by)
        fulfilment.ship(order.id, **by)
        fulfilment.deliver(order.id, **by)
        fulfilment.complete(order.id)


def give_back(app: Flask, market: Market, order: Order, boxes: int, bearer: Bearer = Bearer.SHOP) -> None:
    """The office gives back so many of the order's first line."""
    with app.test_request_context():
        line = db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == order.id).order_by(OrderLine.id))
        wish = Wish({line.first() or 0: boxes}, 0, "Wijennya kurang", bearer)
        refunding.refund(order.id, wish, key=f"r{now()}", by=OFFICER, actor_id=market.people["bu_rina"])


def test_a_shops_voucher_lowers_what_is_asked_and_what_the_shop_gets(
    app: Flask, market: Market, client: Browser, run_jobs: Callable[[], int], mails: Callable[[], list[str]]
) -> None:
    voucher = offer(app, market, "ONDE10", "bu_ani", cap=4_000)
    receipt = buy_with(client, market, "onde 10")
    (order,) = orders(app)
    assert (order.goods_total, order.discount, order.total) == (50_000, 4_000, 46_000 + order.delivery_fee)
    assert (order.discount_by, order.voucher_code, held(app, voucher)) == (Bearer.SHOP, "ONDE10", 1)
    for words in ("Voucher ONDE10 (ditanggung toko)", "-Rp4.000", f"Rp{order.total:,}".replace(",", ".")):
        assert words in receipt.text, words
    with app.app_context():
        assert db.session.scalars(select(Payment.due)).one() == order.total
    run_jobs()
    assert "Voucher ONDE10 (ditanggung toko): -Rp4.000" in mails()[0]
    finish(app, market, order)
    assert balances(app) == {"cod_receivable": order.total, "shop_payable": -order.total}
    assert breaches(app) == []


def test_the_citys_voucher_is_shared_by_all_shops_and_paid_to_them(app: Flask, market: Market, client: Browser) -> None:
    offer(app, market, "HARIJADI", amount=20_001, minimum=100_000)
    buy_with(client, market, "HARIJADI", onde=1, **{"sepatu 39 Hitam": 1})
    ani, budi = orders(app)
    assert (ani.discount, budi.discount) == (2_381, 17_620), "largest remainder of 20,001 over 25,000 and 185,000"
    assert {order.discount_by for order in (ani, budi)} == {Bearer.PLATFORM}
    finish(app, market, ani)
    finish(app, market, budi, "pak_budi")
    assert balances(app)["subsidy"] == 20_001
    with app.app_context():
        assert owed() == {ani.shop_id: 2_381, budi.shop_id: 17_620}, "the buyers' money they have, the city's is owed"
    assert breaches(app) == []


def test_what_goes_back_is_what_was_paid(app: Flask, market: Market, client: Browser) -> None:
    """A third of the goods takes a third of the city's money along, and the last piece what is left of both."""
    offer(app, market, "KOTA", amount=10_000, minimum=50_000)
    buy_with(client, market, "KOTA", onde=3)
    (order,) = orders(app)
    finish(app, market, order)
    for boxes, back in ((1, 21_667), (2, 43_333)):
        before = balances(app)
        give_back(app, market, order, boxes)
        assert balances(app)["refund_clearing"] == before["refund_clearing"] - back
        assert breaches(app) == []
    assert balances(app)["subsidy"] == 0, "nothing was sold in the end"
    assert balances(app)["shop_payable"] == -order.delivery_fee
    with pytest.raises(refunding.refunds.TooMuch):
        give_back(app, market, order, 1)


def test_what_the_platform_bears_leaves_the_shop_its_full_price(app: Flask, market: Market, client: Browser) -> None:
    offer(app, market, "KOTA", amount=10_000, minimum=50_000)
    buy_with(client, market, "KOTA", onde=2)
    (order,) = orders(app)
    finish(app, market, order)
    give_back(app, market, order, 1, Bearer.PLATFORM)
    found = balances(app)
    assert (found["subsidy"], found["shop_payable"]) == (30_000, -50_000 - order.delivery_fee)
    assert breaches(app) == []


def test_a_fee_is_of_what_the_shop_gets_for_its_goods(app: Flask, market: Market) -> None:
    for code, who, fee in (("TOKO", "bu_ani", 2_250), ("KOTA", None, 2_500)):
        with app.app_context(), writing() as session:
            session.get_one(Shop, market.shops["bu_ani"]).fee_rate = 50
        offer(app, market, code, who)
        buy_with(Browser(app), market, code)
        before = balances(app)
        order = orders(app)[-1]
        finish(app, market, order)
        assert before["platform_fee"] - balances(app)["platform_fee"] == fee
        give_back(app, market, order, 2)
        assert balances(app)["platform_fee"] == before["platform_fee"]
    assert breaches(app) == []


def test_a_use_comes_back_when_the_last_order_is_called_off(app: Flask, market: Market, client: Browser) -> None:
    voucher = offer(app, market, "KOTA")
    buy_with(client, market, "KOTA", onde=1, **{"sepatu 39 Hitam": 1})
    ani, budi = orders(app)
    with app.test_request_context():
        fulfilment.cancel(ani.id, **BUYER)
    assert held(app, voucher) == 1, "the other shop's order goes on"
    with app.test_request_context():
        fulfilment.cancel(budi.id, **BUYER)
    assert (held(app, voucher), breaches(app)) == (0, [])


def test_a_use_of_what_has_arrived_stays(app: Flask, market: Market, client: Browser) -> None:
    voucher = offer(app, market, "ONDE10", "bu_ani")
    buy_with(client, market, "ONDE10")
    (order,) = orders(app)
    by = {"by": SELLER, "actor_id": market.people["bu_ani"]}
    with app.test_request_context():
        fulfilment.accept(order.id, **by)
        fulfilment.ship(order.id, **by)
        fulfilment.deliver(order.id, **by)
        with writing():
            fulfilment.move(order.id, State.DISPUTED, Actor.BUYER, None)
        fulfilment.cancel(order.id, by=OFFICER, actor_id=market.people["bu_rina"], reason="Basi")
    assert (held(app, voucher), breaches(app)) == (1, [])


def test_a_phone_number_counts_however_it_is_written(app: Flask, market: Market, client: Browser) -> None:
    offer(app, market, "ONDE10", "bu_ani")
    buy_with(client, market, "ONDE10")
    again = Browser(app)
    fill_cart(again, market, onde=1)
    page = use_voucher(again, give_address(again, phone="+62 812 3456 7890"), "ONDE10")
    assert page.status == 422
    assert "Nomor HP ini sudah memakai voucher ini." in page.text
    other = Browser(app)
    fill_cart(other, market, onde=1)
    assert use_voucher(other, give_address(other, phone="081298765432"), "ONDE10").status == 200


def test_checks_notice_what_was_changed_by_hand(app: Flask, market: Market, client: Browser) -> None:
    offer(app, market, "ONDE10", "bu_ani")
    buy_with(client, market, "ONDE10")
    other = offer(app, market, "LAIN")
    with app.app_context(), writing() as session:
        stranger = VoucherBuyer(voucher_id=other, phone="6281200000000", on_hand=1)
        session.add(stranger)
    for model, changes, told in (
        (VoucherUse, {"buyer_id": stranger.id}, "is counted for a buyer of another voucher"),
        (Voucher, {"held": 3}, "its counter says 3"),
        (VoucherUse, {"is_counted": False}, "counts and should not"),
        (Voucher, {"percent": 20}, "takes 5000 rupiah off, not 10000"),
        (Voucher, {"code": "ANDERS"}, "cheaper without a voucher"),
    ):
        with app.app_context(), writing() as session:
            row = session.scalars(select(model).order_by(model.id).limit(1)).one()
            before = {name: getattr(row, name) for name in changes}
            for name, value in changes.items():
                setattr(row, name, value)
        assert any(told in line for line in breaches(app)), told
        with app.app_context(), writing() as session:
            row = session.scalars(select(model).order_by(model.id).limit(1)).one()
            for name, value in before.items():
                setattr(row, name, value)
    assert breaches(app) == []
