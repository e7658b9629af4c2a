"""A guest becomes a member: the cart comes along at once, orders only when phone or e-mail is proved."""

import re
from collections.abc import Callable

from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.db import db, writing
from marketplace.orders.models import OrderGroup
from marketplace.orders.ownership import attach_guest_orders
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, place

PASSWORD = "kata sandi siti yang panjang"


def register(browser: Browser, identity: str) -> Page:
    page = browser.get("/daftar")
    return browser.submit(page, "/daftar", name="Siti Baru", identity=identity, password=PASSWORD, consent="y")


def test_the_cart_comes_along(client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=3)
    register(client, "0812-9999-0000")
    assert "Rp75.000" in client.get("/keranjang").text
    client.post("/keluar")
    assert "masih kosong" in client.get("/keranjang").text
    cookie = client.client.get_cookie("keranjang")
    assert cookie is not None and cookie.value == "0"
    client.submit(client.get("/masuk"), "/masuk", identity="0812-9999-0000", password=PASSWORD)
    assert "Rp75.000" in client.get("/keranjang").text


def test_guest_orders_attach_after_proof_and_not_before(
    app: Flask, market: Market, run_jobs: Callable[[], int], mails: Callable[[], list[str]]
) -> None:
    guest = Browser(app)
    fill_cart(guest, market, onde=1)
    receipt = place(guest, give_address(guest, email="Siti.Baru@contoh.example"))
    (number,) = numbers_of(receipt)
    member = Browser(app)
    register(member, "siti.baru@contoh.example")
    assert number not in member.get("/pesanan").text
    run_jobs()
    letter = next(mail for mail in mails() if "/akun/bukti/" in mail)
    link = re.search(r"/akun/bukti/[\w-]+", letter)
    assert link is not None
    member.submit(member.get(link[0]), "/akun/bukti")
    assert number in member.get("/pesanan").text


def test_an_unproved_phone_opens_no_order(app: Flask, market: Market, signed_in: Callable[[str], Browser]) -> None:
    guest = Browser(app)
    fill_cart(guest, market, onde=1)
    (number,) = numbers_of(place(guest, give_address(guest, phone="0812-9999-1111")))
    member = Browser(app)
    register(member, "+62 812 9999 1111")
    assert number not in member.get("/pesanan").text
    with app.app_context():
        user_id = db.session.scalars(select(User.id).where(User.name == "Siti Baru")).one()
    officer = signed_in("bu_rina")
    officer.submit(officer.get(f"/kantor/akun/{user_id}"), f"{user_id}/hp")
    assert number in member.get("/pesanan").text
    with app.app_context():
        assert db.session.scalars(select(OrderGroup.user_id)).one() == user_id


def test_nothing_proved_attaches_nothing(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    place(client, give_address(client, email=""))
    with app.app_context():
        with writing():
            attach_guest_orders(None, user_id=market.people["joko"], phone="", email="")
        assert db.session.scalars(select(OrderGroup.user_id)).one() is None
