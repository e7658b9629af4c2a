"""What decides a delivery fee: the zone inside the city, the region and started kilograms outside."""

import re
from functools import cache

from flask_babel import lazy_gettext as _

from marketplace.places.models import Kelurahan
from marketplace.places.provinces import PROVINCES
from marketplace.sellers.delivery import Region, Zone


class UnknownProvince(ValueError):
    """No province of Indonesia has this name; `str()` is a translated sentence that can be shown as it is."""


_ON_JAVA = {"DKI Jakarta", "Jawa Barat", "Jawa Tengah", "DI Yogyakarta", "Banten"}
# What else people and other shops' tables call them.
_ALSO = {
    "DKI Jakarta": ("DKI", "DKJ", "Jakarta", "Daerah Khusus Ibukota Jakarta", "Daerah Khusus Jakarta"),
    "DI Yogyakarta": ("DIY", "Yogyakarta", "Jogja", "Jogjakarta", "DIY Yogyakarta", "Daerah Istimewa Yogyakarta"),
    "Jawa Timur": ("Jatim",),
    "Jawa Tengah": ("Jateng",),
    "Jawa Barat": ("Jabar",),
    "Kepulauan Bangka Belitung": ("Bangka Belitung", "Kep. Bangka Belitung", "Babel"),
    "Kepulauan Riau": ("Kep. Riau", "Kepri"),
    "Nusa Tenggara Barat": ("NTB",),
    "Nusa Tenggara Timur": ("NTT",),
}


def zone_of(shop_kelurahan: Kelurahan, kelurahan: Kelurahan | None) -> Zone:
    """The zone of an address seen from a shop; an address outside the city has no kelurahan of ours."""
    if kelurahan is None:
        return Zone.OUTSIDE
    if kelurahan.id == shop_kelurahan.id:
        return Zone.KELURAHAN
    return Zone.KECAMATAN if kelurahan.kecamatan_id == shop_kelurahan.kecamatan_id else Zone.CITY


def province_named(text: str) -> str:
    """The official spelling of a province, in any case, with or without "Prov.", also short as DIY, DKI or Jatim.

    Raises UnknownProvince.
    """
    name = re.sub("^(provinsi|propinsi|prov)", "", _letters(text))
    if name not in _by_name():
        raise UnknownProvince(_("Provinsi tidak dikenal. Pilih salah satu dari daftar."))
    return _by_name()[name]


def region_of(province: str) -> Region:
    """The column of a shop's courier table for a province, spelled as loosely as province_named allows."""
    name = province_named(province)
    if name == "Jawa Timur":
        return Region.JAWA_TIMUR
    return Region.JAWA if name in _ON_JAVA else Region.LUAR_JAWA


def courier_fee(rupiah_per_kg: int, weight_grams: int) -> int:
    """Rupiah for a parcel: couriers charge every started kilogram, at least one; ValueError for negative numbers."""
    if rupiah_per_kg < 0 or weight_grams < 0:
        raise ValueError(f"no fee for {weight_grams} g at {rupiah_per_kg} rupiah")
    return rupiah_per_kg * max(1, -(-weight_grams // 1000))


@cache
def _by_name() -> dict[str, str]:
    names = {_letters(province): province for province in PROVINCES}
    return names | {_letters(other): province for province, others in _ALSO.items() for other in others}


def _letters(text: str) -> str:
    """A name without case, dots and spaces: people write D.I. Yogyakarta, DI. Yogyakarta and d i yogyakarta."""
    return re.sub(r"[\W_]", "", text.lower())
