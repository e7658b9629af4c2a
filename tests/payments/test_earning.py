"""A completed order's money is its shop's, less the platform's fee at the rate of the day it was placed."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from marketplace.db import db, writing
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Delivery, Order, State
from marketplace.payments import ledger
from marketplace.payments.books import Account, Journal, JournalKind
from marketplace.payments.ledger import Balances
from marketplace.payments.models import PaymentPart, PaymentState
from marketplace.sellers.models import Shop
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_orders import buy as buy_by_card
from tests.payments.card_orders import session_of, token
from tests.payments.cards import Till
from tests.payments.shopping import SignIn, buy, buy_by_transfer
from tests.races.test_stock import breaches

RATE = 25


def set_rate(app: Flask, market: Market, *who: str, rate: int = RATE) -> None:
    """What the office would do."""
    with app.app_context(), writing() as session:
        ids = [market.shops[each] for each in who]
        session.execute(update(Shop).where(Shop.id.in_(ids)).values(fee_rate=rate))


def advance(order: Order) -> None:
    """From placed to completed, by its people."""
    by_seller = {"by": Actor.SELLER, "actor_id": None}
    if order.state == State.PLACED:
        fulfilment.accept(order.id, **by_seller)
    step = fulfilment.make_ready if order.delivery == Delivery.PICKUP else fulfilment.ship
    step(order.id, **by_seller)
    fulfilment.deliver(order.id, **by_seller)
    fulfilment.complete(order.id)


def booked(app: Flask) -> Balances:
    """What stands in the ledger, without empty accounts."""
    with app.app_context():
        return {account: amount for account, amount in ledger.balances().items() if amount}


def test_card_money_becomes_the_shops_less_the_fee(
    app: Flask, till: Till, client: Browser, market: Market, shop_ids: list[int]
) -> None:
    """Two shops of one payment, one with a fee: each is owed its own, and only when its order is completed."""
    set_rate(app, market, "bu_ani")
    till.fake.pay(session_of(buy_by_card(client, market, *shop_ids)))
    client.get(f"/lacak/{token(till)}/kartu")
    ani, budi = till.rows(Order)
    paid = ani.total + budi.total
    assert booked(app) == {(Account.PROVIDER_CLEARING, None): paid, (Account.BUYER_HELD, None): -paid}
    with app.app_context():
        advance(ani)
        fulfilment.complete(ani.id)
    fee = ani.goods_total * RATE // 1000
    assert fee == 1_250
    assert booked(app) == {
        (Account.PROVIDER_CLEARING, None): paid,
        (Account.BUYER_HELD, None): -budi.total,
        (Account.SHOP_PAYABLE, ani.shop_id): fee - ani.total,
        (Account.PLATFORM_FEE, None): -fee,
    }
    with app.app_context():
        advance(budi)
    assert booked(app)[Account.SHOP_PAYABLE, budi.shop_id] == -budi.total
    assert (Account.BUYER_HELD, None) not in booked(app)
    assert breaches(app) == []


def test_a_later_rate_does_not_reach_old_orders(app: Flask, client: Browser, market: Market) -> None:
    set_rate(app, market, "bu_ani")
    old = buy(app, client, market, "cod")
    set_rate(app, market, "bu_ani", rate=100)
    new = buy(app, client, market, "cod")
    with app.app_context():
        advance(old.order)
        advance(new.order)
    assert booked(app)[Account.PLATFORM_FEE, None] == -(1_250 + 5_000)
    assert breaches(app) == []


def test_a_shop_that_was_paid_directly_owes_the_fee_alone(
    app: Flask, client: Browser, market: Market, signed_in: SignIn
) -> None:
    set_rate(app, market, "bu_ani")
    purchase = buy_by_transfer(app, client, market)
    purchase.arrived(signed_in("bu_ani"))
    with app.app_context():
        advance(purchase.order)
    shop, due = purchase.order.shop_id, purchase.payment.due
    assert booked(app) == {
        (Account.PAID_TO_SHOP, shop): due,
        (Account.SHOP_PAYABLE, shop): 1_250 - due,
        (Account.PLATFORM_FEE, None): -1_250,
    }
    assert breaches(app) == []


def test_without_a_fee_direct_money_moves_nothing(app: Flask, client: Browser, market: Market) -> None:
    purchase = buy(app, client, market, "cod")
    with app.app_context():
        advance(purchase.order)
        assert db.session.scalars(select(Journal.kind)).all() == [JournalKind.CAPTURE]
        assert db.session.scalars(select(PaymentPart.is_earned)).one()
    assert breaches(app) == []


def test_cash_that_is_recorded_after_completion_is_earned_then(
    app: Flask, client: Browser, market: Market, signed_in: SignIn
) -> None:
    """The buyer said that the goods came, the shop forgot to tap: no money, no fee, until it does."""
    set_rate(app, market, "bu_ani")
    purchase, ani = buy(app, client, market, "cod"), signed_in("bu_ani")
    purchase.desk(ani, "terima")
    purchase.desk(ani, "kirim")
    client.post(f"{purchase.link}/{purchase.number}/sampai")
    with app.app_context():
        fulfilment.complete(purchase.order.id)
    assert purchase.states == (State.COMPLETED, PaymentState.DUE)
    assert booked(app) == {}
    for _ in range(2):
        purchase.desk(ani, "tunai")
    assert booked(app)[Account.PLATFORM_FEE, None] == -1_250
    assert breaches(app) == []


def test_late_money_for_a_completed_order_is_earned(
    app: Flask, client: Browser, market: Market, signed_in: SignIn
) -> None:
    """A transfer that was given up for cash comes after all, and the cash never did."""
    set_rate(app, market, "bu_ani")
    purchase, ani = buy_by_transfer(app, client, market), signed_in("bu_ani")
    purchase.pay("cod")
    purchase.desk(ani, "terima")
    purchase.desk(ani, "kirim")
    client.post(f"{purchase.link}/{purchase.number}/sampai")
    with app.app_context():
        fulfilment.complete(purchase.order.id)
    purchase.arrived(ani, purchase.payments[0])
    assert purchase.states == (State.COMPLETED, PaymentState.CAPTURED)
    assert booked(app)[Account.PLATFORM_FEE, None] == -1_250
    assert breaches(app) == []


def test_an_order_paid_twice_and_called_off_gives_everything_back(
    app: Flask, client: Browser, market: Market, signed_in: SignIn
) -> None:
    purchase, ani = buy_by_transfer(app, client, market), signed_in("bu_ani")
    purchase.desk(ani, "bukti/tolak")
    purchase.prove()
    purchase.desk(ani, "bukti/tolak", alasan="Belum ada.")
    purchase.pay("transfer")
    first, second = purchase.payments
    purchase.arrived(ani, second)
    purchase.arrived(ani, first)
    assert [refund.amount for refund in purchase.refunds] == [first.due]
    assert purchase.payment.id == second.id, "the one that is not to go back counts"
    purchase.desk(ani, "tolak", alasan="Kompor rusak.")
    assert [refund.amount for refund in purchase.refunds] == [first.due, second.due]
    assert breaches(app) == []


DAMAGE = [
    ("UPDATE payment_part SET is_earned = NOT is_earned", "is completed, and its money is not earned"),
    ("UPDATE shop_order SET fee_rate = 26", "moved -1250 rupiah on platform_fee, not -1300"),
    ("UPDATE payment_part SET refunded = 1", "its refunds are not counted on it"),
    ("UPDATE payment_part SET refunded = 999999", "more goes back than came"),
    ("UPDATE payment SET refunded = 1", "the refunds of its parts are not counted on it"),
]


@pytest.mark.parametrize(("statement", "line"), DAMAGE)
def test_a_breach_is_named(app: Flask, client: Browser, market: Market, statement: str, line: str) -> None:
    set_rate(app, market, "bu_ani")
    purchase = buy(app, client, market, "cod")
    with app.app_context():
        advance(purchase.order)
        db.session.execute(text(statement))
        db.session.commit()
    assert any(line in breach for breach in breaches(app)), breaches(app)


def test_the_office_sets_the_rate_and_the_shop_reads_it(
    app: Flask, client: Browser, market: Market, signed_in: Callable[[str], Browser]
) -> None:
    rina, ani = signed_in("bu_rina"), signed_in("bu_ani")
    assert "untuk platform" not in ani.get("/jualan/toko/pembayaran").text
    path = "/kantor/toko/onde-onde-bu-ani"
    for wrong in ("301", "-1", "dua", ""):
        page = rina.submit(rina.get(path), f"{path}/biaya", fee_rate=wrong)
        assert page.status == 422 and f'value="{wrong}"' in page.html
    page = rina.submit(rina.get(path), f"{path}/biaya", fee_rate="25")
    assert "Biaya platform diubah" in page.text and "0 -> 25" in page.text
    rina.submit(rina.get(path), f"{path}/biaya", fee_rate="25")
    assert rina.get(path).text.count("Biaya platform diubah") == 1, "nothing has changed"
    assert "Rp25 untuk platform" in ani.get("/jualan/toko/pembayaran").text
    purchase = buy(app, client, market, "cod")
    assert purchase.order.fee_rate == 25
    assert "Biaya platform 25 per seribu dari harga barang: Rp1.250." in purchase.desk(ani).text
