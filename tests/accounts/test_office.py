"""The officer's counter for accounts."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from marketplace.accounts.events import proved
from marketplace.db import db
from tests.accounts.people import person, with_password
from tests.browser import Browser, Page
from tests.factories import LONG_AGO, Market


@pytest.fixture
def officer(signed_in: Callable[[str], Browser]) -> Browser:
    return signed_in("bu_rina")


@pytest.fixture
def wati(app: Flask) -> int:
    return with_password(app, "Wati", phone="6281377776666", email="wati@contoh.com")


def search(officer: Browser, identity: str) -> Page:
    return officer.submit(officer.get("/kantor/akun"), "/kantor/akun", identity=identity)


def audit(app: Flask) -> list[tuple[object, ...]]:
    with app.app_context():
        rows = db.session.execute(text("SELECT actor_id, verb, kind, object_id FROM audit_row ORDER BY id"))
        return [tuple(row) for row in rows]


@pytest.mark.parametrize("who", ["siti", "bu_ani", None])
def test_nobody_else_comes_in(
    app: Flask, market: Market, wati: int, signed_in: Callable[[str], Browser], who: str | None
) -> None:
    browser = signed_in(who) if who else Browser(app)
    expected = 403 if who else 303
    assert browser.get("/kantor/akun").status == expected
    assert browser.get(f"/kantor/akun/{wati}").status == expected
    for path in ("/kantor/akun", f"/kantor/akun/{wati}/kode", f"/kantor/akun/{wati}/hp"):
        assert browser.post(path, {"identity": "081377776666", "hp": "6281377776666"}).status == expected
    assert audit(app) == []


@pytest.mark.parametrize("identity", ["0813-7777-6666", "wati@contoh.com"])
def test_a_person_is_found_by_the_whole_number_or_email(officer: Browser, wati: int, identity: str) -> None:
    found = search(officer, identity)
    assert "Wati" in found.text
    assert "\u2022\u2022\u20226666" in found.text
    assert "81377776666" not in found.html.replace('value="0813-7777-6666"', "")
    assert "Belum terbukti" in found.text


@pytest.mark.parametrize("identity", ["0813-7777-666", "wati@contoh.co", "081300000000"])
def test_a_part_of_it_finds_nobody(officer: Browser, wati: int, identity: str) -> None:
    found = search(officer, identity)
    assert "Wati" not in found.text


def test_the_code_is_shown_once_and_audited(app: Flask, market: Market, officer: Browser, wati: int) -> None:
    page = officer.submit(officer.get(f"/kantor/akun/{wati}"), "/kode", follow=False)
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    shown = re.search(r"Kode: (\d{4}) (\d{4})", page.text)
    assert shown
    assert shown[1] not in officer.get(f"/kantor/akun/{wati}").text
    assert audit(app) == [(market.people["bu_rina"], "reset_code_made", "person", wati)]
    fields = {"identity": "081377776666", "code": shown[1] + shown[2], "password": "wedang jahe malam"}
    assert Browser(app).post("/lupa/kode", fields).status == 303


def test_a_checked_phone_is_proved_audited_and_announced(
    app: Flask, market: Market, officer: Browser, wati: int
) -> None:
    heard: list[dict[str, object]] = []

    def receiver(_sender: object, **values: object) -> None:
        heard.append(values)

    with proved.connected_to(receiver):
        page = officer.submit(officer.get(f"/kantor/akun/{wati}"), "/hp")
    assert "Nomor HP sudah terbukti." in page.text
    assert person(app, wati).has_proved("phone")
    assert heard == [{"user_id": wati, "phone": "6281377776666", "email": ""}]
    assert audit(app) == [(market.people["bu_rina"], "phone_proved", "person", wati)]


def test_a_phone_that_another_account_has_proved_is_refused(app: Flask, officer: Browser, wati: int) -> None:
    page = officer.get(f"/kantor/akun/{wati}")
    with_password(app, "Pertama", phone="6281377776666", phone_proved_at=LONG_AGO)
    assert "Nomor HP ini sudah terbukti milik akun lain." in officer.submit(page, "/hp").text
    assert not person(app, wati).has_proved("phone")
    assert audit(app) == []


def test_a_phone_that_was_changed_meanwhile_is_not_proved(app: Flask, officer: Browser, wati: int) -> None:
    page = officer.submit(officer.get(f"/kantor/akun/{wati}"), "/hp", hp="6281300000000")
    assert "Nomor HP di akun ini sudah diganti." in page.text
    assert not person(app, wati).has_proved("phone")


def test_an_officers_account_gets_no_code(app: Flask, market: Market, officer: Browser) -> None:
    rina = market.people["bu_rina"]
    assert "Buat kode sandi" not in officer.get(f"/kantor/akun/{rina}").text
    assert officer.post(f"/kantor/akun/{rina}/kode").status == 409


def test_nobody_by_that_number_is_a_404(officer: Browser) -> None:
    assert officer.get("/kantor/akun/999999").status == 404
    assert officer.post("/kantor/akun/999999/kode").status == 404
    assert officer.post("/kantor/akun/999999/hp").status == 404
    assert officer.get("/kantor/akun/99999999999999999999").status == 404
