"""Money that comes late brings an order back only if its voucher can be used once more."""

from flask import Flask

from marketplace.db import writing
from marketplace.orders import fulfilment, money_moves
from marketplace.orders.models import Actor, Order, State
from tests.browser import Browser
from tests.factories import Market
from tests.orders.offers import buy_with, held, offer, orders
from tests.orders.test_vouchers import breaches
from tests.payments.money import give_account


def test_by_transfer_late_money_needs_the_voucher_again(app: Flask, market: Market, client: Browser) -> None:
    """An order that lapsed gave its use back; its money brings it back only if the use is still there."""
    with app.app_context():
        give_account(market, "bu_ani")
    voucher = offer(app, market, "SATU", "bu_ani", total=1)
    way = {"bu_ani": "transfer"}
    buy_with(client, market, "SATU", way)
    (late,) = orders(app)
    _lapse(app, late)
    assert held(app, voucher) == 0
    buy_with(Browser(app), market, "SATU", way)
    assert held(app, voucher) == 1
    _arrive(app, market, late)
    assert orders(app)[0].state == State.CANCELLED, "somebody else has the voucher: the money goes back"
    _lapse(app, orders(app)[1])
    assert (held(app, voucher), breaches(app)) == (0, [])


def test_late_money_takes_a_free_voucher_again(app: Flask, market: Market, client: Browser) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    voucher = offer(app, market, "SATU", "bu_ani", total=1)
    buy_with(client, market, "SATU", {"bu_ani": "transfer"})
    _lapse(app, orders(app)[0])
    _arrive(app, market, orders(app)[0])
    assert orders(app)[0].state == State.PLACED
    assert (held(app, voucher), breaches(app)) == (1, [])


def test_late_money_finds_the_phone_number_has_used_it_meanwhile(app: Flask, market: Market, client: Browser) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    voucher = offer(app, market, "DUA", "bu_ani", total=2)
    for browser in (client, Browser(app)):
        buy_with(browser, market, "DUA", {"bu_ani": "transfer"})
        _lapse(app, orders(app)[0])
    _arrive(app, market, orders(app)[0])
    assert orders(app)[0].state == State.CANCELLED
    assert (held(app, voucher), breaches(app)) == (1, [])


def _lapse(app: Flask, order: Order) -> None:
    with app.test_request_context(), writing():
        fulfilment.move(order.id, State.CANCELLED, Actor.SYSTEM, None)


def _arrive(app: Flask, market: Market, order: Order) -> None:
    with app.test_request_context():
        money_moves.confirm(order.id, f"{order.number}-1", by=Actor.SELLER, actor_id=market.people["bu_ani"])
