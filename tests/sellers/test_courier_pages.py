"""The shop's own courier table: add, change and remove services, never another shop's."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.refusal import GoneAway
from marketplace.sellers import shops
from marketplace.sellers.models import CourierRate
from marketplace.sellers.shops import CourierFees
from tests.browser import Browser
from tests.factories import Market

SignIn = Callable[[str], Browser]
REGULAR = CourierFees(jawa_timur=9_000, jawa=15_000, luar_jawa=None)


def rates(app: Flask) -> list[CourierRate]:
    """Every shop's rows."""
    with app.app_context():
        return list(db.session.scalars(select(CourierRate).order_by(CourierRate.id)))


@pytest.fixture
def rate_id(app: Flask, market: Market) -> int:
    """Bu Ani offers JNE Reguler."""
    with app.app_context():
        shops.offer_courier(market.shops["bu_ani"], "jne", "REG", REGULAR)
    return rates(app)[0].id


def test_a_service_is_added_by_the_form(app: Flask, market: Market, signed_in: SignIn) -> None:
    ani = signed_in("bu_ani")
    page = ani.get("/jualan/toko/kurir")
    assert "Belum ada." in page.text
    page = ani.submit(page, "/jualan/toko/kurir", service="pos:POS REG", jawa_timur="9rb", jawa="15.000")
    assert "POS Indonesia Pos Reguler Jawa Timur: Rp9.000/kg Jawa lainnya: Rp15.000/kg" in page.text
    (rate,) = rates(app)
    assert (rate.shop_id, rate.courier_code, rate.service_code) == (market.shops["bu_ani"], "pos", "POS REG")
    assert (rate.jawa_timur, rate.jawa, rate.luar_jawa) == (9000, 15000, None)


def test_adding_a_service_again_changes_its_fees(app: Flask, market: Market, rate_id: int) -> None:
    with app.app_context():
        shops.offer_courier(market.shops["bu_ani"], "jne", "REG", CourierFees(None, None, 40_000))
    (rate,) = rates(app)
    assert (rate.id, rate.jawa_timur, rate.luar_jawa) == (rate_id, None, 40_000)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"service": "", "jawa": "9000"}, "Layanan kurir wajib diisi."),
        ({"service": "gosend:INSTANT", "jawa": "9000"}, "Pilihan ini tidak tersedia."),
        ({"service": "jne:REG"}, "Isi ongkir untuk sedikitnya satu wilayah."),
        ({"service": "jne:REG", "jawa": "2jt"}, "Ongkir paling banyak Rp1.000.000."),
        ({"service": "jne:REG", "luar_jawa": "murah"}, "Tulis jumlah rupiah bulat"),
    ],
)
def test_a_service_that_cannot_be_is_refused(
    app: Flask, signed_in: SignIn, sent: dict[str, str], sentence: str
) -> None:
    page = signed_in("bu_ani").post("/jualan/toko/kurir", sent)
    assert page.status == 422
    assert sentence in page.text
    assert not rates(app)


def test_fees_are_changed_and_a_service_removed(app: Flask, signed_in: SignIn, rate_id: int) -> None:
    ani = signed_in("bu_ani")
    page = ani.get(f"/jualan/toko/kurir/{rate_id}")
    assert page.h1 == "JNE Express Reguler"
    assert page.all("input", name="jawa_timur")[0].get("value") == "Rp9.000"
    assert ani.post(f"/jualan/toko/kurir/{rate_id}", {"jawa": ""}).status == 422
    ani.submit(page, f"/jualan/toko/kurir/{rate_id}", jawa_timur="0", jawa="")
    assert (rates(app)[0].jawa_timur, rates(app)[0].jawa) == (0, None)
    page = ani.submit(ani.get(f"/jualan/toko/kurir/{rate_id}"), "/hapus")
    assert "Belum ada." in page.text
    assert not rates(app)
    assert ani.post(f"/jualan/toko/kurir/{rate_id}/hapus").status == 303, "twice does no harm"


def test_another_shops_table_is_out_of_reach(app: Flask, signed_in: SignIn, rate_id: int) -> None:
    budi = signed_in("pak_budi")
    assert budi.get(f"/jualan/toko/kurir/{rate_id}").status == 404
    assert budi.post(f"/jualan/toko/kurir/{rate_id}", {"jawa": "1"}).status == 404
    budi.post(f"/jualan/toko/kurir/{rate_id}/hapus")
    assert rates(app)[0].jawa == 15_000
    assert "JNE Express Reguler" not in budi.get("/jualan/toko/kurir").text.split("Tambah layanan")[0]


def test_a_row_that_was_removed_meanwhile_is_not_changed(app: Flask, market: Market, rate_id: int) -> None:
    with app.app_context():
        with pytest.raises(GoneAway):
            shops.change_courier(market.shops["pak_budi"], rate_id, REGULAR)
        shops.drop_courier(market.shops["bu_ani"], rate_id)
        with pytest.raises(GoneAway):
            shops.change_courier(market.shops["bu_ani"], rate_id, REGULAR)
