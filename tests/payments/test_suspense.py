"""Money that belongs to nothing we know: the officer books it on the order that it is for, or sends it back, once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from flask import Flask
from stripe import PaymentIntent, Refund

from marketplace.clock import now
from marketplace.db import writing
from marketplace.orders.models import Order, State
from marketplace.payments import ledger, suspense
from marketplace.payments.books import Account, Journal, JournalKind
from marketplace.payments.models import Actor, Channel, Payment, PaymentState
from marketplace.payments.settling import Outcome, Place, Receipt, settle
from marketplace.payments.stripe_card import PLACE
from tests.factories import Market
from tests.payments.card_promises import order_by_card
from tests.payments.cards import Till
from tests.payments.money import give_letterbox, make_payment, receipt_for
from tests.payments.shopping import SignIn

OFFICE = "/kantor/pembayaran"
Jobs = Callable[[], int]


def lost(till: Till, market: Market, **lie: object) -> tuple[str, str]:
    """An order by card whose money Stripe tells wrongly: where the office sees it, and the order's number."""
    session = order_by_card(till, market)
    till.fake.pay(session)
    till.fake.alter(session, **(lie or {"client_reference_id": "PM-OTHER-1"}))
    till.look(till.rows(Payment)[-1].id)
    journal = [journal for journal in till.rows(Journal) if journal.kind == JournalKind.SUSPENSE][-1]
    return f"{OFFICE}/{journal.id}", till.rows(Order)[-1].number


def balance(till: Till, account: Account) -> int:
    return till.balances().get((account, None), 0)


def test_the_officer_books_it_on_its_order(till: Till, market: Market, signed_in: SignIn) -> None:
    rina = signed_in("bu_rina")
    path, number = lost(till, market)
    assert till.rows(Order)[0].state == State.CANCELLED and balance(till, Account.SUSPENSE) == -50_000
    index = rina.get(OFFICE)
    assert "Nomor pembayarannya tidak dikenal. PM-OTHER-1" in index.text and path in index.links()
    page = rina.get(path)
    assert "Rp50.000" in page.text and "Nomor pembayarannya tidak dikenal" in page.text
    done = rina.submit(page, f"{path}/pesanan", nomor=number.lower())
    assert done.status == 200 and path not in done.links() and number in done.text.upper()
    assert till.rows(Order)[0].state == State.PLACED and till.state(1) == PaymentState.CAPTURED
    assert balance(till, Account.SUSPENSE) == 0 and balance(till, Account.PROVIDER_CLEARING) == 50_000
    again = rina.submit(page, f"{path}/pesanan", nomor=number)
    assert again.status == 200 and "Uang ini sudah diselesaikan" in again.text
    assert rina.get(path).status == 303
    till.look(1)
    assert balance(till, Account.PROVIDER_CLEARING) == 50_000, "Stripe may tell it again"
    assert till.breaches() == []


@pytest.mark.parametrize("nomor", ["", "x" * 41, "PM-261122-AAAAA", "another order"])
def test_what_does_not_fit_is_said_beside_the_field(till: Till, market: Market, signed_in: SignIn, nomor: str) -> None:
    rina = signed_in("bu_rina")
    path, number = lost(till, market, amount_total=4_999_900)
    nomor = number if nomor == "another order" else nomor
    page = rina.post(f"{path}/pesanan", {"nomor": nomor})
    assert page.status == 422 and page.by_id("nomor-error") is not None
    (typed,) = page.all("input", name="nomor")
    assert typed.get("value", "") == nomor
    assert balance(till, Account.SUSPENSE) == -49_999 and till.rows(Order)[0].state == State.CANCELLED
    assert till.breaches() == []


def test_money_on_a_strange_account_is_for_no_order(till: Till, market: Market, signed_in: SignIn) -> None:
    session = order_by_card(till, market)
    till.fake.alter(till.fake.pay(session)["payment_intent"], on_behalf_of="acct_other")
    till.look(1)
    page = signed_in("bu_rina").post(
        f"{OFFICE}/{till.rows(Journal)[0].id}/pesanan", {"nomor": till.rows(Order)[0].number}
    )
    assert page.status == 422 and "Uangnya masuk ke rekening lain" in page.text


@pytest.mark.parametrize("lie", [{"amount_total": 4_999_900}, {"currency": "usd"}])
def test_it_goes_back_with_a_reason(
    till: Till, market: Market, signed_in: SignIn, run_jobs: Jobs, lie: dict[str, object]
) -> None:
    rina = signed_in("bu_rina")
    path, number = lost(till, market, **lie)
    page = rina.get(path)
    refused = rina.submit(page, f"{path}/kembali", alasan=" ")
    assert refused.status == 422 and refused.by_id("alasan-error") is not None
    done = rina.submit(refused, f"{path}/kembali", alasan="Jumlahnya keliru.")
    assert "Sedang dikirim kembali" in done.text and balance(till, Account.SUSPENSE) == 0
    assert "Uang ini sudah diselesaikan" in rina.submit(page, f"{path}/kembali", alasan="Sekali lagi").text
    assert "Uang ini sudah diselesaikan" in rina.submit(page, f"{path}/pesanan", nomor=number).text
    till.fake.fault("unanswered", on="POST /v1/refunds")
    run_jobs()
    rina.post(f"{path}/kirim-lagi")
    run_jobs()
    run_jobs()
    assert [refund["amount"] for refund in till.fake.bank.all(Refund)] == [5_000_000], "all that was charged, once"
    assert set(till.balances().values()) == {0}
    assert path not in rina.get(OFFICE).links()
    assert till.breaches() == []


def test_what_the_bank_does_not_take_is_told_and_sent_again(
    till: Till,
    market: Market,
    signed_in: SignIn,
    run_jobs: Jobs,
    mails: Callable[[], list[str]],
) -> None:
    rina = signed_in("bu_rina")
    with till.app.app_context():
        give_letterbox(market, "bu_rina")
    path, _number = lost(till, market)
    till.fake.fault("refund_pending")
    rina.post(f"{path}/kembali", {"alasan": "Bukan untuk pasar ini."})
    run_jobs()
    till.fake.end_refund(till.fake.bank.all(Refund)[0]["id"], "failed")
    with time_machine.travel(now() + suspense.LOOK_AGAIN):
        run_jobs()
    assert any("Bank tidak menerima uang" in letter for letter in mails())
    page = rina.get(path)
    assert "Bila bank tidak menerimanya" in page.text and balance(till, Account.REFUND_CLEARING) == -50_000
    rina.submit(page, f"{path}/kirim-lagi")
    run_jobs()
    assert set(till.balances().values()) == {0} and till.breaches() == []
    assert rina.post(f"{path}/terkirim").status == 303, "a second officer's tap"
    with till.app.app_context():
        suspense.send_back(1, again=True)
    assert set(till.balances().values()) == {0}


def test_what_no_provider_has_is_sent_by_hand(app: Flask, market: Market, signed_in: SignIn, run_jobs: Jobs) -> None:
    rina, shop_id = signed_in("bu_rina"), market.shops["bu_ani"]
    with app.app_context(), writing():
        place = Place(f"{Channel.BANK}:9", Account.PAID_TO_SHOP, shop_id)
        assert settle(Receipt("X-1", 7_000, "IDR", place, "bank:9:mutasi", Actor.SYSTEM)) == Outcome.SUSPENSE
    path = f"{OFFICE}/1"
    assert rina.post(f"{path}/terkirim").status == 303, "nobody has said that it goes back"
    rina.post(f"{path}/kirim-lagi")
    rina.post(f"{path}/kembali", {"alasan": "Salah kirim."})
    run_jobs()
    page = rina.get(path)
    assert "Sedang dikirim kembali" in page.text
    rina.submit(page, f"{path}/terkirim")
    with app.app_context():
        assert set(ledger.balances().values()) == {0}
    assert rina.get(f"{OFFICE}/99").status == 404


def test_two_officers_at_once_end_it_once(till: Till, market: Market) -> None:
    with till.app.app_context(), writing():
        payments = [make_payment(None, 50_000, way="stripe_card", account="stripe").id for _ in range(2)]
        settle(Receipt("X-1", 50_000, "IDR", PLACE, "stripe:pi_x", Actor.SYSTEM))
    moves: list[Callable[[], None]] = [
        *(lambda id=id: suspense.assign(1, [id], market.people["bu_rina"]) for id in payments),  # type: ignore[misc]
        lambda: suspense.give_back(1, "Salah kirim.", market.people["bu_rina"]),
    ]

    def run(move: Callable[[], None]) -> bool:
        with till.app.app_context():
            try:
                move()
            except suspense.AlreadyEnded:
                return False
            return True

    with ThreadPoolExecutor(6) as crowd:
        won = list(crowd.map(run, moves * 2))
    assert sum(won) == 1
    states = [till.state(id) for id in payments]
    assert states.count(PaymentState.CAPTURED) + int(won[2] or won[5]) == 1
    assert balance(till, Account.SUSPENSE) == 0 and till.breaches() == []


def test_what_has_gone_back_at_stripe_already_is_told(
    till: Till, market: Market, signed_in: SignIn, run_jobs: Jobs, mails: Callable[[], list[str]]
) -> None:
    with till.app.app_context():
        give_letterbox(market, "bu_rina")
    path, _number = lost(till, market)
    (intent,) = till.fake.bank.all(PaymentIntent)
    till.fake.client().v1.refunds.create({"payment_intent": intent["id"]})
    signed_in("bu_rina").post(f"{path}/kembali", {"alasan": "Salah kirim."})
    run_jobs()
    run_jobs()
    assert any("Bank tidak menerima uang" in letter for letter in mails())


@pytest.fixture
def stray(till: Till) -> Payment:
    """Rp50.000 of nobody, and a payment that asks for as much."""
    with till.app.app_context(), writing():
        settle(Receipt("X-1", 50_000, "IDR", PLACE, "stripe:pi_x", Actor.SYSTEM))
        return make_payment(None, 50_000, way="stripe_card", account="stripe")


def test_an_order_that_is_paid_in_that_moment_is_not_paid_twice(
    till: Till, market: Market, stray: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own money comes between the officer's look and the booking."""
    end = suspense._end

    def and_then_it_is_paid(*given: Any) -> None:
        end(*given)
        settle(receipt_for(stray))

    monkeypatch.setattr(suspense, "_end", and_then_it_is_paid)
    with till.app.test_request_context(), pytest.raises(suspense.NothingFits):
        suspense.assign(1, [stray.id], market.people["bu_rina"])
    assert balance(till, Account.SUSPENSE) == -50_000, "it waits as before"


def test_the_second_officer_who_had_looked_before_the_first_wrote_is_told_so(
    till: Till, market: Market, stray: Payment, monkeypatch: pytest.MonkeyPatch
) -> None:
    with till.app.test_request_context():
        seen = suspense.money_of(1)
        suspense.assign(1, [stray.id], market.people["bu_rina"])
        monkeypatch.setattr(suspense, "_waiting", lambda _id: seen)
        with pytest.raises(suspense.AlreadyEnded):
            suspense.give_back(1, "Salah kirim.", market.people["bu_rina"])
    assert balance(till, Account.REFUND_CLEARING) == 0 and till.breaches() == []
