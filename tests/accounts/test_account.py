"""The account's page, profile and password."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.accounts.people import PASSWORD, is_signed_in, person, sign_in, with_password
from tests.browser import Browser, Page
from tests.factories import LONG_AGO

NEW = "wedang jahe malam"


@pytest.fixture
def siti(app: Flask) -> int:
    return with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com", phone_proved_at=LONG_AGO)


@pytest.fixture
def browser(app: Flask, siti: int) -> Browser:
    browser = Browser(app)
    sign_in(browser)
    return browser


def change(browser: Browser, **changes: Any) -> Page:
    return browser.submit(browser.get("/akun/profil"), "/akun/profil", follow=False, **changes)


def change_password(browser: Browser, old: str = PASSWORD, new: str = NEW) -> Page:
    page = browser.get("/akun/kata-sandi")
    return browser.submit(page, "/akun/kata-sandi", follow=False, old=old, password=new)


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_tells_what_is_proved_and_leads_on(browser: Browser, language: str) -> None:
    page = browser.get(f"{language}/akun")
    assert "0812-3456-7890" in page.text
    assert {f"{language}{path}" for path in ("/pesanan", "/akun/alamat", "/akun/profil", "/akun/kata-sandi")} <= set(
        page.links()
    )
    assert "/kantor" not in page.links()
    for path in ("/akun/profil", "/akun/kata-sandi"):
        assert browser.get(language + path).status == 200


def test_the_officer_finds_the_office(signed_in: Callable[[str], Browser]) -> None:
    assert any(link.endswith("/kantor") for link in signed_in("bu_rina").get("/akun").links())


@pytest.mark.parametrize("path", ["/akun", "/akun/profil", "/akun/kata-sandi", "/akun/alamat", "/akun/alamat/baru"])
def test_guests_are_sent_to_sign_in(client: Browser, path: str) -> None:
    assert client.get(path).location == f"/masuk?next={path}"
    assert client.post(path).status in {303, 405}


def test_name_and_language_need_no_password(app: Flask, browser: Browser, siti: int) -> None:
    assert change(browser, name=" Siti   Aminah ", language="en").status == 303
    changed = person(app, siti)
    assert (changed.name, changed.language, changed.phone_proved_at) == ("Siti Aminah", "en", LONG_AGO)


def test_the_same_phone_in_another_writing_keeps_its_proof(app: Flask, browser: Browser, siti: int) -> None:
    assert change(browser, phone="+62 812 3456 7890").status == 303
    assert person(app, siti).has_proved("phone")


def test_a_changed_phone_loses_its_proof_and_needs_the_password(app: Flask, browser: Browser, siti: int) -> None:
    without = change(browser, phone="081299998888")
    assert without.status == 422
    assert "Isi kata sandi Anda untuk mengganti nomor HP atau e-mail." in without.text
    wrong = change(browser, phone="081299998888", old="bukan ini")
    assert "Kata sandi Anda yang sekarang tidak cocok." in wrong.text
    assert person(app, siti).phone == "6281234567890"
    assert change(browser, phone="081299998888", old=PASSWORD).status == 303
    assert (person(app, siti).phone, person(app, siti).phone_proved_at) == ("6281299998888", None)


def test_a_new_email_is_mailed_a_link(
    app: Flask, browser: Browser, siti: int, run_jobs: Callable[[], int], mails: Callable[[], list[str]]
) -> None:
    assert change(browser, email="Baru@contoh.com", old=PASSWORD).status == 303
    run_jobs()
    assert [letter.split("\n")[0] for letter in mails()] == ["To: baru@contoh.com"]
    assert person(app, siti).email == "baru@contoh.com"


def test_one_way_to_sign_in_must_stay(app: Flask, browser: Browser, siti: int) -> None:
    answer = change(browser, phone="", email="", old=PASSWORD)
    assert answer.status == 422
    assert "Isi nomor HP atau e-mail, supaya Anda bisa masuk." in answer.text
    assert change(browser, phone="", old=PASSWORD).status == 303
    assert person(app, siti).phone is None


@pytest.mark.parametrize(
    "changes",
    [{"phone": "12"}, {"phone": "\x00"}, {"email": "siti"}, {"email": "x" * 9000}, {"name": ""}, {"language": "jv"}],
)
def test_what_cannot_be_read_is_said(app: Flask, browser: Browser, siti: int, changes: dict[str, str]) -> None:
    assert change(browser, **changes).status == 422
    assert person(app, siti).name == "Siti"


def test_an_unproved_phone_of_somebody_else_may_be_written_but_opens_nothing(
    app: Flask, browser: Browser, siti: int
) -> None:
    with_password(app, "Joko", phone="6281299998888", phone_proved_at=LONG_AGO)
    assert change(browser, phone="081299998888", old=PASSWORD).status == 303
    assert not person(app, siti).has_proved("phone")


def test_a_new_password_ends_other_sessions_and_keeps_this_one(app: Flask, browser: Browser, siti: int) -> None:
    elsewhere = Browser(app)
    sign_in(elsewhere)
    assert change_password(browser).status == 303
    assert is_signed_in(browser)
    assert not is_signed_in(elsewhere)
    assert sign_in(Browser(app), password=PASSWORD).status == 422
    assert sign_in(Browser(app), password=NEW).status == 303
    reopened = Browser(app)
    reopened.client.set_cookie("ingat", browser.client.get_cookie("ingat").value)
    assert is_signed_in(reopened), "the long cookie of this browser goes on as well"


@pytest.mark.parametrize("new", ["", "pendek", "12345678", "x" * 10_000])
def test_a_poor_new_password_is_refused(app: Flask, browser: Browser, siti: int, new: str) -> None:
    assert change_password(browser, new=new).status == 422
    assert sign_in(Browser(app)).status == 303


def test_the_old_password_cannot_be_guessed_from_a_borrowed_phone(
    browser: Browser, change_settings: Callable[..., None]
) -> None:
    change_settings(sign_in_tries=3)
    assert [change_password(browser, old=f"tebakan {n}").status for n in range(4)] == [422] * 3 + [429]
    assert change(browser, phone="081299998888", old=PASSWORD).status == 429
