"""What happens at the same moment: one link used by many, one phone proved by two, many guesses at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts import attempts, codes, recovery
from marketplace.accounts.models import OneTimeCode
from marketplace.accounts.proof import ProvedElsewhere, prove_phone
from marketplace.db import db, writing
from tests.accounts.people import person, with_password
from tests.factories import Market

CROWD = 8


def at_once(app: Flask, act: Callable[[int], object]) -> list[object]:
    """What `act` gave or raised for each of the crowd, who all start together."""
    start = Barrier(CROWD)

    def one(n: int) -> object:
        with app.app_context():
            start.wait()
            try:
                return act(n)
            except Exception as error:
                return type(error)

    with ThreadPoolExecutor(CROWD) as pool:
        return list(pool.map(one, range(CROWD)))


def link_of(app: Flask, user_id: int) -> str:
    with app.app_context(), writing():
        return codes.make_link(user_id, codes.RESET)


def test_a_link_opens_once_for_a_crowd(app: Flask) -> None:
    siti = with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")
    token = link_of(app, siti)
    results = at_once(app, lambda n: recovery.reset_by_link(token, f"sandi nomor {n}"))
    assert sorted(map(str, results)) == sorted(map(str, [siti] + [codes.LinkOver] * (CROWD - 1)))


def test_without_its_guards_it_opens_for_all(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: the link is looked up without being used up, and outlives the new password."""

    def only_look(digests: list[str]) -> int | None:
        return db.session.scalar(select(OneTimeCode.user_id).where(OneTimeCode.digest.in_(digests)))

    monkeypatch.setattr(codes, "_use", only_look)
    monkeypatch.setattr(codes, "void", lambda _user_id: None)
    siti = with_password(app, "Siti", phone="6281234567890", email="siti@contoh.com")
    token = link_of(app, siti)
    assert at_once(app, lambda n: recovery.reset_by_link(token, f"sandi nomor {n}")) == [siti] * CROWD


def test_one_phone_is_proved_for_one_account_of_many(app: Flask, market: Market) -> None:
    people = [with_password(app, f"Warga {n}", phone="6281377776666") for n in range(CROWD)]
    results = at_once(app, lambda n: prove_phone(market.people["bu_rina"], people[n], "6281377776666"))
    assert results.count(ProvedElsewhere) == CROWD - 1
    assert [person(app, id).has_proved("phone") for id in people].count(True) == 1


def test_guesses_sent_at_once_all_count(app: Flask, change_settings: Callable[..., None]) -> None:
    change_settings(sign_in_tries=3)
    at_once(app, lambda _n: attempts.spend("sign_in", "6281234567890", "203.0.113.9"))
    with app.app_context(), pytest.raises(attempts.TooManyAttempts):
        attempts.spend("sign_in", "6281234567890", "203.0.113.9")
