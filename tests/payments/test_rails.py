"""Payouts by Stripe transfer: off unless asked for, sent once whatever breaks, back on the balance when they fail."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from stripe import Transfer, TransferReversal

from marketplace.payments import payout_transfers, payouts, receiving
from marketplace.payments.books import Account
from marketplace.payments.models import Channel, ReceivingAccount
from marketplace.payments.payout_models import Payout, PayoutState
from marketplace.payments.statements import owed
from tests.browser import Browser
from tests.factories import Market
from tests.fakestripe.bank import Item
from tests.payments.cards import Till, settings_of
from tests.payments.earned import earn
from tests.payments.money import give_account, give_letterbox
from tests.payments.test_payouts import AFTER, MONDAY, NEXT, WEEK

Jobs = Callable[[], int]
PAGE, ACCOUNT = "/kantor/pendapatan/2026-W47", "acct_ani123"
SHOP, CONNECT = "/kantor/toko/onde-onde-bu-ani", "/kantor/toko/onde-onde-bu-ani/akun-stripe"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(AFTER, tick=False) as travelling:
        yield travelling


@pytest.fixture
def shop(app: Flask, market: Market, clock: time_machine.Traveller, till: Till, change_settings: Any) -> int:
    """Bu Ani has earned 98,000 and connected her account; the market has enough at Stripe. Her shop's id."""
    change_settings(**settings_of(till.fake), stripe_transfers=True)
    shop_id = market.shops["bu_ani"]
    till.fake.connect(ACCOUNT)
    till.fake.pay(till.open(till.ask(150_000)))
    till.look(1)
    earn(app, shop_id, MONDAY, 100_000, fee=2_000)
    with app.app_context():
        give_account(market, "bu_ani")
        receiving.connect(shop_id, market.people["bu_rina"], ACCOUNT)
    return shop_id


def run_of(app: Flask, market: Market) -> int:
    with app.app_context():
        return payouts.make_run(WEEK, market.people["bu_rina"])


def paid_out(till: Till) -> Payout:
    payout: Payout = till.rows(Payout)[-1]
    return payout


def transfers(till: Till) -> list[Item]:
    return till.fake.bank.all(Transfer)


def balance(till: Till, shop_id: int) -> int:
    with till.app.app_context():
        return owed()[shop_id]


def test_nobody_sees_it_without_the_setting(
    app: Flask, market: Market, till: Till, shop: int, rina: Browser, change_settings: Any
) -> None:
    change_settings(**settings_of(till.fake), stripe_transfers=False)
    assert "Pembayaran lewat Stripe" not in rina.get(SHOP).text
    assert rina.post(CONNECT, {"number": ACCOUNT}).status == 404
    run_of(app, market)
    assert (paid_out(till).rail, paid_out(till).number) == ("bank_file", "0012345678")
    assert "Stripe" not in rina.get(PAGE).text


def test_the_whole_way_of_a_transfer(app: Flask, market: Market, till: Till, shop: int, rina: Browser) -> None:
    page = rina.get(PAGE)
    page = rina.submit(page, PAGE)
    assert "begitu saldo platform di Stripe cukup" in page.text and "Unduh berkas bank" not in page.text
    assert "98000" not in rina.post(f"{PAGE}/berkas").response.get_data(as_text=True), "the bank sends it, too"
    rina.post(f"{PAGE}/terbayar", {"bayar": paid_out(till).id, "reference": "BJ-1"})
    assert paid_out(till).state == PayoutState.DUE, "the office says what only Stripe knows"


def test_a_transfer_is_sent_and_booked(app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs) -> None:
    run_of(app, market)
    run_jobs()
    (sent,) = transfers(till)
    assert (sent["amount"], sent["currency"], sent["destination"]) == (9_800_000, "idr", ACCOUNT)
    payout = paid_out(till)
    assert (payout.state, payout.reference, payout.bank) == (PayoutState.PAID, sent["id"], "Stripe")
    balances = till.balances()
    assert (balances[Account.PAYOUT_CLEARING, None], balances[Account.PROVIDER_CLEARING, None]) == (0, 52_000)
    assert balance(till, shop) == 0 and till.breaches() == []


@pytest.mark.parametrize("fault", ["unheard", "unanswered", "error_500", "error_500_after"])
def test_a_silent_stripe_is_asked_again_under_the_same_key(
    app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs, clock: time_machine.Traveller, fault: str
) -> None:
    till.fake.fault(fault, on="POST /v1/transfers", seconds=3)
    run_of(app, market)
    run_jobs()
    assert paid_out(till).state == PayoutState.DUE
    clock.shift(timedelta(minutes=11))
    run_jobs()
    keys = {asked.key for asked in till.fake.api.log if asked.what == "POST /v1/transfers"}
    assert keys == {f"payout-{paid_out(till).id}-1"}
    assert len(transfers(till)) == 1 and paid_out(till).state == PayoutState.PAID
    assert till.breaches() == []


def test_a_crash_between_call_and_mark_pays_nothing_twice(
    app: Flask, market: Market, till: Till, shop: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_of(app, market)
    with till.app.app_context(), monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(payouts, "end_sent", lambda *_args: (_ for _ in ()).throw(SystemExit))
        payout_transfers.send(paid_out(till).id)
    till.fake.advance(25 * 3600)  # Stripe has forgotten the key
    for _ in range(2):
        with till.app.app_context():
            payout_transfers.send(paid_out(till).id)
    assert len(transfers(till)) == 1 and paid_out(till).state == PayoutState.PAID
    assert till.breaches() == []


def test_what_stripe_refuses_is_paid_the_next_week(
    app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs, clock: time_machine.Traveller
) -> None:
    till.fake.bank.accounts.clear()
    run_of(app, market)
    run_jobs()
    assert paid_out(till).state == PayoutState.RETURNED and "destination" in paid_out(till).reference
    assert balance(till, shop) == 98_000 and till.breaches() == []
    till.fake.connect(ACCOUNT)
    clock.shift(timedelta(days=7))
    with app.app_context():
        payouts.make_run(NEXT, market.people["bu_rina"])
    run_jobs()
    assert paid_out(till).state == PayoutState.PAID and len(transfers(till)) == 1


def test_a_balance_that_is_too_low_is_waited_for(
    app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs, clock: time_machine.Traveller
) -> None:
    earn(app, shop, MONDAY, 100_000)
    run_of(app, market)
    run_jobs()
    assert paid_out(till).state == PayoutState.DUE and transfers(till) == []
    till.fake.pay(till.open(till.ask(60_000)))
    clock.shift(timedelta(hours=2))
    run_jobs()
    assert [sent["amount"] for sent in transfers(till)] == [19_800_000]
    assert paid_out(till).state == PayoutState.PAID


def test_the_office_fetches_a_transfer_back(
    app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs, rina: Browser
) -> None:
    run_of(app, market)
    form = {"bayar": paid_out(till).id, "reason": "Akun tertukar"}
    early = rina.post(f"{PAGE}/kembali", form)
    assert early.status == 422 and "masih dikirim lewat Stripe" in early.text and "Akun tertukar" in early.html
    run_jobs()
    till.fake.fault("unanswered", on="reversals", seconds=3)
    silent = rina.post(f"{PAGE}/kembali", form)
    assert silent.status == 422 and "Stripe belum menarik dana ini kembali" in silent.text
    assert paid_out(till).state == PayoutState.PAID
    assert "Kembali ke saldo" in rina.post(f"{PAGE}/kembali", form, follow=True).text
    assert rina.post(f"{PAGE}/kembali", form).status in {409, 422}
    assert len(till.fake.bank.all(TransferReversal)) == 1 and transfers(till)[0]["reversed"]
    assert (paid_out(till).state, balance(till, shop)) == (PayoutState.RETURNED, 98_000)
    assert till.balances()[Account.PROVIDER_CLEARING, None] == 150_000
    assert till.breaches() == []


def test_a_reversal_made_at_stripe_is_heard(app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs) -> None:
    run_of(app, market)
    run_jobs()
    reverse = till.fake.client().v1.transfers.reversals.create
    for amount, state in ((1_000_000, PayoutState.PAID), (8_800_000, PayoutState.RETURNED)):
        reverse(paid_out(till).reference, {"amount": amount})
        event = till.events(transfers(till)[0]["id"])[-1]
        assert [till.hear(event), till.hear(event)] == [200, 200]
        run_jobs()
        assert paid_out(till).state == state
    assert balance(till, shop) == 98_000 and till.breaches() == []


def test_one_that_is_reversed_before_we_hear_of_it_is_back(
    app: Flask, market: Market, till: Till, shop: int, run_jobs: Jobs, clock: time_machine.Traveller
) -> None:
    till.fake.fault("unanswered", on="POST /v1/transfers", seconds=3)
    run_of(app, market)
    run_jobs()
    till.fake.client().v1.transfers.reversals.create(transfers(till)[0]["id"])
    clock.shift(timedelta(minutes=11))
    run_jobs()
    assert paid_out(till).state == PayoutState.RETURNED and balance(till, shop) == 98_000
    assert till.breaches() == []


def test_the_office_connects_an_account(
    app: Flask,
    market: Market,
    till: Till,
    shop: int,
    rina: Browser,
    run_jobs: Jobs,
    mails: Callable[[], list[str]],
) -> None:
    with app.app_context():
        give_letterbox(market, "bu_ani")
    wrong = rina.post(CONNECT, {"number": "0012345678"})
    assert wrong.status == 422 and "acct_1A2b3C" in wrong.text and "0012345678" in wrong.html
    page = rina.get(SHOP)
    assert ACCOUNT in page.html
    for number, rows in ((ACCOUNT, 1), ("acct_other1", 2), ("acct_other1", 2), ("", 2)):
        rina.post(CONNECT, {"number": number}, follow=True)
        assert len([row for row in till.rows(ReceivingAccount) if row.channel == Channel.STRIPE]) == rows
    (field,) = rina.get(SHOP).all("input", name="number")
    assert field.get("value", "") == ""
    run_jobs()
    first, second = mails()
    assert "akun Stripe berakhiran i123" in first and "akun Stripe berakhiran her1" in second
    run_of(app, market)
    assert paid_out(till).rail == "bank_file"
