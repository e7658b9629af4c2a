"""Forgotten passwords: a mailed link that works once, an officer's code, and never a word about who has an account."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import OneTimeCode
from marketplace.clock import now
from marketplace.db import db
from marketplace.jobs import Job
from tests.accounts.people import PASSWORD, is_signed_in, link_in, person, sign_in, with_password
from tests.browser import Browser, Page
from tests.factories import LONG_AGO

NEW = "wedang jahe malam"
RunJobs = Callable[[], int]
Mails = Callable[[], list[str]]


@pytest.fixture
def siti(app: Flask) -> int:
    return with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")


def ask(browser: Browser, identity: str) -> Page:
    return browser.submit(browser.get("/lupa"), "/lupa", follow=False, identity=identity)


def mailed_link(browser: Browser, run_jobs: RunJobs, mails: Mails, identity: str = "siti@contoh.com") -> str:
    ask(browser, identity)
    run_jobs()
    return link_in(mails()[-1])


def test_a_link_sets_the_password_and_proves_the_email(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    link = mailed_link(client, run_jobs, mails)
    page = client.get(link)
    assert page.headers["Cache-Control"] == "no-store"
    answer = client.post(link, {"password": NEW}, follow=True)
    assert answer.h1 == "Akun"
    assert person(app, siti).email_proved_at is not None
    assert sign_in(Browser(app), password=NEW).status == 303
    assert sign_in(Browser(app), password=PASSWORD).status == 422


def test_a_link_ends_every_other_session(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    elsewhere = Browser(app)
    sign_in(elsewhere)
    link = mailed_link(client, run_jobs, mails)
    client.post(link, {"password": NEW})
    assert not is_signed_in(elsewhere)
    assert is_signed_in(client)


def test_looking_at_a_link_does_not_use_it_and_using_it_twice_fails(
    app: Flask, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    link = mailed_link(Browser(app), run_jobs, mails)
    for _ in range(3):
        assert Browser(app).get(link).status == 200
    assert Browser(app).post(link, {"password": "12345678"}).status == 422, "a poor password does not use it up either"
    assert Browser(app).post(link, {"password": NEW}).status == 303
    again = Browser(app).post(link, {"password": "sandi si penyusup"})
    assert again.status == 410
    assert "Tautan ini sudah dipakai atau sudah lewat waktunya." in again.text
    assert Browser(app).get(link).status == 410
    assert sign_in(Browser(app), password=NEW).status == 303


def test_a_link_lives_half_an_hour(app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails) -> None:
    link = mailed_link(client, run_jobs, mails)
    with time_machine.travel(now() + timedelta(minutes=29)):
        assert client.get(link).status == 200
    with time_machine.travel(now() + timedelta(minutes=31)):
        assert client.get(link).status == 410
        assert client.post(link, {"password": NEW}).status == 410


def test_one_use_ends_the_other_open_links(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    first = mailed_link(client, run_jobs, mails)
    second = mailed_link(client, run_jobs, mails)
    assert client.post(first, {"password": NEW}).status == 303
    assert client.get(second).status == 410


@pytest.mark.parametrize("token", ["x", "a" * 5000, "'", "terkirim/x"])
def test_invented_links_open_nothing(client: Browser, token: str) -> None:
    assert client.get(f"/lupa/{token}").status in {404, 410}
    assert client.post(f"/lupa/{token}", {"password": NEW}).status in {404, 410}


def test_the_token_stands_nowhere_in_the_database(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    token = mailed_link(client, run_jobs, mails).rsplit("/", 1)[1]
    with app.app_context():
        rows = [str(row) for table in db.metadata.sorted_tables for row in db.session.execute(table.select())]
        assert len(db.session.scalars(select(OneTimeCode)).all()) == 1
        assert len(db.session.scalars(select(Job)).all()) == 2
    assert len(token) == 43
    assert not [row for row in rows if token in row]


def test_known_and_unknown_people_get_the_same_answer_and_the_same_work(
    app: Flask, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    for known, unknown in (("siti@contoh.com", "joko@contoh.com"), ("0812-3456-7890", "0812-9999-8888")):
        first, second = ask(Browser(app), known), ask(Browser(app), unknown)
        assert (first.status, first.location, first.html) == (second.status, second.location, second.html)
    with app.app_context():
        jobs = db.session.scalars(select(Job)).all()
        assert [(job.kind, sorted(json.loads(job.payload))) for job in jobs] == [
            ("accounts.send_reset_links", ["by", "language", "value"])
        ] * 4
    run_jobs()
    assert [letter.split("\n")[0] for letter in mails()] == ["To: siti@contoh.com"] * 2


def test_a_phone_with_an_email_gets_the_link_too_and_every_phone_learns_of_the_code(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    answer = client.submit(client.get("/lupa"), "/lupa", identity="081234567890")
    assert answer.h1 == "Kata sandi baru dengan kode"
    assert "Jika akun itu juga punya e-mail" in answer.text
    run_jobs()
    assert len(mails()) == 1


def test_each_unproved_carrier_gets_a_link_but_only_the_owner_once_there_is_one(
    app: Flask, client: Browser, run_jobs: RunJobs, mails: Mails
) -> None:
    older = with_password(app, "Satu", phone=None, email="sama@contoh.com")
    newer = with_password(app, "Dua", phone=None, email="sama@contoh.com")
    ask(client, "sama@contoh.com")
    run_jobs()
    links = [link_in(letter) for letter in mails()]
    assert len(links) == 2
    assert client.post(links[0], {"password": NEW}).status == 303
    assert {older: person(app, older).has_proved("email"), newer: person(app, newer).has_proved("email")} == {
        older: True,
        newer: False,
    }
    assert client.post(links[1], {"password": NEW}).status == 303, "the other link still sets its password"
    assert not person(app, newer).has_proved("email"), "but the address stays with who proved it"
    ask(client, "sama@contoh.com")
    run_jobs()
    assert len(mails()) == 3


def test_beside_a_proved_phone_an_unproved_email_opens_nothing(
    app: Flask, client: Browser, run_jobs: RunJobs, mails: Mails
) -> None:
    with_password(app, "Siti", phone="6281234567890", phone_proved_at=LONG_AGO, email="salah.ketik@contoh.com")
    for identity in ("salah.ketik@contoh.com", "081234567890"):
        ask(client, identity)
    run_jobs()
    assert mails() == []


def test_letters_to_one_address_are_few_for_everybody(app: Flask, siti: int) -> None:
    for identity in ("siti@contoh.com", "joko@contoh.com"):
        assert [ask(Browser(app), identity).status for _ in range(6)] == [303] * 5 + [429]


def test_a_letter_in_english_leads_to_the_english_page(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails
) -> None:
    client.submit(client.get("/en/lupa"), "/en/lupa", identity="siti@contoh.com")
    run_jobs()
    assert link_in(mails()[0]).startswith("/en/lupa/")


def test_after_a_reset_nobody_has_to_wait(
    app: Flask, client: Browser, siti: int, run_jobs: RunJobs, mails: Mails, change_settings: Callable[..., None]
) -> None:
    change_settings(sign_in_tries=2)
    for _ in range(3):
        sign_in(Browser(app), password="salah sandi")
    link = mailed_link(client, run_jobs, mails)
    client.post(link, {"password": NEW})
    assert sign_in(Browser(app), password=NEW).status == 303


def test_a_proved_email_stays_proved_since_then(app: Flask, client: Browser, run_jobs: RunJobs, mails: Mails) -> None:
    id = with_password(app, "Siti", phone=None, email="siti@contoh.com", email_proved_at=LONG_AGO)
    client.post(mailed_link(client, run_jobs, mails), {"password": NEW})
    assert person(app, id).email_proved_at == LONG_AGO
