"""A member does on an order's page what a guest does with the link: pays, confirms, complains, gets money back."""

import shutil

import pytest
from flask import Flask

from marketplace.orders.models import State
from marketplace.payments.models import PaymentState, RefundState
from tests.browser import Browser
from tests.factories import Market
from tests.orders.complaints import STORY, decide
from tests.payments.money import picture
from tests.payments.shopping import Purchase, SignIn, buy_by_transfer


@pytest.fixture
def siti(signed_in: SignIn) -> Browser:
    return signed_in("siti")


@pytest.fixture
def purchase(app: Flask, siti: Browser, market: Market) -> Purchase:
    return buy_by_transfer(app, siti, market)


def test_pays_another_way(purchase: Purchase, siti: Browser) -> None:
    path = f"/pesanan/{purchase.number}"
    page = siti.submit(siti.get(path), f"{path}/bayar")
    assert "Bayar di tempat (COD)" in page.text
    assert purchase.states == (State.PLACED, PaymentState.DUE)


def test_has_got_the_goods(purchase: Purchase, siti: Browser, ani: Browser) -> None:
    path = f"/pesanan/{purchase.number}"
    purchase.arrived(ani)
    purchase.desk(ani, "kirim")
    page = siti.submit(siti.get(path), f"{path}/sampai")
    assert "Terima kasih" in page.text and purchase.order.state == State.DELIVERED


def test_complains_and_gets_money_back(purchase: Purchase, siti: Browser, ani: Browser, rina: Browser) -> None:
    path = f"/pesanan/{purchase.number}"
    purchase.arrived(ani)
    purchase.desk(ani, "kirim")
    purchase.desk(ani, "sampai")
    form = siti.get(f"{path}/komplain")
    page = siti.submit(form, f"{path}/komplain", sebab="broken", cerita=STORY, foto=[(picture(), "a.jpg")])
    (photo,) = [link for link in page.links() if "/komplain/foto/" in link]
    assert siti.get(photo).response.mimetype == "image/jpeg"
    shutil.rmtree(purchase.app.config["SETTINGS"].instance / "proofs")
    assert siti.get(photo).status == 404, "its file is lost"
    decide(purchase, rina, boxes=1, penanggung="shop")
    purchase.desk(ani, "pengembalian", pengembalian=purchase.refunds[0].id, bukti=(picture(), "x.jpg"))
    siti.submit(siti.get(path), f"{path}/dana-kembali")
    assert [refund.state for refund in purchase.refunds] == [RefundState.DONE]
