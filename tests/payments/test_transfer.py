"""Bank transfer: an amount that tells the order, a proof that stops the clock, the shop's answer, what silence does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders.models import OrderEvent, State
from marketplace.payments import ledger
from marketplace.payments.books import Account
from marketplace.payments.models import PaymentState
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, place
from tests.payments.money import give_account, give_letterbox
from tests.payments.shopping import Purchase, SignIn, buy, buy_by_transfer
from tests.races.test_stock import breaches

MONDAY_10 = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MONDAY_10, tick=False) as travelling:
        yield travelling


@pytest.fixture
def purchase(app: Flask, clock: time_machine.Traveller, client: Browser, market: Market) -> Purchase:
    """Rp50.000 at Bu Ani's, to be transferred."""
    return buy_by_transfer(app, client, market)


def wait(clock: time_machine.Traveller, run_jobs: Callable[[], int], **time: float) -> None:
    clock.shift(timedelta(**time))
    run_jobs()


def test_the_buyer_sees_where_and_exactly_how_much(app: Flask, purchase: Purchase) -> None:
    payment, page = purchase.payment, purchase.page()
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.OPEN)
    assert payment.due == 50_000 + payment.code and 1 <= payment.code <= 999
    (mark,) = page.all("mark")
    assert mark.text == f"{payment.due % 1000:03}"
    assert f"Rp{payment.due:,}".replace(",", ".") in page.text.replace(" ", "")
    copies = [e.get("data-share") for e in page.root.iter("div") if e.get("data-share")]
    assert copies == [str(payment.due), "0012345678"]
    assert "Bank Jatim 0012345678 a.n. Ani Wulandari" in page.text
    assert "Bayar sebelum 24 November 2026, 10.00 WIB" in page.text
    assert "Menunggu pembayaran" in page.text and purchase.held == 2
    assert breaches(app) == []


def test_one_tap_says_paid_and_accepted(app: Flask, purchase: Purchase, market: Market, signed_in: SignIn) -> None:
    ani, shop = signed_in("bu_ani"), market.shops["bu_ani"]
    assert purchase.prove().status == 200
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.PROOF)
    desk = purchase.desk(ani)
    assert "Bukti sedang diperiksa" in desk.text
    (address,) = {link for link in desk.links() if "/bukti/" in link}
    assert ani.get(address).response.mimetype == "image/jpeg"
    assert signed_in("pak_budi").get(address).status == 404
    ani.submit(desk, f"/jualan/pesanan/{purchase.number}/uang-masuk")
    assert purchase.states == (State.ACCEPTED, PaymentState.CAPTURED)
    due = purchase.payment.due
    with app.app_context():
        assert ledger.balances() == {(Account.PAID_TO_SHOP, shop): due, (Account.SHOP_PAYABLE, shop): -due}
        last = db.session.scalars(select(OrderEvent).order_by(OrderEvent.id.desc())).first()
        assert last is not None and (last.actor, last.actor_id) == ("seller", market.people["bu_ani"])
    assert "Sudah dibayar" in purchase.page().text
    purchase.arrived(ani)
    assert purchase.states == (State.ACCEPTED, PaymentState.CAPTURED)
    assert breaches(app) == []


def test_money_may_be_seen_before_any_proof(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    purchase.arrived(signed_in("bu_ani"))
    assert purchase.states == (State.ACCEPTED, PaymentState.CAPTURED)


def test_an_unpaid_order_is_not_taken_on(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    page = purchase.desk(signed_in("bu_ani"), "terima")
    assert page.status == 409 and "menunggu pembayaran" in page.text
    assert purchase.order.state == State.AWAITING_PAYMENT


def test_without_a_proof_it_lapses_after_deadline_and_grace(
    app: Flask, purchase: Purchase, clock: time_machine.Traveller, run_jobs: Callable[[], int]
) -> None:
    wait(clock, run_jobs, hours=24, minutes=14)
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.OPEN)
    wait(clock, run_jobs, minutes=1)
    assert purchase.states == (State.CANCELLED, PaymentState.EXPIRED)
    assert purchase.held == 0
    assert "Pembayaran belum kami terima sampai batas waktunya" in purchase.page().text
    assert breaches(app) == []


def test_a_proof_stops_the_clock_and_silence_goes_to_the_office(
    app: Flask,
    market: Market,
    purchase: Purchase,
    clock: time_machine.Traveller,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
    signed_in: SignIn,
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_rina")
    clock.shift(timedelta(hours=23))
    purchase.prove()
    run_jobs()
    assert "Tidak ada" in signed_in("bu_rina").get("/kantor/pembayaran").text
    wait(clock, run_jobs, hours=23, minutes=59)
    assert not [letter for letter in mails() if "menunggu jawaban" in letter]
    wait(clock, run_jobs, minutes=2)
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.PROOF), "never cancelled by a clock"
    (letter,) = [letter for letter in mails() if "menunggu jawaban" in letter]
    assert "bu_rina@" in letter
    rina = signed_in("bu_rina")
    assert purchase.number in rina.get("/kantor/pembayaran").text
    page = rina.get(f"/kantor/pesanan/{purchase.number}")
    rina.submit(page, f"/kantor/pesanan/{purchase.number}/uang-masuk")
    assert purchase.states == (State.ACCEPTED, PaymentState.CAPTURED)
    assert breaches(app) == []


def test_an_answered_proof_alarms_nobody(
    purchase: Purchase, clock: time_machine.Traveller, run_jobs: Callable[[], int], signed_in: SignIn
) -> None:
    purchase.prove()
    purchase.arrived(signed_in("bu_ani"))
    wait(clock, run_jobs, hours=25)
    assert purchase.number not in signed_in("bu_rina").get("/kantor/pembayaran").text


def test_shop_and_buyer_are_told(
    app: Flask,
    market: Market,
    purchase: Purchase,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
    signed_in: SignIn,
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_ani")
    run_jobs()
    assert "Bayar sebelum 24 November 2026, 10.00 WIB" in mails()[-1] and "siti@contoh.example" in mails()[-1]
    purchase.prove()
    run_jobs()
    assert "bu_ani@" in mails()[-1] and "Periksa apakah uangnya sudah masuk" in mails()[-1]
    purchase.desk(signed_in("bu_ani"), "bukti/tolak", alasan="Belum ada di mutasi")
    run_jobs()
    assert "siti@contoh.example" in mails()[-1] and "Belum ada di mutasi" in mails()[-1]


def test_a_refused_proof_says_why_and_may_be_tried_again(
    app: Flask, purchase: Purchase, signed_in: SignIn, clock: time_machine.Traveller, run_jobs: Callable[[], int]
) -> None:
    ani = signed_in("bu_ani")
    purchase.prove()
    purchase.desk(ani, "bukti/tolak")
    assert "Alasan paling panjang 300 huruf." in purchase.desk(ani, "bukti/tolak", alasan="x" * 301).text
    assert purchase.payment.state == PaymentState.PROOF, "a refusal needs a reason of a length that can be read"
    for _twice in range(2):
        purchase.desk(ani, "bukti/tolak", alasan="Belum ada di mutasi")
    assert purchase.states == (State.AWAITING_PAYMENT, PaymentState.REFUSED)
    page = purchase.page()
    assert "Belum ada di mutasi" in page.text
    purchase.buyer.submit(page, f"/lacak/{purchase.token}/{purchase.number}/bayar", cara="transfer")
    first, second = purchase.payments
    assert (second.state, second.reference) == (PaymentState.OPEN, f"{purchase.number}-2")
    assert second.due != first.due
    wait(clock, run_jobs, hours=25)
    assert purchase.states == (State.CANCELLED, PaymentState.EXPIRED)
    assert breaches(app) == []


def test_a_refused_proof_that_nobody_follows_up_lapses(
    app: Flask, purchase: Purchase, signed_in: SignIn, clock: time_machine.Traveller, run_jobs: Callable[[], int]
) -> None:
    clock.shift(timedelta(hours=20))
    purchase.prove()
    purchase.desk(signed_in("bu_ani"), "bukti/tolak", alasan="Belum ada")
    wait(clock, run_jobs, hours=23)
    assert purchase.order.state == State.AWAITING_PAYMENT
    wait(clock, run_jobs, hours=2)
    assert purchase.states == (State.CANCELLED, PaymentState.REFUSED) and purchase.held == 0
    assert breaches(app) == []


def test_only_a_waiting_proof_can_be_refused(app: Flask, purchase: Purchase, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    assert purchase.desk(ani, "bukti/tolak", alasan="x").status == 409
    purchase.arrived(ani)
    assert purchase.desk(ani, "bukti/tolak", alasan="x").status == 409
    assert purchase.states == (State.ACCEPTED, PaymentState.CAPTURED)


def test_another_orders_payment_cannot_be_named(
    app: Flask, market: Market, purchase: Purchase, signed_in: SignIn
) -> None:
    other = buy(app, Browser(app), market, code="cod")
    ani = signed_in("bu_ani")
    assert purchase.desk(ani, "uang-masuk", pembayaran=other.payment.reference).status == 404
    assert purchase.desk(ani, "uang-masuk").status == 404
    assert other.desk(ani, "uang-masuk", pembayaran=other.payment.reference).status == 404, "cash is counted"
    assert signed_in("pak_budi").post(f"/jualan/pesanan/{purchase.number}/uang-masuk").status == 404


def test_a_suspended_shop_answers_no_proof(app: Flask, market: Market, purchase: Purchase, signed_in: SignIn) -> None:
    from marketplace.sellers.verification import suspend

    purchase.prove()
    with app.app_context():
        suspend(market.shops["bu_ani"], market.people["bu_rina"], "Alamat toko tidak ditemukan saat dikunjungi.")
    ani = signed_in("bu_ani")
    assert purchase.arrived(ani).status == 409
    assert purchase.desk(ani, "bukti/tolak", alasan="x").status == 409
    rina = signed_in("bu_rina")
    rina.post(f"/kantor/pesanan/{purchase.number}/bukti/tolak", {"alasan": ""})
    assert purchase.payment.state == PaymentState.PROOF
    rina.post(f"/kantor/pesanan/{purchase.number}/bukti/tolak", {"alasan": "Belum masuk"})
    assert purchase.payment.state == PaymentState.REFUSED


def test_the_digits_are_told_before_the_order(app: Flask, market: Market, client: Browser) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
    fill_cart(client, market, onde=1)
    assert "Transfer bank Ditambah kode unik, paling banyak Rp999" in give_address(client).text


def test_a_shop_without_an_account_offers_no_transfer(app: Flask, market: Market, client: Browser) -> None:
    fill_cart(client, market, onde=1)
    summary = give_address(client)
    assert "Transfer bank" not in summary.text
    page = place(client, summary, **{f"bayar-{market.shops['bu_ani']}": "transfer"})
    assert page.status == 409 and "Pilih cara bayar lain" in page.text
