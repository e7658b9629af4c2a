"""Attempts are counted in the database, per person aimed at and per network, whoever exists."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, text

from marketplace.accounts.models import SignInAttempt
from marketplace.clock import now
from marketplace.db import db
from tests.accounts.people import PASSWORD, sign_in, with_password
from tests.browser import Browser


@pytest.fixture
def siti(app: Flask) -> int:
    return with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")


@pytest.mark.parametrize("identity", ["081234567890", "081299998888"])
def test_too_many_tries_lock_an_identity_whether_it_exists_or_not(
    app: Flask, siti: int, change_settings: Callable[..., None], identity: str
) -> None:
    change_settings(sign_in_tries=3)
    with time_machine.travel("2026-11-21 01:00:20Z", tick=False):
        for _ in range(3):
            assert sign_in(Browser(app), identity, "salah sandi").status == 422
    with time_machine.travel("2026-11-21 01:10:00Z", tick=False):
        locked = sign_in(Browser(app), identity)
        assert locked.status == 429
        assert "Terlalu banyak percobaan. Coba lagi setelah pukul 08.16 WIB." in locked.text
        assert locked.headers["Retry-After"] == "320"
        assert sign_in(Browser(app), "081211112222", "x").status == 422, "others are not locked"
    with time_machine.travel("2026-11-21 01:15:21Z", tick=False):
        assert sign_in(Browser(app), identity).status == (303 if identity == "081234567890" else 422)


def test_a_success_clears_the_count(app: Flask, siti: int, change_settings: Callable[..., None]) -> None:
    change_settings(sign_in_tries=3)
    for _ in range(3):
        sign_in(Browser(app), password="salah sandi")
        sign_in(Browser(app), password="salah sandi")
        assert sign_in(Browser(app)).status == 303


def test_one_network_has_generous_limits_of_its_own(
    app: Flask, siti: int, change_settings: Callable[..., None]
) -> None:
    change_settings(sign_in_tries=3, sign_in_tries_per_network=5)
    statuses = [sign_in(Browser(app), f"08121111222{n}", "salah sandi").status for n in range(6)]
    assert statuses == [422] * 5 + [429]
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    answer = Browser(app).post(
        "/masuk", {"identity": "081234567890", "password": PASSWORD}, environ_overrides=elsewhere
    )
    assert answer.status == 303


def test_attempts_are_kept_as_digests_and_old_ones_go(app: Flask, siti: int) -> None:
    sign_in(Browser(app), password="salah sandi")
    with app.app_context():
        row = db.session.scalars(select(SignInAttempt)).one()
        assert len(row.identity_digest) == len(row.network_digest) == 64
        assert "81234567890" not in str(db.session.execute(text("SELECT * FROM sign_in_attempt")).all())
    with time_machine.travel(now() + timedelta(minutes=16)):
        sign_in(Browser(app), "081299998888", "salah sandi")
    with app.app_context():
        assert len(db.session.scalars(select(SignInAttempt)).all()) == 1
