"""Proofs of payment: pictures without their metadata, the same one twice is seen, strangers see none."""

from io import BytesIO

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace import stores
from marketplace.db import db
from marketplace.orders.models import Order
from marketplace.payments import proofs
from marketplace.payments.models import Payment, PaymentState, Proof
from tests.browser import Browser
from tests.factories import Market
from tests.payments.card_orders import CARD, token
from tests.payments.card_orders import buy as buy_by_card
from tests.payments.cards import Till
from tests.payments.money import picture
from tests.payments.shopping import Purchase, SignIn, buy, buy_by_transfer


@pytest.fixture
def purchase(app: Flask, client: Browser, market: Market) -> Purchase:
    return buy_by_transfer(app, client, market)


def digests(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Proof.digest).order_by(Proof.id)))


def test_the_same_picture_is_one_proof_whatever_its_metadata(app: Flask, purchase: Purchase) -> None:
    exif = Image.Exif()
    exif[0x010E] = "where the buyer lives"
    purchase.prove()
    purchase.prove(exif=exif)
    assert len(digests(app)) == 1
    with app.app_context():
        kept = Image.open(BytesIO(proofs.read(digests(app)[0])))
        assert not kept.getexif() and kept.size == (400, 300)


def test_a_picture_of_another_payment_is_flagged(
    app: Flask, market: Market, purchase: Purchase, signed_in: SignIn
) -> None:
    ani = signed_in("bu_ani")
    purchase.prove("white")
    assert "pernah dipakai" not in purchase.desk(ani).text
    second = buy(app, Browser(app), market)
    second.prove("white")
    second.prove("black")
    assert second.desk(ani).text.count("Gambar ini pernah dipakai") == 1
    assert purchase.desk(ani).text.count("Gambar ini pernah dipakai") == 1


def test_three_pictures_are_the_most(app: Flask, purchase: Purchase) -> None:
    for colour in ("red", "green", "blue", "black"):
        page = purchase.prove(colour)
    assert "Paling banyak 3 bukti" in page.text and len(digests(app)) == 3


@pytest.mark.parametrize("sent", [None, b"", b"GIF89a"])
def test_what_is_no_picture_is_said(app: Flask, purchase: Purchase, sent: bytes | None) -> None:
    path = f"/lacak/{purchase.token}/{purchase.number}/bukti"
    data = {} if sent is None else {"bukti": (BytesIO(sent), "x.jpg")}
    page = purchase.buyer.post(path, data, follow=True)
    assert page.status == 422
    (field,) = page.all("input", type="file")
    (said,) = page.all("p", id=f"{field.get('id')}-error")
    assert field.get("aria-describedby", "").endswith(str(said.get("id"))) and "foto" in page.text.lower()
    assert purchase.payment.state == PaymentState.OPEN and digests(app) == []


def test_nothing_is_shown_for_what_is_over(app: Flask, purchase: Purchase) -> None:
    purchase.cancel()
    page = purchase.prove()
    assert page.status == 422 and "tidak menunggu bukti" in page.text
    assert len(page.all("p", id=f"bukti-{purchase.number}")) == 1, "the link at the top leads somewhere"
    assert digests(app) == []


def test_what_is_paid_by_card_takes_no_proof(till: Till, client: Browser, market: Market) -> None:
    """A shop could refuse it, and then the goods would wait for money that the card's page no longer takes."""
    buy_by_card(client, market, market.shops["bu_ani"])
    order = till.rows(Order)[0]
    path = f"/lacak/{token(till)}/{order.number}/bukti"
    page = client.post(path, {"bukti": (picture(), "bukti.jpg")}, follow=True)
    assert "tidak menunggu bukti" in page.text
    assert {payment.state for payment in till.rows(Payment) if payment.way == CARD} == {PaymentState.OPEN}
    assert till.breaches() == []


def test_a_member_proves_on_their_own_page(app: Flask, market: Market, signed_in: SignIn, purchase: Purchase) -> None:
    siti, joko = signed_in("siti"), signed_in("joko")
    mine = buy(app, siti, market)
    path = f"/pesanan/{mine.number}"
    assert joko.post(f"{path}/bukti", {"bukti": (picture(), "x.jpg")}).status == 404
    page = siti.get(path)
    siti.submit(page, f"{path}/bukti", bukti=(picture(), "x.jpg"))
    assert mine.payment.state == PaymentState.PROOF


def test_strangers_see_no_proof(app: Flask, market: Market, purchase: Purchase, signed_in: SignIn) -> None:
    purchase.prove()
    other = buy(app, Browser(app), market)
    ani, rina = signed_in("bu_ani"), signed_in("bu_rina")
    (id,) = {int(link.rsplit("/", 1)[1]) for link in purchase.desk(ani).links() if "/bukti/" in link}
    assert rina.get(f"/kantor/pesanan/{purchase.number}/bukti/{id}").status == 200
    assert ani.get(f"/jualan/pesanan/{other.number}/bukti/{id}").status == 404
    assert signed_in("siti").get(f"/jualan/pesanan/{purchase.number}/bukti/{id}").status == 403
    with app.app_context():
        stores.proofs().delete([f"{digests(app)[0]}.jpg"])
    assert ani.get(f"/jualan/pesanan/{purchase.number}/bukti/{id}").status == 404
