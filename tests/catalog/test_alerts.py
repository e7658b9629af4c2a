"""Beri tahu saya bila ada: asked once, told once, ended by a link, forgotten in time."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace import clock
from marketplace.catalog import alerts
from marketplace.catalog.alerts import Alert
from marketplace.catalog.indexing import ALERTS_AFTER
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.sellers.models import Shop
from tests.browser import Browser, Page
from tests.factories import Market, make_product

Mails = Callable[[], list[str]]
WANTED = "/kabar?q=klepon"


def asked(client: Browser, path: str = WANTED, contact: str = "siti@contoh.example") -> Page:
    return client.submit(client.get(path), "/kabar", contact=contact)


def open_alerts(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(Alert.id))) or 0


def put_up(app: Flask, market: Market, title: str = "Klepon gula merah") -> None:
    variants: list[dict[str, object]] = [{"price": 12_000, "on_hand": 5, "weight_grams": 300}]
    with app.app_context(), writing() as session:
        make_product(session.get_one(Shop, market.shops["bu_ani"]), title, "jajanan-basah", variants)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """`later(timedelta(days=1))`: let time pass."""
    real = clock.now

    def pass_by(time: timedelta) -> None:
        for place in ("marketplace.clock.now", "marketplace.jobs.now", "marketplace.catalog.alerts.now"):
            monkeypatch.setattr(place, lambda: real() + time)

    return pass_by


def test_an_empty_list_offers_to_tell(client: Browser, market: Market) -> None:
    page = client.get("/toko/onde-onde-bu-ani?q=klepon&ukuran=39&urut=termurah&dekat=miji")
    assert "/kabar?q=klepon&toko=onde-onde-bu-ani&ukuran=39" in page.links()
    form = client.get("/kabar?q=klepon&toko=onde-onde-bu-ani&ukuran=39")
    assert "Yang Anda cari: klepon · Onde-onde Bu Ani, Ukuran 39" in form.text
    assert client.get("/kabar").status == 303


def test_who_waits_is_told_once_and_forgotten(
    app: Flask, client: Browser, market: Market, mails: Mails, run_jobs: Callable[[], int], later: Callable[..., None]
) -> None:
    assert asked(client).h1 == "Kami akan memberi kabar"
    run_jobs()
    assert len(mails()) == 1 and "/kabar/" in mails()[0] and "/cari?q=klepon" in mails()[0]
    put_up(app, market, "Lapis legit")
    later(2 * ALERTS_AFTER)
    run_jobs()
    assert len(mails()) == 1 and open_alerts(app) == 1
    put_up(app, market)
    later(4 * ALERTS_AFTER)
    run_jobs()
    assert len(mails()) == 2
    assert "Subject: Yang Anda cari sudah ada" in mails()[1] and "http://localhost/cari?q=klepon" in mails()[1]
    assert open_alerts(app) == 0
    put_up(app, market, "Klepon ketan hitam")
    later(8 * ALERTS_AFTER)
    run_jobs()
    assert len(mails()) == 2


def test_a_filter_has_to_fit_too(
    app: Flask, client: Browser, market: Market, mails: Mails, run_jobs: Callable[[], int], later: Callable[..., None]
) -> None:
    asked(client, "/en/kabar?q=klepon&harga_maks=10000")
    put_up(app, market)
    later(2 * ALERTS_AFTER)
    run_jobs()
    assert open_alerts(app) == 1 and "http://localhost/en/cari?q=klepon&harga_maks=10000" in mails()[0]


def test_sent_twice_or_asked_twice_it_is_one(app: Flask, client: Browser, market: Market) -> None:
    form = client.get(WANTED)
    for _ in range(2):
        assert client.submit(form, "/kabar", contact="siti@contoh.example").status == 200
    asked(client)
    assert open_alerts(app) == 1


def test_one_address_waits_for_few_things(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        ends = now() + timedelta(days=1)
        for n in range(alerts.MOST):
            row = {"asked": f"q={n}", "contact": "siti@contoh.example", "is_phone": False, "language": "id"}
            session.add(Alert(**row, token=str(n), ends_at=ends))  # type: ignore[arg-type]
    page = asked(client)
    assert page.status == 422 and "sudah menunggu 5 kabar" in page.text
    assert open_alerts(app) == alerts.MOST


@pytest.mark.parametrize("contact", ["", "siti@", "0812", "0812-3456-7890"])
def test_where_nobody_can_write_to_is_refused(app: Flask, client: Browser, market: Market, contact: str) -> None:
    page = asked(client, contact=contact)
    assert page.status == 422 and page.by_id("contact-error") is not None
    assert open_alerts(app) == 0


def test_a_number_will_do_where_whatsapp_is_reached(
    app: Flask, client: Browser, market: Market, change_settings: Callable[..., None]
) -> None:
    change_settings(whatsapp_gateway_url="http://127.0.0.1:9/")
    assert "E-mail atau nomor WhatsApp" in client.get(WANTED).text
    assert asked(client, contact="0812-3456-7890").status == 200
    with app.app_context():
        alert = db.session.scalars(select(Alert)).one()
        assert (alert.contact, alert.is_phone) == ("6281234567890", True)


def test_the_link_ends_it(
    app: Flask, client: Browser, market: Market, mails: Mails, run_jobs: Callable[[], int]
) -> None:
    asked(client)
    run_jobs()
    found = re.search(r"(/kabar/\S+)", mails()[0])
    assert found is not None
    page = client.get(found[1])
    assert open_alerts(app) == 1
    after = client.submit(page, found[1])
    assert "dihentikan dan alamat Anda dihapus" in after.text and open_alerts(app) == 0
    assert client.post(found[1]).status == 303
    assert "Tidak ada kabar yang ditunggu" in client.get("/kabar/tidak-ada").text


def test_it_is_forgotten_in_time(app: Flask, client: Browser, market: Market, later: Callable[..., None]) -> None:
    asked(client)
    later(timedelta(days=alerts.DAYS, minutes=1))
    with app.app_context():
        assert alerts.of_token(db.session.scalars(select(Alert.token)).one()) is None
    asked(client, "/kabar?q=lapis", "joko@contoh.example")
    assert open_alerts(app) == 1
