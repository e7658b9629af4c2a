"""Registering: any writing of a phone, one e-mail, a dated consent, and never a word about who is here already."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from marketplace.accounts.terms import TERMS_VERSION
from tests.accounts.people import PASSWORD, is_signed_in, people, person, register, sign_in, with_password
from tests.browser import Browser
from tests.factories import LONG_AGO


@pytest.mark.parametrize("identity", ["081234567890", "+62 812-3456-7890", "62 812 3456 7890", "812 3456 7890"])
def test_a_phone_in_any_writing_becomes_a_member_who_is_signed_in(app: Flask, client: Browser, identity: str) -> None:
    answer = register(client, identity)
    assert (answer.status, answer.location) == (303, "/akun")
    assert "0812-3456-7890" in client.get("/akun").text
    siti = person(app)
    assert (siti.name, siti.phone, siti.email, siti.phone_proved_at) == ("Siti Aminah", "6281234567890", None, None)


def test_consent_is_kept_with_its_version_and_time(app: Flask, client: Browser, true_hashes: None) -> None:
    register(client)
    siti = person(app)
    assert siti.consent_version == TERMS_VERSION
    assert siti.created_at > LONG_AGO
    assert PASSWORD not in siti.password_hash
    assert siti.password_hash.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_without_consent_nobody_is_registered(app: Flask, client: Browser) -> None:
    answer = register(client, consent=None)
    assert answer.status == 422
    assert "Beri tanda setuju" in answer.text
    assert people(app) == []


def test_an_email_gets_a_link_that_proves_it(
    app: Flask, client: Browser, run_jobs: Callable[[], int], mails: Callable[[], list[str]]
) -> None:
    register(client, " Siti@Contoh.COM ")
    assert person(app).email == "siti@contoh.com"
    run_jobs()
    (letter,) = mails()
    assert letter.startswith("To: siti@contoh.com\n")
    assert "http://localhost/akun/bukti/" in letter
    assert "Siti Aminah" not in letter, "whoever registers chooses the name: it must not reach a stranger's mailbox"


def test_the_language_of_the_page_becomes_the_language_of_the_member_and_the_letter(
    app: Flask, client: Browser, run_jobs: Callable[[], int], mails: Callable[[], list[str]]
) -> None:
    fields = {"name": "Jane", "identity": "jane@contoh.com", "password": PASSWORD, "consent": "y"}
    client.submit(client.get("/en/daftar"), "/en/daftar", follow=False, **fields)
    assert person(app).language == "en"
    run_jobs()
    assert "http://localhost/en/akun/bukti/" in mails()[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"identity": ""}, "Nomor HP atau e-mail wajib diisi."),
        ({"identity": "12"}, "Nomor HP tidak valid."),
        ({"identity": "0812" * 3000}, "Nomor HP tidak valid."),
        ({"identity": "\x00"}, "Nomor HP tidak valid."),
        ({"identity": "(0321) 123456"}, "Ini nomor telepon rumah"),
        ({"identity": "siti@"}, "Alamat e-mail tidak valid."),
        ({"identity": "siti@contoh.com\x00"}, "Alamat e-mail tidak valid."),
        ({"identity": "a" * 300 + "@contoh.com"}, "Alamat e-mail tidak valid."),
        ({"identity": "siti@contoh.com\nBcc: x@y.id"}, "Alamat e-mail tidak valid."),
        ({"name": ""}, "Nama wajib diisi."),
        ({"name": "\x00"}, "Nama wajib diisi."),
        ({"name": "S" * 81}, "Nama paling panjang 80 huruf."),
        ({"password": ""}, "Kata sandi wajib diisi."),
        ({"password": "pendek7"}, "Kata sandi paling sedikit 8 huruf atau angka."),
        ({"password": "x y" * 4000}, "Kata sandi paling panjang 200 huruf."),
        ({"password": "12345678"}, "terlalu mudah ditebak"),
        ({"password": "Mojokerto"}, "terlalu mudah ditebak"),
        ({"password": "aaaaaaaa"}, "terlalu mudah ditebak"),
        ({"password": "0812-3456-7890"}, "tidak boleh sama dengan nomor HP"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask, client: Browser, changes: dict[str, Any], sentence: str
) -> None:
    answer = register(client, **{"identity": "0812-3456-7890", **changes})
    assert answer.status == 422
    assert sentence in answer.text
    if "name" not in changes:
        assert 'value="Siti Aminah"' in answer.html
    assert people(app) == []


def test_nul_and_accents_in_a_password_are_characters_like_any_other(app: Flask, client: Browser) -> None:
    register(client, password="caf\u00e9\x00 tubruk")
    client.post("/keluar")
    assert sign_in(client, password="cafe\u0301\x00 tubruk").status == 303
    assert sign_in(Browser(app), password="caf\u00e9").status == 422


def test_the_same_form_sent_twice_makes_one_member(app: Flask) -> None:
    browser, second = Browser(app), Browser(app)
    page = browser.get("/daftar")
    fields = {"name": "Siti", "identity": "081234567890", "password": PASSWORD, "consent": "y"}
    assert browser.submit(page, "/daftar", follow=False, **fields).status == 303
    assert second.submit(page, "/daftar", follow=False, **fields).status == 303
    assert len(people(app)) == 1
    assert is_signed_in(second)


def test_a_used_form_key_opens_no_account_without_its_password(app: Flask) -> None:
    browser, stranger = Browser(app), Browser(app)
    page = browser.get("/daftar")
    fields = {"name": "Siti", "identity": "081234567890", "password": PASSWORD, "consent": "y"}
    browser.submit(page, "/daftar", follow=False, **fields)
    answer = stranger.submit(page, "/daftar", follow=False, **{**fields, "password": "bukan sandinya"})
    assert answer.status == 422
    assert not is_signed_in(stranger)


def test_a_missing_or_nul_key_is_no_mistake(app: Flask, client: Browser) -> None:
    register(client, kunci="")
    register(Browser(app), kunci="\x00")
    assert len(people(app)) == 2


def test_the_answer_does_not_tell_who_is_here_already(app: Flask, client: Browser) -> None:
    with_password(app, "Siti", phone="6281234567890", phone_proved_at=LONG_AGO)
    known, unknown = register(client, "081234567890"), register(Browser(app), "081299998888")
    assert (known.status, known.location) == (unknown.status, unknown.location) == (303, "/akun")
    assert len(people(app)) == 3


def test_two_members_may_share_an_unproved_phone(app: Flask) -> None:
    first, second = Browser(app), Browser(app)
    register(first, name="Ibu", password="sandi milik ibu")
    register(second, name="Anak", password="sandi milik anak")
    for browser in (first, second):
        browser.post("/keluar")
    sign_in(first, password="sandi milik ibu")
    sign_in(second, password="sandi milik anak")
    assert "Ibu" in first.get("/akun").text
    assert "Anak" in second.get("/akun").text


def test_letters_to_one_address_are_few(app: Flask) -> None:
    answers = [register(Browser(app), "korban@contoh.com").status for _ in range(7)]
    assert answers == [303] * 5 + [429] * 2
