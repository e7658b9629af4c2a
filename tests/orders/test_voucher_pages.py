"""Vouchers on pages: a shop makes its own, the office the city's; at checkout a wrong code loses nothing."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db
from marketplace.orders.reductions import read_code
from marketplace.orders.voucher_models import Voucher
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, place, use_voucher
from tests.orders.offers import buy_with, held, offer, orders

GOOD = {"code": "lebaran 20", "percent": "20", "cap": "15rb", "minimum": "50.000", "total": "100", "per_buyer": "2"}


def new(browser: Browser, desk: str, **changes: str | None) -> Page:
    """Fill in the form; what is not named stays as it stood."""
    return browser.submit(browser.get(f"{desk}/baru"), f"{desk}/baru", **{**GOOD, "code": "LEBARAN20", **changes})


def made(app: Flask) -> list[Voucher]:
    with app.app_context():
        return list(db.session.scalars(select(Voucher).order_by(Voucher.id)))


@pytest.mark.parametrize(("desk", "who"), [("/jualan/voucher", "bu_ani"), ("/kantor/voucher", "bu_rina")])
def test_one_is_made_listed_and_ended(app: Flask, market: Market, signed_in, desk: str, who: str) -> None:
    browser = signed_in(who)
    assert "Belum ada voucher" in browser.get(desk).text
    page = new(browser, desk, code="lebaran20")
    assert "LEBARAN20" in page.text
    assert "Potongan 20%, paling banyak Rp15.000, untuk belanja mulai Rp50.000" in page.text
    (voucher,) = made(app)
    assert voucher.shop_id == market.shops.get(who)
    assert (voucher.percent, voucher.cap, voucher.on_hand, voucher.per_buyer) == (20, 15_000, 100, 2)
    assert timedelta(days=30) < voucher.ends_at - now() <= timedelta(days=31), "the last day is included"
    page = browser.submit(page, f"{voucher.id}/akhiri")
    assert "Diakhiri" in page.text
    assert browser.post(f"{desk}/{voucher.id}/akhiri").status == 404, "there is nothing to end any more"


def test_a_form_sent_twice_makes_one(app: Flask, market: Market, signed_in) -> None:
    ani = signed_in("bu_ani")
    form = ani.get("/jualan/voucher/baru")
    for _ in range(2):
        assert ani.submit(form, "/jualan/voucher/baru", **{**GOOD, "code": "LEBARAN20"}).status == 200
    assert len(made(app)) == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("code", "A B", "Kode terdiri dari 4 sampai 20 huruf dan angka."),
        ("code", "", "Kode wajib diisi."),
        ("percent", "91", "Potongan persen harus antara 1 dan 90."),
        ("percent", "sepuluh", "Tulis dengan angka, misalnya 3."),
        ("cap", "0", "Potongan persen paling banyak harus lebih dari 0."),
        ("amount", "5000", "Isi salah satu: potongan persen atau potongan rupiah."),
        ("amount", "banyak", "Tulis jumlah rupiah bulat"),
        ("minimum", "500", "Minimal belanja paling sedikit Rp1.000."),
        ("last_day", "2020-01-01", "Hari terakhir tidak boleh sebelum hari pertama."),
        ("last_day", "2099-01-01", "Voucher berlaku paling lama satu tahun dari sekarang."),
        ("last_day", "besok", "Tulis tanggal seperti 21/11/2026."),
        ("total", "0", "Jumlah pemakaian seluruhnya harus antara 1 dan 100.000."),
        ("per_buyer", "", "Tulis dengan angka, misalnya 3."),
    ],
)
def test_a_wrong_field_is_told_and_nothing_is_lost(app, market, signed_in, field: str, typed: str, said: str) -> None:
    page = new(signed_in("bu_ani"), "/jualan/voucher", **{field: typed})
    assert page.status == 422
    beside = page.by_id(f"{field}-error")
    assert beside is not None
    assert said in "".join(beside.itertext())
    for name, value in {**GOOD, "code": "LEBARAN20", field: typed}.items():
        assert page.by_id(name).get("value") == value  # type: ignore[union-attr]
    shown = page.by_id("last_day").get("type")  # type: ignore[union-attr]
    assert shown == ("text" if typed == "besok" else "date"), "an input for days would not show what is none"
    assert made(app) == []


def test_other_wishes_that_cannot_be(app: Flask, market: Market, signed_in) -> None:
    ani = signed_in("bu_ani")
    for changes, field, said in (
        ({"percent": "", "cap": "", "amount": "9001", "minimum": "10000"}, "amount", "Potongan paling banyak 90%"),
        ({"percent": "", "amount": "5000"}, "cap", "Isi hanya bersama potongan persen."),
        ({"percent": "", "cap": ""}, "amount", "Isi salah satu"),
        ({"first_day": "2020-01-01", "last_day": "2020-01-02"}, "last_day", "Pilih hari yang belum lewat."),
    ):
        page = new(ani, "/jualan/voucher", **changes)
        assert page.status == 422
        beside = page.by_id(f"{field}-error")
        assert beside is not None, page.text
        assert said in "".join(beside.itertext())
    new(ani, "/jualan/voucher", percent="", cap="", amount="9000", minimum="10000")
    assert [voucher.amount for voucher in made(app)] == [9_000]


def test_no_two_vouchers_share_a_code(app: Flask, market: Market, signed_in) -> None:
    assert new(signed_in("bu_ani"), "/jualan/voucher").status == 200
    for who, desk in (("pak_budi", "/jualan/voucher"), ("bu_rina", "/kantor/voucher")):
        page = new(signed_in(who), desk)
        assert page.status == 422
        assert "Kode ini sudah dipakai. Pilih kode lain." in page.text
    assert len(made(app)) == 1


def test_nobody_ends_anothers(app: Flask, market: Market, signed_in) -> None:
    own, city = offer(app, market, "ONDE10", "bu_ani"), offer(app, market, "KOTA")
    for who, path in (
        ("pak_budi", f"/jualan/voucher/{own}/akhiri"),
        ("bu_ani", f"/jualan/voucher/{city}/akhiri"),
        ("bu_rina", f"/kantor/voucher/{own}/akhiri"),
    ):
        assert signed_in(who).post(path).status == 404
    assert "ONDE10" not in signed_in("pak_budi").get("/jualan/voucher").text
    assert [voucher.ended_at for voucher in made(app)] == [None, None]


def test_a_long_list_goes_on(app: Flask, market: Market, signed_in) -> None:
    for n in range(31):
        offer(app, market, f"KODE{n}", "bu_ani")
    ani = signed_in("bu_ani")
    first = ani.get("/jualan/voucher")
    assert "KODE30" in first.text
    assert "KODE0 " not in first.text
    rest = next(link for link in first.links() if "sesudah=" in link)
    assert "KODE0 " in ani.get(rest).text


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"starts_at": now() + timedelta(days=2)}, "Voucher ini baru berlaku"),
        ({"ends_at": now() - timedelta(hours=1)}, "Voucher ini sudah tidak berlaku."),
        ({"minimum": 75_000}, "Voucher ini untuk belanja mulai Rp75.000: kurang Rp25.000 lagi."),
        ({"who": "pak_budi"}, "Voucher ini hanya untuk toko lain, yang tidak ada di keranjang Anda."),
        ({"code": "LAIN"}, "Kode voucher ini tidak ada. Periksa lagi tulisannya."),
    ],
)
def test_a_voucher_that_does_not_fit_is_told_beside_its_field(app, market, client, terms, said) -> None:
    offer(app, market, **{"code": "KODE", "who": "bu_ani", **terms})
    fill_cart(client, market, onde=2)
    summary = give_address(client)
    page = use_voucher(client, summary, "Kode")
    assert page.status == 422
    beside = page.by_id("kode-voucher-error")
    assert beside is not None
    assert said in "".join(beside.itertext())
    assert page.by_id("kode-voucher").get("value") == "Kode"  # type: ignore[union-attr]
    assert "Siti Aminah" in page.text
    assert place(client, page).status == 409, "nobody orders at another price than was typed for"
    assert place(client, use_voucher(client, page, "")).status == 200
    assert [order.discount for order in orders(app)] == [0]


def test_absurd_codes_are_read_and_refused(app: Flask, market: Market, client: Browser) -> None:
    fill_cart(client, market, onde=1)
    summary = give_address(client)
    for typed in ("\x00", "' OR 1=1 --", "💸" * 500, "<script>"):
        assert use_voucher(client, summary, typed).status in (200, 422)
    assert client.get("/checkout/ringkasan").status == 200


def test_a_code_before_there_is_anything_to_order(app: Flask, market: Market, client: Browser) -> None:
    nowhere = {"voucher": "KODE"}
    assert client.post("/checkout/ringkasan", nowhere).location == "/keranjang"
    fill_cart(client, market, onde=1)
    assert client.post("/checkout/ringkasan", nowhere, follow=True).h1 == client.get("/checkout").h1
    summary = give_address(client)
    client.post("/keranjang/1", {"jumlah": "0"})
    assert use_voucher(client, summary, "KODE").h1 == client.get("/keranjang").h1


def test_used_up_and_ended_between_two_pages(app: Flask, market: Market, client: Browser, signed_in) -> None:
    voucher = offer(app, market, "SATU", "bu_ani", total=1)
    slow = Browser(app)
    fill_cart(slow, market, onde=2)
    seen = use_voucher(slow, give_address(slow, phone="081299999999"), "SATU")
    buy_with(client, market, "SATU")
    page = place(slow, seen)
    assert page.status == 409
    assert "Voucher ini sudah habis dipakai." in page.text
    signed_in("bu_ani").post(f"/jualan/voucher/{voucher}/akhiri")
    assert "Voucher ini sudah tidak berlaku." in use_voucher(slow, page, "satu").text
    assert held(app, voucher) == 1


def test_codes_are_read_as_people_write_them() -> None:
    assert [read_code(text) for text in ("onde 10", "ONDE-10", " Onde10 ")] == ["ONDE10"] * 3


def test_ordering_without_having_applied_shows_the_new_total(app: Flask, market: Market, client: Browser) -> None:
    """Typed and not applied: what the buyer did not see is not ordered, and the next press orders it."""
    offer(app, market, "ONDE10", "bu_ani")
    fill_cart(client, market, onde=2)
    page = place(client, give_address(client), voucher="onde10")
    assert page.status == 409
    assert "-Rp5.000" in page.text
    assert place(client, page).status == 200
    assert orders(app)[0].discount == 5_000
