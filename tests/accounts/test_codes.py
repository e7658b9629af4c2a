"""The code an officer reads out: for one person, once, for half an hour, and hard to guess."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text

from marketplace.accounts.recovery import OfficersAccount, make_reset_code
from marketplace.clock import now
from marketplace.db import db
from tests.accounts.people import is_signed_in, person, sign_in, with_password
from tests.browser import Browser, Page
from tests.factories import Market

NEW = "wedang jahe malam"


def officers_code(app: Flask, market: Market, user_id: int) -> str:
    with app.app_context():
        return make_reset_code(market.people["bu_rina"], user_id)


def type_code(browser: Browser, identity: str, code: str, password: str = NEW) -> Page:
    page = browser.get("/lupa/kode")
    return browser.submit(page, "/lupa/kode", follow=False, identity=identity, code=code, password=password)


def test_an_officers_code_sets_the_password_of_a_phone_only_account(app: Flask, market: Market) -> None:
    joko = with_password(app, "Joko", phone="6281377776666")
    elsewhere, browser = Browser(app), Browser(app)
    sign_in(elsewhere, "081377776666")
    code = officers_code(app, market, joko)
    assert re.fullmatch(r"\d{8}", code)
    answer = type_code(browser, "0813 7777 6666", f" {code[:4]} {code[4:]} ")
    assert (answer.status, answer.location) == (303, "/akun")
    assert not is_signed_in(elsewhere)
    assert not person(app, joko).has_proved("phone"), "the code alone proves no phone"
    assert type_code(Browser(app), "081377776666", code, "sandi si penyusup").status == 422
    assert sign_in(Browser(app), "081377776666", NEW).status == 303


def test_a_code_is_one_persons_and_short_lived(app: Flask, market: Market) -> None:
    joko = with_password(app, "Joko", phone="6281377776666")
    with_password(app, "Lain", phone="6281377775555")
    code = officers_code(app, market, joko)
    assert type_code(Browser(app), "081377775555", code).status == 422
    with time_machine.travel(now() + timedelta(minutes=31)):
        answer = type_code(Browser(app), "081377776666", code)
    assert answer.status == 422
    assert "Kode tidak cocok atau sudah lewat waktunya." in answer.text


def test_a_new_code_replaces_the_old_one(app: Flask, market: Market) -> None:
    joko = with_password(app, "Joko", phone="6281377776666")
    old, new = officers_code(app, market, joko), officers_code(app, market, joko)
    assert type_code(Browser(app), "081377776666", old).status == 422
    assert type_code(Browser(app), "081377776666", new).status == 303


def test_a_code_finds_its_account_among_several_with_the_same_phone(app: Flask, market: Market) -> None:
    older = with_password(app, "Lama", phone="6281377776666")
    with_password(app, "Baru", phone="6281377776666")
    browser = Browser(app)
    assert type_code(browser, "081377776666", officers_code(app, market, older)).status == 303
    assert "Lama" in browser.get("/akun").text


@pytest.mark.parametrize("identity", ["081377776666", "081399998888"])
def test_codes_cannot_be_guessed_for_long(
    app: Flask, market: Market, change_settings: Callable[..., None], identity: str
) -> None:
    change_settings(sign_in_tries=3)
    joko = with_password(app, "Joko", phone="6281377776666")
    code = officers_code(app, market, joko)
    for n in range(3):
        wrong = type_code(Browser(app), identity, f"0000000{n}")
        assert wrong.status == 422
        assert "Kode tidak cocok atau sudah lewat waktunya." in wrong.text
    assert type_code(Browser(app), identity, code).status == 429


@pytest.mark.parametrize("code", ["", "x", "\x00", "9" * 5000, "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668"])
def test_odd_codes_get_a_sentence(client: Browser, code: str) -> None:
    assert type_code(client, "081377776666", code).status == 422


def test_no_officer_opens_an_officers_account(app: Flask, market: Market) -> None:
    with app.app_context(), pytest.raises(OfficersAccount):
        make_reset_code(market.people["bu_rina"], market.people["bu_rina"])


def test_a_code_is_stored_as_a_digest_and_audited(app: Flask, market: Market) -> None:
    code = officers_code(app, market, market.people["joko"])
    with app.app_context():
        assert code not in str(db.session.execute(text("SELECT * FROM one_time_code")).all())
        audit = db.session.execute(text("SELECT actor_id, verb, kind, object_id, note FROM audit_row")).all()
    assert [tuple(row) for row in audit] == [
        (market.people["bu_rina"], "reset_code_made", "person", market.people["joko"], "")
    ]
