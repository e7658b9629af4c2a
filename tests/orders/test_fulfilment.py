"""From the inbox to the buyer's door: every step, who may take it, what it does to stock, what silence does."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.catalog.models import Product, Variant
from marketplace.db import db, writing
from marketplace.orders import fulfilment, states
from marketplace.orders.fulfilment import after_working_days
from marketplace.orders.models import Actor, Order, OrderEvent, State
from marketplace.sellers.models import Shop
from marketplace.sellers.verification import suspend
from marketplace.wiring import CHECKS
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, numbers_of, order, place

SignIn = Callable[[str], Browser]
MONDAY_10 = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def number(client: Browser, market: Market) -> str:
    """An order of two boxes of onde-onde, brought by the shop."""
    return numbers_of(order(client, market, onde=2))[0]


def look(app: Flask, number: str) -> tuple[State, int, int, int]:
    """State of the order, then on hand, held and sold of the onde-onde."""
    with app.app_context():
        state = db.session.scalars(select(Order.state).where(Order.number == number)).one()
        variant = db.session.scalars(select(Variant).where(Variant.sku == "OND-10")).one()
        sold = db.session.scalars(select(Product.sold).where(Product.id == variant.product_id)).one()
        return state, variant.on_hand, variant.held, sold


def no_breach(app: Flask) -> bool:
    with app.app_context():
        return [line for check in CHECKS for line in check()] == []


def step(browser: Browser, number: str, *steps: str) -> None:
    for name in steps:
        page = browser.post(f"/jualan/pesanan/{number}/{name}", follow=True)
        assert page.status == 200, page.text


def test_stock_is_held_until_it_is_sent(app: Flask, signed_in: SignIn, number: str) -> None:
    desk = signed_in("bu_ani")
    assert look(app, number) == (State.PLACED, 30, 2, 0)
    step(desk, number, "terima")
    assert look(app, number) == (State.ACCEPTED, 30, 2, 0)
    step(desk, number, "kirim")
    assert look(app, number) == (State.SHIPPED, 28, 0, 2)
    step(desk, number, "sampai")
    assert look(app, number) == (State.DELIVERED, 28, 0, 2)
    assert no_breach(app)


def test_pressing_twice_does_it_once(app: Flask, signed_in: SignIn, number: str) -> None:
    desk = signed_in("bu_ani")
    step(desk, number, "terima", "terima", "kirim", "kirim", "sampai", "sampai")
    assert look(app, number) == (State.DELIVERED, 28, 0, 2)
    with app.app_context():
        order_id = db.session.scalars(select(Order.id).where(Order.number == number)).one()
        assert len(db.session.scalars(select(OrderEvent).where(OrderEvent.order_id == order_id)).all()) == 4


def test_a_refusal_needs_a_reason_and_gives_stock_back(
    app: Flask, client: Browser, signed_in: SignIn, number: str
) -> None:
    desk = signed_in("bu_ani")
    page = desk.post(f"/jualan/pesanan/{number}/tolak", {"alasan": " "})
    assert page.status == 422 and page.by_id("alasan-error") is not None
    assert look(app, number)[0] == State.PLACED
    page = desk.post(f"/jualan/pesanan/{number}/tolak", {"alasan": "Wijen habis"}, follow=True)
    assert look(app, number) == (State.CANCELLED, 30, 0, 0)
    assert "Wijen habis" in page.text
    assert no_breach(app)


def test_refused_at_the_door_comes_back_to_the_shelf(app: Flask, signed_in: SignIn, number: str) -> None:
    desk = signed_in("bu_ani")
    step(desk, number, "terima", "kirim")
    desk.post(f"/jualan/pesanan/{number}/tolak", {"alasan": "Rumah kosong"}, follow=True)
    assert look(app, number) == (State.CANCELLED, 30, 0, 0)
    assert no_breach(app)


def test_the_buyer_cancels_until_the_shop_accepts(
    app: Flask, client: Browser, market: Market, signed_in: SignIn
) -> None:
    receipt = order(client, market, onde=2)
    path = receipt.response.request.path
    (number,) = numbers_of(receipt)
    page = client.submit(client.get(path), f"{number}/batal")
    assert "Dibatalkan oleh pembeli." in page.text
    assert look(app, number) == (State.CANCELLED, 30, 0, 0)
    (second,) = numbers_of(order(client, market, onde=1))
    step(signed_in("bu_ani"), second, "terima")
    with app.app_context():
        link = db.session.scalars(select(Order).where(Order.number == second)).one().group.token
    page = client.post(f"/lacak/{link}/{second}/batal")
    assert page.status == 409 and "Diproses" in page.text
    assert look(app, second)[0] == State.ACCEPTED


def test_pickup_is_made_ready_and_shows_the_street_after_acceptance(
    app: Flask, client: Browser, market: Market, signed_in: SignIn
) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Shop, market.shops["bu_ani"]).street = "Gang Melati 7"
    fill_cart(client, market, onde=1)
    summary = client.submit(client.get("/checkout"), "/checkout", cara="ambil", recipient="Siti", phone="081234567890")
    receipt = place(client, summary)
    (number,) = numbers_of(receipt)
    assert "Gang Melati 7" not in receipt.text
    desk = signed_in("bu_ani")
    step(desk, number, "terima")
    assert desk.post(f"/jualan/pesanan/{number}/kirim").status == 409
    step(desk, number, "siap")
    page = client.get(receipt.response.request.path)
    assert "Gang Melati 7" in page.text and "Siap diambil" in page.text
    page = client.submit(page, f"{number}/sampai")
    assert look(app, number) == (State.DELIVERED, 29, 0, 1)


def test_a_strange_shop_cannot_touch_it(app: Flask, signed_in: SignIn, number: str) -> None:
    desk = signed_in("pak_budi")
    assert number not in desk.get("/jualan").text
    assert desk.get(f"/jualan/pesanan/{number}").status == 404
    for name in ("terima", "tolak", "siap", "kirim", "sampai"):
        assert desk.post(f"/jualan/pesanan/{number}/{name}", {"alasan": "x"}).status == 404
    assert look(app, number)[0] == State.PLACED


def test_silence_cancels_and_gives_stock_back(
    app: Flask, market: Market, run_jobs: Callable[[], int], signed_in: SignIn
) -> None:
    with time_machine.travel(MONDAY_10, tick=False) as clock:
        browser = Browser(app)
        receipt = order(browser, market, onde=2)
        (number,) = numbers_of(receipt)
        assert "23 November 2026, 12.00 WIB" in receipt.text
        clock.shift(timedelta(hours=2) - timedelta(seconds=1))
        run_jobs()
        assert look(app, number)[0] == State.PLACED
        clock.shift(timedelta(seconds=2))
        run_jobs()
        assert look(app, number) == (State.CANCELLED, 30, 0, 0)
        assert "batal dengan sendirinya" in browser.get(receipt.response.request.path).text
    assert no_breach(app)


def test_an_answer_in_time_stops_the_clock(app: Flask, market: Market, run_jobs, signed_in: SignIn) -> None:
    with time_machine.travel(MONDAY_10, tick=False) as clock:
        (number,) = numbers_of(order(Browser(app), market, onde=2))
        step(signed_in("bu_ani"), number, "terima")
        clock.shift(timedelta(hours=3))
        run_jobs()
    assert look(app, number)[0] == State.ACCEPTED


def test_without_complaint_it_completes(app: Flask, market: Market, run_jobs, signed_in: SignIn) -> None:
    with time_machine.travel(MONDAY_10, tick=False) as clock:
        (number,) = numbers_of(order(Browser(app), market, onde=1))
        step(signed_in("bu_ani"), number, "terima", "kirim", "sampai")
        clock.shift(timedelta(days=2, minutes=1))
        run_jobs()
    assert look(app, number)[0] == State.COMPLETED
    assert no_breach(app)


@pytest.mark.parametrize(("day", "days", "due"), [(23, 2, 25), (26, 2, 30), (28, 1, 30), (27, 0, 27)])
def test_working_days_skip_the_weekend(day: int, days: int, due: int) -> None:
    start = datetime(2026, 11, day, 3, 0, tzinfo=UTC)
    assert after_working_days(start, days) == datetime(2026, 11, due, 3, 0, tzinfo=UTC)


def test_the_officer_finishes_what_a_suspended_shop_left(
    app: Flask, market: Market, signed_in: SignIn, number: str
) -> None:
    with app.app_context():
        suspend(market.shops["bu_ani"], market.people["bu_rina"], "Pemeriksaan")
    office = signed_in("bu_rina")
    page = office.get("/kantor/pesanan")
    assert number in page.text and "Toko ditangguhkan" in page.text
    assert number in signed_in("bu_ani").get("/jualan").text
    page = office.get(f"/kantor/pesanan/{number}")
    for name in ("terima", "kirim", "sampai"):
        page = office.submit(page, f"{number}/{name}")
    assert look(app, number) == (State.DELIVERED, 28, 0, 2)
    assert number not in office.get("/kantor/pesanan").text


def test_the_officer_calls_off_with_a_reason(app: Flask, client: Browser, signed_in: SignIn, number: str) -> None:
    office = signed_in("bu_rina")
    assert office.post(f"/kantor/pesanan/{number}/batal", {"alasan": ""}).status == 422
    office.post(f"/kantor/pesanan/{number}/batal", {"alasan": "Toko tutup selamanya"}, follow=True)
    assert look(app, number) == (State.CANCELLED, 30, 0, 0)


def test_every_illegal_move_is_refused(app: Flask, market: Market, number: str) -> None:
    with app.app_context():
        order_id = db.session.scalars(select(Order.id).where(Order.number == number)).one()
        for before in State:
            for after in State:
                for actor in Actor:
                    with writing() as session:
                        session.get_one(Order, order_id, populate_existing=True).state = before
                    allowed = before == after or actor in states.MOVES[before].get(after, ())
                    try:
                        with writing():
                            states.transition(order_id, after, by=actor)
                        moved = True
                    except states.NotPossibleNow:
                        moved = False
                    assert moved == allowed, (before, after, actor)


def test_an_unknown_order_is_gone(app: Flask) -> None:
    from marketplace.refusal import GoneAway

    with app.app_context(), pytest.raises(GoneAway):
        fulfilment.accept(999, by=Actor.SELLER, actor_id=None)
