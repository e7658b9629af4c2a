"""What decides a delivery fee: zones, regions, started kilograms."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.orders.delivery_fees import (
    UnknownProvince,
    courier_fee,
    province_named,
    region_of,
    zone_of,
)
from marketplace.places.models import Kelurahan
from marketplace.places.provinces import PROVINCES
from marketplace.sellers.delivery import Region, Zone


def kelurahan(id: int, kecamatan_id: int) -> Kelurahan:
    """A kelurahan that was never stored: only its keys matter here."""
    place = Kelurahan(code="", name="", kecamatan_id=kecamatan_id, postal_code="", latitude=0, longitude=0)
    place.id = id
    return place


def test_a_zone_is_the_smallest_place_that_shop_and_buyer_share() -> None:
    balongsari = kelurahan(1, kecamatan_id=1)
    assert zone_of(balongsari, kelurahan(1, kecamatan_id=1)) is Zone.KELURAHAN
    assert zone_of(balongsari, kelurahan(2, kecamatan_id=1)) is Zone.KECAMATAN
    assert zone_of(balongsari, kelurahan(3, kecamatan_id=2)) is Zone.CITY
    assert zone_of(balongsari, None) is Zone.OUTSIDE


def test_indonesia_has_38_provinces_six_of_them_on_java() -> None:
    assert len(PROVINCES) == len(set(PROVINCES)) == 38
    on_java = {province for province in PROVINCES if region_of(province) is not Region.LUAR_JAWA}
    assert on_java == {"DKI Jakarta", "Jawa Barat", "Jawa Tengah", "DI Yogyakarta", "Jawa Timur", "Banten"}
    assert [province for province in PROVINCES if region_of(province) is Region.JAWA_TIMUR] == ["Jawa Timur"]


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("jawa timur", "Jawa Timur"),
        (" JAWA  TIMUR ", "Jawa Timur"),
        ("Prov. Jawa Timur", "Jawa Timur"),
        ("Provinsi Jawa Timur", "Jawa Timur"),
        ("prov.jawa timur", "Jawa Timur"),
        ("Jatim", "Jawa Timur"),
        ("DIY", "DI Yogyakarta"),
        ("D.I. Yogyakarta", "DI Yogyakarta"),
        ("Daerah Istimewa Yogyakarta", "DI Yogyakarta"),
        ("Yogyakarta", "DI Yogyakarta"),
        ("DKI", "DKI Jakarta"),
        ("D.K.I. Jakarta", "DKI Jakarta"),
        ("Daerah Khusus Jakarta", "DKI Jakarta"),
        ("Kep. Riau", "Kepulauan Riau"),
        ("Bangka-Belitung", "Kepulauan Bangka Belitung"),
        ("NTB", "Nusa Tenggara Barat"),
    ],
)
def test_reads_a_province_as_people_write_it(text: str, province: str) -> None:
    assert province_named(text) == province


@given(st.sampled_from(PROVINCES), st.sampled_from([str.lower, str.upper, str.title, str.swapcase]))
def test_the_case_makes_no_difference(province: str, change: Callable[[str], str]) -> None:
    assert province_named(f"Provinsi {change(province)}") == province


@pytest.mark.parametrize("text", ["", "Prov.", "Jawa", "Mojokerto", "Jawa Timur 2", "Singapura"])
def test_refuses_what_is_no_province(text: str) -> None:
    with pytest.raises(UnknownProvince, match="Provinsi tidak dikenal"):
        region_of(text)


@pytest.mark.parametrize(
    ("grams", "fee"), [(0, 9_000), (1, 9_000), (1_000, 9_000), (1_001, 18_000), (2_000, 18_000), (2_300, 27_000)]
)
def test_every_started_kilogram_costs(grams: int, fee: int) -> None:
    assert courier_fee(9_000, grams) == fee


@pytest.mark.parametrize(("rupiah", "grams"), [(-1, 1), (1, -1)])
def test_refuses_negative_weights_and_prices(rupiah: int, grams: int) -> None:
    with pytest.raises(ValueError):
        courier_fee(rupiah, grams)
