"""The main job: a guest buys from two shops, both accept and finish, stock falls by exactly that."""

from collections.abc import Callable

from flask import Flask

from marketplace.catalog.models import Variant
from marketplace.db import db
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, place


def stock(app: Flask, variant_id: int) -> tuple[int, int]:
    with app.app_context():
        variant = db.session.get_one(Variant, variant_id)
        return variant.on_hand, variant.held


def test_a_guest_buys_from_two_shops(
    app: Flask, market: Market, client: Browser, signed_in: Callable[[str], Browser], run_jobs: Callable[[], int], mails
) -> None:
    cart = fill_cart(client, market, onde=2, **{"sepatu 39 Hitam": 1})
    assert "Rp235.000" in cart.text
    summary = give_address(client)
    assert "Rp8.000" not in summary.text  # Balongsari is Bu Ani's own kelurahan
    assert "Rp245.000" in summary.text
    receipt = place(client, summary)
    assert receipt.h1 == "Pesanan Anda sudah masuk"
    onde, shoe = market.variants["onde"], market.variants["sepatu 39 Hitam"]
    assert stock(app, onde) == (30, 2) and stock(app, shoe) == (4, 1)
    assert client.get("/keranjang").text.count("Keranjang Anda masih kosong") == 1

    for seller, number in zip(("bu_ani", "pak_budi"), numbers_of(receipt), strict=True):
        desk = signed_in(seller)
        page = desk.submit(desk.get("/jualan"), f"{number}/terima")
        assert "Diproses" in page.text
        page = desk.submit(page, f"{number}/kirim")
        page = desk.submit(page, f"{number}/sampai")
        assert "Sampai" in page.text
    assert stock(app, onde) == (28, 0) and stock(app, shoe) == (3, 0)
    assert run_jobs() > 0
    assert sum("siti@contoh.example" in mail for mail in mails()) == 8
