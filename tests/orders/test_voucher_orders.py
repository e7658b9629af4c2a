"""A voucher on the pages and papers of an order, for everybody who reads them."""

from flask import Flask
from sqlalchemy import select

from marketplace import chain
from marketplace.db import db
from marketplace.orders.paper_models import Paper
from marketplace.wiring import FOLLOWERS
from tests.browser import Browser
from tests.factories import Market
from tests.orders.offers import buy_with, offer, orders


def test_every_page_of_an_order_tells_of_it(app: Flask, market: Market, client: Browser, signed_in) -> None:
    offer(app, market, "KOTA", amount=10_000, minimum=50_000)
    receipt = buy_with(client, market, "KOTA")
    (order,) = orders(app)
    link = receipt.response.request.path
    for browser, path in (
        (client, link),
        (client, f"{link}/nota"),
        (signed_in("bu_ani"), f"/jualan/pesanan/{order.number}"),
        (signed_in("bu_rina"), f"/kantor/pesanan/{order.number}"),
    ):
        page = browser.get(path)
        assert "Voucher KOTA (ditanggung kota)" in page.text, path
        assert "-Rp10.000" in page.text, path
    assert "Kota menambah Rp10.000" in signed_in("bu_ani").get(f"/jualan/pesanan/{order.number}").text
    english = client.get(f"/en{link}").text
    assert "Voucher KOTA (paid by the city)" in english


def test_the_invoice_has_it(app: Flask, market: Market, client: Browser, signed_in, run_jobs) -> None:
    offer(app, market, "ONDE10", "bu_ani")
    buy_with(client, market, "ONDE10")
    (order,) = orders(app)
    signed_in("bu_ani").post(f"/jualan/pesanan/{order.number}/terima")
    with app.app_context():
        chain.link(FOLLOWERS)
    run_jobs()
    with app.app_context():
        (paper,) = db.session.scalars(select(Paper)).all()
        assert ["Voucher ONDE10 (ditanggung toko)", "-Rp5.000"] in [list(each) for each in paper.data["sums"]]
        assert paper.data["amount"] == order.total


def test_giving_back_a_line_names_what_was_paid(app: Flask, market: Market, client: Browser, signed_in) -> None:
    offer(app, market, "ONDE10", "bu_ani")
    buy_with(client, market, "ONDE10")
    (order,) = orders(app)
    ani = signed_in("bu_ani")
    for step in ("terima", "kirim", "sampai"):
        ani.post(f"/jualan/pesanan/{order.number}/{step}")
    form = ani.get(f"/jualan/pesanan/{order.number}/kembalikan-dana")
    assert "Harga barang dikembalikan setelah dikurangi voucher." in form.text
    number = next(e.get("name") for e in form.all("input") if str(e.get("name")).startswith("jumlah_"))
    page = ani.submit(form, "kembalikan-dana", **{str(number): "1", "alasan": "Penyok"})
    assert "Rp22.500" in page.text
