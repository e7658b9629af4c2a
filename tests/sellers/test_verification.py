"""The office's steps on a shop: conditional, once, with a trail, and the owner hears of each."""

import json
import threading
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.audit import AuditRow
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.sellers import verification
from marketplace.sellers.models import Shop, ShopMember, ShopState
from tests.factories import LONG_AGO, Market

REASON = "Foto produk diambil dari toko lain."


@pytest.fixture
def waiting(app: Flask, market: Market) -> int:
    """Bu Ani's shop, as if it was opened today."""
    with app.app_context(), writing() as session:
        shop = session.get_one(Shop, market.shops["bu_ani"])
        shop.state, shop.verified_at = ShopState.WAITING, None
    return market.shops["bu_ani"]


@pytest.fixture
def officer(market: Market) -> int:
    """Bu Rina."""
    return market.people["bu_rina"]


def shop_of(id: int) -> Shop:
    """The shop as it is stored now."""
    return db.session.get_one(Shop, id)


def letters() -> list[dict[str, str]]:
    """What owners are told, oldest first."""
    jobs = db.session.scalars(select(Job).where(Job.kind == "notices.deliver").order_by(Job.id))
    return [json.loads(job.payload) for job in jobs]


def trail() -> list[tuple[str, int | None, str]]:
    """(verb, actor, note) of every step, oldest first."""
    rows = db.session.scalars(select(AuditRow).where(AuditRow.kind == "shop").order_by(AuditRow.id))
    return [(row.verb, row.actor_id, row.note) for row in rows]


def test_verifying_puts_the_shop_on_show_and_tells_the_owner_to_publish(app: Flask, waiting: int, officer: int) -> None:
    with app.app_context():
        assert verification.verify(waiting, officer)
        shop = shop_of(waiting)
        assert shop.state == ShopState.VERIFIED
        assert shop.verified_at and now() - shop.verified_at < timedelta(minutes=1)
        assert trail() == [("verify", officer, "")]
        (letter,) = letters()
    assert letter["phone"] == "6281234567890"
    assert letter["subject"] == "Toko Onde-onde Bu Ani terverifikasi"
    assert "tampilkan produk Anda di http://localhost/jualan/produk" in letter["text"]


def test_each_step_happens_once(app: Flask, waiting: int, officer: int) -> None:
    with app.app_context():
        assert verification.verify(waiting, officer)
        assert not verification.verify(waiting, officer)
        assert verification.suspend(waiting, officer, REASON)
        assert not verification.suspend(waiting, officer, "Alasan lain")
        assert shop_of(waiting).suspension_reason == REASON
        assert verification.reinstate(waiting, officer)
        assert not verification.reinstate(waiting, officer)
        assert [verb for verb, _actor, _note in trail()] == ["verify", "suspend", "reinstate"]
        assert len(letters()) == 3


def test_many_officers_at_once_verify_once(app: Flask, waiting: int, officer: int) -> None:
    barrier, moved = threading.Barrier(4), []

    def verify() -> None:
        with app.app_context():
            barrier.wait()
            moved.append(verification.verify(waiting, officer))

    threads = [threading.Thread(target=verify) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(moved) == [False, False, False, True]


def test_a_suspended_shop_takes_no_orders_and_its_owner_reads_why(app: Flask, market: Market, officer: int) -> None:
    with app.app_context():
        verification.suspend(market.shops["pak_budi"], officer, REASON)
        shop = shop_of(market.shops["pak_budi"])
        assert shop.state == ShopState.SUSPENDED and not shop.takes_orders(now())
        assert trail() == [("suspend", officer, REASON)]
        (letter,) = letters()
    assert f"Alasan: {REASON}" in letter["text"]
    assert "pengaduan@pasar.example" in letter["text"]


def test_a_suspension_lifted_gives_back_what_was_before(app: Flask, market: Market, waiting: int, officer: int) -> None:
    with app.app_context():
        for id in (waiting, market.shops["pak_budi"]):
            verification.suspend(id, officer, REASON)
            verification.reinstate(id, officer)
        assert shop_of(waiting).state == ShopState.WAITING
        assert shop_of(market.shops["pak_budi"]).state == ShopState.VERIFIED
        assert shop_of(waiting).suspension_reason == ""
        texts = [letter["text"] for letter in letters()]
    assert "kembali menunggu verifikasi kantor" in texts[1]
    assert "tampil lagi di pasar" in texts[3]


def test_a_suspended_shop_is_not_verified_by_the_way(app: Flask, waiting: int, officer: int) -> None:
    with app.app_context():
        verification.suspend(waiting, officer, REASON)
        assert not verification.verify(waiting, officer)
        assert shop_of(waiting).state == ShopState.SUSPENDED


def test_the_owner_is_told_in_the_owners_language(
    app: Flask, market: Market, waiting: int, officer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flask_babel import get_locale

    spoken = []
    monkeypatch.setattr(verification, "_", lambda text, **values: spoken.append(str(get_locale())) or text % values)
    with app.app_context():
        with writing() as session:
            session.get_one(User, market.people["bu_ani"]).language = "en"
        verification.verify(waiting, officer)
        verification.suspend(market.shops["pak_budi"], officer, REASON)
    assert spoken == ["en", "en", "id", "id"]


@pytest.mark.parametrize(("proved_at", "letterbox"), [(LONG_AGO, "ani@example.com"), (None, "")])
def test_an_e_mail_goes_to_the_owner_once_it_is_proved(
    app: Flask, market: Market, waiting: int, officer: int, proved_at: datetime | None, letterbox: str
) -> None:
    with app.app_context():
        with writing() as session:
            owner = session.get_one(User, market.people["bu_ani"])
            owner.email, owner.email_proved_at = "ani@example.com", proved_at
        verification.verify(waiting, officer)
        assert letters()[0]["email"] == letterbox


def test_the_invented_number_of_a_demo_shop_is_never_written_to(app: Flask, waiting: int, officer: int) -> None:
    with app.app_context():
        with writing() as session:
            session.get_one(Shop, waiting).is_demo = True
        verification.verify(waiting, officer)
        assert letters()[0]["phone"] == ""


def test_a_shop_that_nobody_owns_is_verified_in_silence(app: Flask, waiting: int, officer: int) -> None:
    with app.app_context():
        with writing() as session:
            for member in session.scalars(select(ShopMember).where(ShopMember.shop_id == waiting)):
                session.delete(member)
        assert verification.verify(waiting, officer)
        assert not letters()


def test_a_shop_that_is_not_there_is_not_verified(app: Flask, market: Market, officer: int) -> None:
    with app.app_context():
        assert not verification.verify(999_999, officer)
        assert db.session.scalar(select(func.count(AuditRow.id))) == 0
