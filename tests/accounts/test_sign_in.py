"""Signing in and out: either identity, one sentence for every mistake, counted attempts, sessions that can be ended."""

import pytest
from flask import Flask

from marketplace.accounts import passwords
from marketplace.accounts.events import signed_in as signed_in_signal
from tests.accounts.people import PASSWORD, is_signed_in, person, sign_in, with_password
from tests.browser import Browser
from tests.factories import LONG_AGO

WRONG = "Nomor HP, e-mail, atau kata sandi tidak cocok."


@pytest.fixture
def siti(app: Flask) -> int:
    return with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")


@pytest.mark.parametrize("identity", ["0812 3456 7890", "+6281234567890", "siti@contoh.com", "SITI@contoh.com "])
def test_either_identity_in_any_writing_signs_in(client: Browser, siti: int, identity: str) -> None:
    answer = sign_in(client, identity)
    assert (answer.status, answer.location) == (303, "/akun")
    assert is_signed_in(client)


def test_the_session_outlives_the_browser(app: Flask, client: Browser, siti: int) -> None:
    cookies = {c.split("=")[0]: c for c in sign_in(client).headers.getlist("Set-Cookie")}
    assert "HttpOnly" in cookies["ingat"]
    assert "SameSite=Lax" in cookies["ingat"]
    assert "Expires=" in cookies["ingat"]
    remembered = Browser(app)
    remembered.client.set_cookie("ingat", client.client.get_cookie("ingat").value)
    assert is_signed_in(remembered)


@pytest.mark.parametrize(
    ("identity", "password"),
    [
        ("081234567890", "bukan ini"),
        ("081299998888", PASSWORD),
        ("siti@contoh.com", "x"),
        ("joko@contoh.com", PASSWORD),
    ],
)
def test_a_mistake_gets_one_sentence(client: Browser, siti: int, identity: str, password: str) -> None:
    answer = sign_in(client, identity, password)
    assert answer.status == 422
    assert WRONG in answer.text
    assert not is_signed_in(client)


def test_answers_for_known_and_unknown_people_are_the_same_bytes(app: Flask, siti: int) -> None:
    known = sign_in(Browser(app), "0812-3456-7890", "bukan sandinya")
    unknown = sign_in(Browser(app), "0812-9999-8888", "bukan sandinya")
    assert known.status == unknown.status
    assert known.html == unknown.html.replace("0812-9999-8888", "0812-3456-7890")
    assert set(known.headers.keys()) == set(unknown.headers.keys())


@pytest.mark.parametrize("sharing", [0, 1, 2, 5])
def test_every_try_costs_the_same_number_of_comparisons(
    app: Flask, client: Browser, monkeypatch: pytest.MonkeyPatch, sharing: int
) -> None:
    for n in range(sharing):
        with_password(app, f"Siti {n}", phone="6281234567890", password=f"sandi nomor {n}")
    compared: list[str] = []
    genuine = passwords._verified
    monkeypatch.setattr(passwords, "_verified", lambda h, p: compared.append(h) is None and genuine(h, p))
    assert sign_in(client, password="sandi nomor 0").status == (303 if sharing else 422)
    assert len(compared) == 5


@pytest.mark.parametrize("password", ["x" * 10_000, "\x00", "\u202e" * 50, "' OR 1=1 --", "{{ 7*7 }}"])
def test_odd_passwords_get_a_sentence(client: Browser, siti: int, password: str) -> None:
    answer = sign_in(client, password=password)
    assert answer.status == 422
    assert WRONG in answer.text or "Kata sandi paling panjang 200 huruf." in answer.text


def test_who_has_proved_the_phone_is_tried_first_then_the_oldest(app: Flask) -> None:
    with_password(app, "Terbukti", password="sandi yang sama", phone="6281234567890", phone_proved_at=LONG_AGO)
    for n in range(6):
        with_password(
            app, f"Lain {n}", password="sandi yang sama" if n == 5 else f"sandi {n} saja", phone="6281234567890"
        )
    proved, oldest, too_new = Browser(app), Browser(app), Browser(app)
    sign_in(proved, password="sandi yang sama")
    assert "Terbukti" in proved.get("/akun").h1 + proved.get("/akun").text
    assert sign_in(oldest, password="sandi 1 saja").status == 303
    assert sign_in(too_new, password="sandi 4 saja").status == 422


def test_signing_in_to_an_own_account_does_not_wipe_out_guesses_at_another(app: Flask) -> None:
    with_password(app, "Korban", phone="6281234567890")
    with_password(app, "Penebak", password="sandi penebak", phone="6281234567890")
    statuses = []
    for n in range(20):
        statuses.append(sign_in(Browser(app), password=f"tebakan {n}").status)
        sign_in(Browser(app), password="sandi penebak")
    assert 429 in statuses and statuses.count(422) <= app.config["SETTINGS"].sign_in_tries


def test_a_password_of_other_parameters_is_stored_anew(app: Flask, client: Browser, true_hashes: None) -> None:
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    id = with_password(app, "Siti", phone="6281234567890", password_hash=weak)
    sign_in(client)
    assert "m=19456,t=2,p=1" in person(app, id).password_hash
    assert sign_in(Browser(app)).status == 303


def test_the_session_begins_anew_but_the_guest_is_handed_over(app: Flask, client: Browser, siti: int) -> None:
    seen: list[tuple[int, str]] = []

    def receiver(_sender: object, *, user_id: int) -> None:
        from flask import session

        seen.append((user_id, session["planted"]))

    with client.client.session_transaction() as planted:
        planted["planted"] = "by somebody"
    with signed_in_signal.connected_to(receiver):
        sign_in(client)
    assert seen == [(siti, "by somebody")]
    with client.client.session_transaction() as after:
        assert "planted" not in after


def test_signing_out_is_a_post_and_ends_everything_here(client: Browser, siti: int) -> None:
    sign_in(client)
    assert client.get("/keluar").status in {404, 405}
    assert is_signed_in(client)
    assert client.post("/keluar").location == "/masuk"
    assert not is_signed_in(client)
    assert client.client.get_cookie("ingat") is None or not client.client.get_cookie("ingat").value


def test_another_site_cannot_sign_anybody_in_or_out(client: Browser, siti: int) -> None:
    answer = client.post(
        "/masuk", {"identity": "081234567890", "password": PASSWORD}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status == 403


@pytest.mark.parametrize("path", ["/masuk", "/daftar", "/lupa", "/lupa/terkirim", "/lupa/kode"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_pages_stand_in_both_languages_and_are_kept_nowhere(client: Browser, path: str, language: str) -> None:
    page = client.get(language + path)
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
