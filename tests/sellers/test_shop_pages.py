"""The shop's own pages: profile, address, hours, closing, delivery; each refuses what cannot be."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.audit import AuditRow
from marketplace.clock import WIB, now
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.sellers.models import Shop
from tests.browser import Browser
from tests.factories import Market, kelurahan_id

SignIn = Callable[[str], Browser]
PAGES = ["", "/profil", "/alamat", "/jam", "/tutup", "/pengiriman", "/kurir"]


@pytest.fixture
def ani(signed_in: SignIn) -> Browser:
    """Bu Ani's browser."""
    return signed_in("bu_ani")


def shop_of(app: Flask, market: Market, who: str = "bu_ani") -> Shop:
    """The shop as it is stored now."""
    with app.app_context():
        return db.session.get_one(Shop, market.shops[who])


@pytest.mark.parametrize("page", PAGES)
def test_only_who_has_a_shop_sees_its_pages(signed_in: SignIn, client: Browser, page: str) -> None:
    assert signed_in("bu_ani").get(f"/jualan/toko{page}").status == 200
    assert signed_in("joko").get(f"/jualan/toko{page}").status == 403
    assert client.get(f"/jualan/toko{page}").status == 303


def test_the_shops_page_tells_what_the_shop_has_said(ani: Browser) -> None:
    page = ani.get("/jualan/toko")
    assert page.h1 == "Onde-onde Bu Ani"
    for fact in ("0812-3456-7890", "Balongsari, Magersari", "Setiap hari 08.00-17.00 WIB", "Kec. Magersari: Rp5.000"):
        assert fact in page.text
    assert "Kel. Balongsari: gratis" in page.text
    assert page.all("a", href="/toko/onde-onde-bu-ani")


def test_the_shops_page_is_english_for_who_wants_it(app: Flask, market: Market, ani: Browser) -> None:
    from marketplace.accounts.models import User

    with app.app_context(), writing() as session:
        session.get_one(User, market.people["bu_ani"]).language = "en"
    page = ani.get("/jualan/toko")
    assert page.root.get("lang") == "en"
    assert "08:00-17:00 WIB" in page.text


def test_a_changed_profile_leaves_a_trail_and_tells_the_cards(app: Flask, market: Market, ani: Browser) -> None:
    with app.app_context():
        meri = str(kelurahan_id("Meri"))
    page = ani.get("/jualan/toko/profil")
    page = ani.submit(
        page, "/jualan/toko/profil", name=" Onde-onde  Ibu Ani ", kelurahan_id=meri, description_en="Sesame balls"
    )
    assert "Berhasil disimpan" in page.text
    shop = shop_of(app, market)
    assert (shop.name, shop.kelurahan.name, shop.description_en) == ("Onde-onde Ibu Ani", "Meri", "Sesame balls")
    assert shop.slug == "onde-onde-bu-ani"
    with app.app_context():
        trail = db.session.scalars(select(AuditRow).where(AuditRow.verb == "change_profile")).one()
        job = db.session.scalars(select(Job).where(Job.kind == "catalog.refresh_shop")).one()
    assert (trail.object_id, trail.note) == (shop.id, "name, kelurahan_id, description_en")
    assert job.payload == f'{{"shop_id": {shop.id}}}'


def jobs_of(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Job.id)))


def test_an_unchanged_profile_leaves_no_trail(app: Flask, ani: Browser) -> None:
    form, before = ani.get("/jualan/toko/profil"), jobs_of(app)
    ani.submit(form, "/jualan/toko/profil")
    with app.app_context():
        assert not db.session.scalars(select(AuditRow)).all()
    assert jobs_of(app) == before


def test_a_wrong_phone_comes_back_as_it_was_typed(app: Flask, market: Market, ani: Browser) -> None:
    page = ani.submit(ani.get("/jualan/toko/profil"), "/jualan/toko/profil", whatsapp="0321-123456")
    assert page.status == 422
    assert "Ini nomor telepon rumah" in page.text
    assert page.all("input", name="whatsapp")[0].get("value") == "0321-123456"
    assert shop_of(app, market).whatsapp == "6281234567890"


def test_street_and_pin_are_kept_hidden_unless_shown(app: Flask, market: Market, ani: Browser) -> None:
    sent = {"street": "Jl. Empunala No. 43", "pin": "-7.4664, 112.4438"}
    page = ani.submit(ani.get("/jualan/toko/alamat"), "/jualan/toko/alamat", **sent)
    assert page.text.count("Hanya untuk pembeli Anda") == 2
    shop = shop_of(app, market)
    assert (shop.street, shop.latitude, shop.longitude) == ("Jl. Empunala No. 43", -7.4664, 112.4438)
    assert (shop.shows_street, shop.shows_pin) == (False, False)
    page = ani.submit(ani.get("/jualan/toko/alamat"), "/jualan/toko/alamat", shows_street="y", shows_pin="y")
    assert page.text.count("Tampil untuk umum") == 2
    ani.submit(
        ani.get("/jualan/toko/alamat"), "/jualan/toko/alamat", street="", pin="", shows_street=None, shows_pin=None
    )
    shop = shop_of(app, market)
    assert (shop.street, shop.latitude, shop.shows_pin) == ("", None, False)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"shows_street": "y"}, "Isi alamat jalan dulu."),
        ({"shows_pin": "y"}, "Isi titik peta dulu."),
        ({"street": "x" * 161}, "Paling panjang 160 huruf."),
        ({"pin": "https://maps.app.goo.gl/abc"}, "Tautan pendek peta tidak dapat dibaca."),
        ({"pin": "-8.6500, 115.2200"}, "lebih dari 10 km dari kelurahan toko"),
        ({"pin": "112.4338, -7.4664"}, "Tulis"),
    ],
)
def test_an_address_that_cannot_be_is_refused(ani: Browser, sent: dict[str, str], sentence: str) -> None:
    page = ani.post("/jualan/toko/alamat", sent)
    assert page.status == 422
    assert sentence in page.text


def test_hours_are_set_by_weekday(app: Flask, market: Market, ani: Browser) -> None:
    sent = {"days-0-closes": "14:00", "days-1-closes": "00:00", "days-2-opens": "20.30", "days-2-closes": "04.00"}
    page = ani.submit(ani.get("/jualan/toko/jam"), "/jualan/toko/jam", **{**sent, "days-6-is_open": None})
    assert "Minggu Tutup" in page.text
    assert shop_of(app, market).opening == [[480, 840], [480, 1440], [1230, 240], *[[480, 1020]] * 3, None]
    page = ani.get("/jualan/toko/jam")
    assert page.all("input", name="days-2-opens")[0].get("value") == "20:30"
    assert page.all("input", name="days-6-opens")[0].get("value") == "08:00", "a closed day offers the usual hours"


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"days-0-closes": "08:00"}, "Jam buka dan jam tutup tidak boleh sama."),
        ({"days-0-closes": ""}, "Isi jam buka dan jam tutup."),
        ({"days-0-opens": "25:00"}, "Tulis jam seperti 08.00."),
        ({"days-0-opens": "pagi"}, "Tulis jam seperti 08.00."),
        ({f"days-{n}-is_open": None for n in range(7)}, "Pilih sedikitnya satu hari buka."),
    ],
)
def test_hours_that_cannot_be_are_refused(
    app: Flask, market: Market, ani: Browser, sent: dict[str, str | None], sentence: str
) -> None:
    page = ani.submit(ani.get("/jualan/toko/jam"), "/jualan/toko/jam", **sent)
    assert page.status == 422
    assert sentence in page.text
    assert shop_of(app, market).opening == [[480, 1020]] * 7


def test_a_form_of_hours_without_any_day_is_refused(ani: Browser) -> None:
    page = ani.post("/jualan/toko/jam", {"days-9-opens": "08:00", "days-77-is_open": "y"})
    assert page.status == 422


def test_a_shop_closes_for_a_while_and_opens_again(app: Flask, market: Market, ani: Browser) -> None:
    day = (now().astimezone(WIB) + timedelta(days=3)).date()
    page = ani.submit(ani.get("/jualan/toko/tutup"), "/jualan/toko/tutup", day=day.isoformat(), hour="09:00")
    assert "Toko tutup sementara sampai" in page.text and "09.00 WIB" in page.text
    shop = shop_of(app, market)
    assert shop.reopens_at and shop.reopens_at.astimezone(WIB).strftime("%Y-%m-%d %H:%M") == f"{day} 09:00"
    assert not shop.takes_orders(now())
    page = ani.submit(page, "/jualan/toko/buka-lagi")
    assert "Toko tutup sementara sampai" not in page.text
    assert shop_of(app, market).takes_orders(now())


def test_a_closing_that_is_over_is_forgotten(app: Flask, market: Market, ani: Browser) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Shop, market.shops["bu_ani"]).closed_until = now() - timedelta(minutes=1)
    assert "Toko tutup sementara" not in ani.get("/jualan/toko").text.replace("Tutup toko sementara", "")
    assert shop_of(app, market).reopens_at is None


@pytest.mark.parametrize(
    ("day", "hour", "sentence"),
    [
        ("", "08:00", "Tanggal wajib diisi."),
        ("besok", "08:00", "Tulis tanggal seperti 21/11/2026."),
        ("2020-01-01", "08:00", "Pilih waktu yang belum lewat."),
        ("2999-01-01", "08:00", "paling lama satu tahun"),
        ("2999-01-01", "", "Jam wajib diisi."),
        ("2999-01-01", "siang", "Tulis jam seperti 08.00."),
    ],
)
def test_a_closing_that_cannot_be_is_refused(ani: Browser, day: str, hour: str, sentence: str) -> None:
    page = ani.post("/jualan/toko/tutup", {"day": day, "hour": hour})
    assert page.status == 422
    assert sentence in page.text


def test_delivery_fees_are_read_as_people_write_them(app: Flask, market: Market, ani: Browser) -> None:
    sent = {"fee_kelurahan": "0", "fee_kecamatan": "5rb", "fee_city": "Rp 8.000,-", "fee_outside": ""}
    page = ani.submit(ani.get("/jualan/toko/pengiriman"), "/jualan/toko/pengiriman", **{**sent, "offers_pickup": None})
    assert page.status == 200
    shop = shop_of(app, market)
    assert (shop.fee_kelurahan, shop.fee_kecamatan, shop.fee_city, shop.fee_outside) == (0, 5000, 8000, None)
    assert not shop.offers_pickup
    assert ani.get("/jualan/toko/pengiriman").all("input", name="fee_kelurahan")[0].get("value") == "Rp0"


def test_a_shop_that_offers_nothing_is_told_so(ani: Browser) -> None:
    page = ani.post("/jualan/toko/pengiriman", {"fee_city": ""}, follow=True)
    assert "Pembeli belum dapat memesan" in page.text


@pytest.mark.parametrize(
    ("fee", "sentence"),
    [
        ("1.000.001", "Ongkir paling banyak Rp1.000.000."),
        ("-1", "Jumlah rupiah tidak boleh kurang dari 0."),
        ("1.25", "Tulis jumlah rupiah bulat"),
        ("gratis", "Tulis jumlah rupiah bulat"),
        ("9" * 15, "Jumlah rupiah terlalu besar."),
    ],
)
def test_an_absurd_fee_is_refused(ani: Browser, fee: str, sentence: str) -> None:
    page = ani.post("/jualan/toko/pengiriman", {"fee_city": fee})
    assert page.status == 422
    assert sentence in page.text
    assert page.all("input", name="fee_city")[0].get("value") == fee
