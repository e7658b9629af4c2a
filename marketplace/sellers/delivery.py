"""What a shop offers to bring its goods to the buyer, with its own fees."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.sellers.couriers import services
from marketplace.sellers.models import CourierRate, Shop
from marketplace.sellers.on_show import Rate, ShownShop


class Zone(StrEnum):
    """How far a buyer in or near the city is from the shop; a shop that delivers has one fee for each."""

    KELURAHAN = "kelurahan"
    KECAMATAN = "kecamatan"
    CITY = "city"
    OUTSIDE = "outside"


class Region(StrEnum):
    """The three columns of a shop's own courier table."""

    JAWA_TIMUR = "jawa_timur"
    JAWA = "jawa"
    LUAR_JAWA = "luar_jawa"


class Way(StrEnum):
    """How goods reach the buyer."""

    PICKUP = "pickup"
    SHOP = "shop"
    COURIER = "courier"


@dataclass(frozen=True)
class DeliveryChoice:
    """One way that a shop offers: `fees` are rupiah by Zone (SHOP), or by Region for each started kilogram (COURIER).

    Places without a fee are left out: the shop does not deliver there. `courier` is the service's name.
    """

    way: Way
    fees: Mapping[Zone | Region, int] = field(default_factory=dict)
    courier: str = ""


def delivery_choices(shop: Shop | ShownShop, rates: Iterable[CourierRate | Rate]) -> list[DeliveryChoice]:
    """Everything the shop offers, pickup first, couriers last in the order of their list; empty when nothing yet."""
    choices = [DeliveryChoice(Way.PICKUP)] if shop.offers_pickup else []
    if zones := _known({zone: zone_fee(shop, zone) for zone in Zone}):
        choices.append(DeliveryChoice(Way.SHOP, zones))
    by_service = {(rate.courier_code, rate.service_code): rate for rate in rates}
    for key, service in services().items():
        if rate := by_service.get(key):
            choices.append(DeliveryChoice(Way.COURIER, courier_fees(rate), service.title))
    return choices


def zone_fee(shop: Shop | ShownShop, zone: Zone) -> int | None:
    """What the shop's own delivery into a zone costs in rupiah, 0 for nothing; None where it does not deliver."""
    fees = {
        Zone.KELURAHAN: shop.fee_kelurahan,
        Zone.KECAMATAN: shop.fee_kecamatan,
        Zone.CITY: shop.fee_city,
        Zone.OUTSIDE: shop.fee_outside,
    }
    return fees[zone]


def courier_fees(rate: CourierRate | Rate) -> Mapping[Zone | Region, int]:
    """Rupiah for each started kilogram by Region, without the regions that the shop does not serve."""
    return _known({Region.JAWA_TIMUR: rate.jawa_timur, Region.JAWA: rate.jawa, Region.LUAR_JAWA: rate.luar_jawa})


def _known(fees: Mapping[Zone, int | None] | Mapping[Region, int | None]) -> dict[Zone | Region, int]:
    return {place: fee for place, fee in fees.items() if fee is not None}
