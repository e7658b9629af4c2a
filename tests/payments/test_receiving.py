"""Where a shop is paid: a change needs the password, is told on every channel, counts after a day or by the office."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from marketplace.accounts.models import User
from marketplace.accounts.passwords import hashed
from marketplace.audit import AuditRow
from marketplace.db import db, writing
from marketplace.notices import delivery
from marketplace.payments.models import Channel, ReceivingAccount
from marketplace.payments.receiving import in_use
from tests.browser import Browser, Page
from tests.factories import Market
from tests.payments.money import give_account, give_letterbox

SignIn = Callable[[str], Browser]
PATH = "/jualan/toko/pembayaran/rekening"
PASSWORD = "onde onde wijen"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False) as travelling:
        yield travelling


@pytest.fixture
def ani(app: Flask, market: Market, clock: time_machine.Traveller, signed_in: SignIn) -> Browser:
    with app.app_context(), writing() as session:
        session.execute(update(User).values(password_hash=hashed(PASSWORD)))
    return signed_in("bu_ani")


def announce(ani: Browser, **changes: str) -> Page:
    form = {"bank": "BRI", "number": "1234-5678 90", "holder": "Ani Wulandari", "password": PASSWORD, **changes}
    return ani.post(PATH, form, follow=True)


def number_in_use(app: Flask, market: Market) -> str | None:
    with app.app_context():
        account = in_use([market.shops["bu_ani"]]).get((market.shops["bu_ani"], Channel.BANK))
        return account.number if account else None


def test_a_new_account_counts_after_a_day(
    app: Flask, market: Market, ani: Browser, clock: time_machine.Traveller
) -> None:
    with app.app_context():
        give_account(market, "bu_ani", "0011111111")
    page = announce(ani)
    assert page.status == 200 and "Berlaku mulai 24 November 2026, 10.00 WIB" in page.text
    clock.shift(timedelta(hours=23, minutes=59))
    assert number_in_use(app, market) == "0011111111"
    clock.shift(timedelta(minutes=1))
    assert number_in_use(app, market) == "1234567890"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"password": "somebody else"}, "Kata sandi Anda yang sekarang tidak cocok"),
        ({"password": ""}, "wajib diisi"),
        ({"number": "12x"}, "Nomor rekening terdiri dari 6 sampai 20 angka"),
        ({"holder": ""}, "wajib diisi"),
    ],
)
def test_without_the_password_nothing_changes(
    app: Flask, market: Market, ani: Browser, changes: dict[str, str], sentence: str
) -> None:
    page = announce(ani, **changes)
    assert page.status == 422 and sentence in page.text
    with app.app_context():
        assert db.session.scalar(select(ReceivingAccount.id)) is None


def test_the_owner_hears_on_every_channel(
    app: Flask,
    market: Market,
    ani: Browser,
    run_jobs: Callable[[], int],
    mails: Callable[[], list[str]],
    change_settings: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    chats: list[str] = []
    monkeypatch.setattr(delivery, "send_whatsapp", lambda phone, text: chats.append(phone))
    change_settings(whatsapp_gateway_url="http://gateway.example")
    with app.app_context():
        give_letterbox(market, "bu_ani")
        phone = db.session.get_one(User, market.people["bu_ani"]).phone
    announce(ani)
    run_jobs()
    (letter,) = mails()
    assert "bu_ani@" in letter and "berakhiran 7890" in letter and "1234567890" not in letter
    assert sorted(chats) == sorted([str(phone), "6281234567890"]), "her own phone and the shop's"


def test_the_office_agrees_at_once_or_not_at_all(app: Flask, market: Market, ani: Browser, signed_in: SignIn) -> None:
    rina = signed_in("bu_rina")
    announce(ani)
    page = rina.get("/kantor/pembayaran")
    assert "Onde-onde Bu Ani" in page.text and "1234567890" in page.text
    with app.app_context():
        id = db.session.scalars(select(ReceivingAccount.id)).one()
    rina.submit(page, f"/kantor/pembayaran/rekening/{id}/setuju")
    assert number_in_use(app, market) == "1234567890"
    assert rina.post(f"/kantor/pembayaran/rekening/{id}/setuju").status == 404, "it waits no more"
    announce(ani, number="999999999")
    with app.app_context():
        second = db.session.scalars(select(ReceivingAccount.id).order_by(ReceivingAccount.id.desc())).first()
    rina.post(f"/kantor/pembayaran/rekening/{second}/tolak")
    assert rina.post(f"/kantor/pembayaran/rekening/{second}/tolak").status == 404
    assert "999999999" not in ani.get("/jualan/toko/pembayaran").text
    with app.app_context():
        verbs = db.session.scalars(select(AuditRow.verb).where(AuditRow.kind == "receiving_account"))
        assert list(verbs) == ["announce", "approve", "announce", "refuse"]


def test_a_second_announcement_replaces_the_first(
    app: Flask, market: Market, ani: Browser, clock: time_machine.Traveller
) -> None:
    announce(ani, number="1111111")
    clock.shift(timedelta(hours=1))
    announce(ani, number="2222222")
    clock.shift(timedelta(hours=23, minutes=30))
    assert number_in_use(app, market) is None
    clock.shift(timedelta(hours=1))
    assert number_in_use(app, market) == "2222222"


def test_a_shop_stops_taking_transfers(app: Flask, market: Market, ani: Browser) -> None:
    with app.app_context():
        give_account(market, "bu_ani")
        give_account(market, "pak_budi")
    page = ani.get("/jualan/toko/pembayaran")
    assert "0012345678" in page.text
    ani.submit(page, "/jualan/toko/pembayaran/bank/berhenti")
    assert number_in_use(app, market) is None
    with app.app_context():
        assert in_use([market.shops["pak_budi"]]), "another shop's account is its own"
