"""Proof: a button behind a mailed link, or the officer's check; it makes a phone or e-mail one account's own."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.accounts.events import proved
from marketplace.clock import now
from marketplace.db import db
from tests.accounts.people import link_in, person, register, sign_in, with_password
from tests.browser import Browser
from tests.factories import LONG_AGO

RunJobs = Callable[[], int]
Mails = Callable[[], list[str]]
Signal = dict[str, object]


@pytest.fixture
def siti(app: Flask) -> int:
    return with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")


@pytest.fixture
def browser(app: Flask, siti: int) -> Browser:
    browser = Browser(app)
    sign_in(browser)
    return browser


@pytest.fixture
def link(browser: Browser, run_jobs: RunJobs, mails: Mails) -> str:
    assert "Tautan bukti sudah kami kirim." in browser.submit(browser.get("/akun"), "/akun/bukti").text
    run_jobs()
    return link_in(mails()[-1])


@pytest.fixture
def signals() -> list[Signal]:
    return []


@pytest.fixture
def listening(signals: list[Signal]) -> Callable[..., None]:
    def receiver(_sender: object, **values: object) -> None:
        assert db.session().info["writing"], "sent inside the write transaction"
        signals.append(values)

    return receiver


def test_looking_proves_nothing_and_the_button_proves_once(
    app: Flask, browser: Browser, siti: int, link: str, signals: list[Signal], listening: Callable[..., None]
) -> None:
    page = browser.get(link)
    assert "siti@contoh.com" in page.text
    assert not person(app, siti).has_proved("email")
    with proved.connected_to(listening):
        assert browser.submit(page, link, follow=False).location == "/akun"
        assert browser.post(link).status == 410
    assert person(app, siti).has_proved("email")
    assert signals == [{"user_id": siti, "phone": "", "email": "siti@contoh.com"}]


def test_a_proof_takes_the_account_as_well_as_the_mailbox(app: Flask, client: Browser, siti: int, link: str) -> None:
    assert client.get(link).location == f"/masuk?next={link}"
    assert client.post(link).location == "/masuk"
    with_password(app, "Salah alamat", phone="6281200001111")
    sign_in(client, "081200001111")
    for answer in (client.get(link), client.post(link)):
        assert answer.status == 409
        assert "Tautan ini milik akun lain." in answer.text
    assert not person(app, siti).has_proved("email")


def test_what_a_receiver_refuses_proves_nothing(app: Flask, browser: Browser, siti: int, link: str) -> None:
    def receiver(_sender: object, **_values: object) -> None:
        raise RuntimeError("no")

    with proved.connected_to(receiver):
        assert browser.post(link).status == 500
    assert not person(app, siti).has_proved("email")
    assert browser.post(link).status == 303


def test_a_proof_is_exclusive_and_the_second_gets_a_helpful_sentence(
    app: Flask, browser: Browser, siti: int, link: str
) -> None:
    with_password(app, "Pertama", phone="6281200001111", email="siti@contoh.com", email_proved_at=LONG_AGO)
    answer = browser.post(link)
    assert answer.status == 409
    assert "E-mail ini sudah terbukti milik akun lain." in answer.text
    assert not person(app, siti).has_proved("email")
    assert browser.get(link).status == 200, "a refused proof does not use the link up"


def test_a_link_is_good_for_three_days(browser: Browser, link: str) -> None:
    with time_machine.travel(now() + timedelta(days=2, hours=23)):
        assert browser.get(link).status == 200
    with time_machine.travel(now() + timedelta(days=3, minutes=1)):
        assert browser.get(link).status == 410


def test_a_link_of_an_address_that_was_changed_proves_nothing(
    app: Flask, browser: Browser, siti: int, link: str
) -> None:
    page = browser.get("/akun/profil")
    browser.submit(page, "/akun/profil", email="lain@contoh.com", old="kopi tubruk pagi")
    assert person(app, siti).email == "lain@contoh.com"
    assert browser.post(link).status == 410


def test_a_proof_link_opens_no_password_and_a_reset_link_no_proof(browser: Browser, link: str) -> None:
    token = link.rsplit("/", 1)[1]
    assert browser.get(f"/lupa/{token}").status == 410
    assert browser.post(f"/lupa/{token}", {"password": "wedang jahe malam"}).status == 410
    assert browser.get(link).status == 200


def test_there_is_nothing_to_send_without_an_unproved_email(app: Flask, run_jobs: RunJobs, mails: Mails) -> None:
    browser = Browser(app)
    register(browser)
    assert "Tidak ada e-mail yang perlu dibuktikan." in browser.post("/akun/bukti").text
    run_jobs()
    assert mails() == []


def test_letters_to_one_address_are_few(browser: Browser) -> None:
    assert [browser.post("/akun/bukti").status for _ in range(6)] == [303] * 5 + [429]


def test_registering_with_a_link_proves_the_email(client: Browser, app: Flask, run_jobs: RunJobs, mails: Mails) -> None:
    register(client, "baru@contoh.com")
    run_jobs()
    client.post(link_in(mails()[0]))
    assert "Terbukti" in client.get("/akun").text
    assert person(app).has_proved("email")
