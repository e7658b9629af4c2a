"""What the desk seldom sees: parcels by courier, demo shops, refusals without a reason, a shop whose rank moves."""

from collections.abc import Callable
from itertools import count

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.catalog.ranking import fulfilment_points
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Order, State
from marketplace.orders.promises import promised_by
from marketplace.orders.queries import whole_order
from marketplace.sellers.models import Shop
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, order, place
from tests.orders.test_checkout import OUTSIDE, offer_courier

RESI = "JNE-0012345678"


@pytest.fixture
def receipt(client: Browser, market: Market) -> Page:
    """What the buyer of one box sees, brought by the shop."""
    return order(client, market, onde=1)


@pytest.fixture
def number(receipt: Page) -> str:
    return numbers_of(receipt)[0]


def test_a_parcel_by_courier_has_a_number_that_the_buyer_is_told(
    app: Flask,
    client: Browser,
    market: Market,
    ani: Browser,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
) -> None:
    offer_courier(app, market)
    fill_cart(client, market, onde=1)
    receipt = place(client, give_address(client, province="Jawa Timur", **OUTSIDE))
    assert "Dikirim kurir JNE" in receipt.text
    path = f"/jualan/pesanan/{numbers_of(receipt)[0]}"
    ani.post(f"{path}/terima")
    refused = ani.post(f"{path}/kirim", {"resi": "9" * 61})
    assert refused.status == 422 and refused.all("input", name="resi")[0].get("value") == "9" * 61
    ani.submit(refused, f"{path}/kirim", resi=RESI)
    run_jobs()
    assert any(f"Nomor resi: {RESI}" in letter for letter in mails())


def test_the_inbox_has_two_addresses(ani: Browser) -> None:
    assert ani.get("/jualan/pesanan", follow=True).h1 == ani.get("/jualan").h1


def test_the_buyers_of_demo_shops_have_no_telephone(app: Flask, market: Market, ani: Browser, number: str) -> None:
    path = f"/jualan/pesanan/{number}"
    assert any("wa.me/6281234567890" in link for link in ani.get(path).links())
    with app.app_context(), writing() as session:
        session.execute(update(Shop).where(Shop.id == market.shops["bu_ani"]).values(is_demo=True))
    assert not any("wa.me" in link for link in ani.get(path).links())


def test_a_guest_prints_the_receipt(client: Browser, receipt: Page, number: str) -> None:
    page = client.get(f"{receipt.response.request.path}/nota")
    assert "Nota" in page.h1 and number in page.text and "Rp25.000" in page.text


def test_nothing_is_promised_before_the_shop_accepts(app: Flask, number: str) -> None:
    with app.app_context():
        assert promised_by(db.session.scalars(whole_order()).unique().one()) is None


def test_no_shop_calls_off_without_a_reason(app: Flask, number: str) -> None:
    with app.app_context():
        placed = db.session.scalars(select(Order)).one()
        with pytest.raises(fulfilment.ReasonMissing):
            fulfilment.cancel(placed.id, by=Actor.SELLER, actor_id=None, reason=" ")
        assert db.session.get_one(Order, placed.id, populate_existing=True).state == State.PLACED


@pytest.mark.parametrize("moves", [True, False])
def test_the_goods_of_a_shop_are_ranked_anew_when_its_record_moves_a_step(
    app: Flask, market: Market, ani: Browser, number: str, moves: bool
) -> None:
    lost = next(n for n in count() if (fulfilment_points(0, n) != fulfilment_points(0, n + 1)) == moves)
    with app.app_context(), writing() as session:
        session.execute(update(Shop).where(Shop.id == market.shops["bu_ani"]).values(orders_lost=lost))
    ani.post(f"/jualan/pesanan/{number}/tolak", {"alasan": "Wajan rusak"})
    with app.app_context():
        assert db.session.scalar(select(func.count(Job.id)).where(Job.kind == "catalog.rerank_shop")) == moves
