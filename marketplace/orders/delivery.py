"""How the goods of one parcel can reach a buyer, and what each way costs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.config import City
from marketplace.db import db
from marketplace.orders.baskets import Parcel
from marketplace.orders.delivery_fees import courier_fee, region_of, zone_of
from marketplace.orders.models import Delivery
from marketplace.payments.port import COURIER, PICKUP
from marketplace.places.models import Kelurahan
from marketplace.sellers.couriers import services
from marketplace.sellers.delivery import Zone, courier_fees, zone_fee
from marketplace.sellers.models import CourierRate, Shop


@dataclass(frozen=True)
class Destination:
    """Where a parcel goes: a kelurahan of the city, or a province and regency outside; neither means pickup only."""

    kelurahan: Kelurahan | None = None
    province: str = ""
    regency: str = ""

    @property
    def is_known(self) -> bool:
        """Whether anything can be brought there."""
        return self.kelurahan is not None or bool(self.province)


@dataclass(frozen=True)
class Way:
    """One way that a buyer can choose; `code` stands in forms: pickup, shop, or courier:jne:REG. `fee` is rupiah.

    `where` the goods change hands: at the shop, in a zone of its own delivery, or with a courier.
    """

    code: str
    kind: Delivery
    label: str
    fee: int
    where: str
    courier: str = ""


def rates_of(shop_ids: Sequence[int]) -> dict[int, list[CourierRate]]:
    """The courier tables of several shops in one statement."""
    tables: dict[int, list[CourierRate]] = {shop_id: [] for shop_id in shop_ids}
    for rate in db.session.scalars(
        select(CourierRate).where(CourierRate.shop_id.in_(shop_ids)).order_by(CourierRate.id)
    ):
        tables[rate.shop_id].append(rate)
    return tables


def ways_for(parcel: Parcel, destination: Destination, rates: Sequence[CourierRate], city: City) -> list[Way]:
    """Every way this parcel can reach the destination, the shop's own delivery before couriers; may be empty."""
    ways = []
    if destination.is_known:
        zone = zone_of(parcel.shop.kelurahan, destination.kelurahan)
        own = _own_fee(parcel.shop, zone, destination, city)
        if own is not None:
            ways.append(Way("shop", Delivery.SHOP, _("Diantar penjual"), own, zone))
        ways += _courier_ways(parcel, destination, rates, city)
    if parcel.shop.offers_pickup:
        ways.append(Way("pickup", Delivery.PICKUP, _("Ambil di toko"), 0, PICKUP))
    return ways


def chosen_way(ways: Sequence[Way], code: str) -> Way | None:
    """The way with this code, else the first on offer; None when the shop offers nothing for this destination."""
    by_code: Mapping[str, Way] = {way.code: way for way in ways}
    return by_code.get(code) or next(iter(ways), None)


def _own_fee(shop: Shop, zone: Zone, destination: Destination, city: City) -> int | None:
    """The shop's fee for the zone; outside the city it only goes to the surroundings that the settings name."""
    if zone == Zone.OUTSIDE and not _is_near(destination, city):
        return None
    return zone_fee(shop, zone)


def _is_near(destination: Destination, city: City) -> bool:
    names = {_plain(name) for name in city.surroundings}
    return destination.province == city.province and _plain(destination.regency) in names


def _plain(regency: str) -> str:
    """`Kab. Mojokerto`, `kabupaten mojokerto` and `Mojokerto` are one place once the city itself has its kelurahan."""
    words = regency.lower().replace(".", " ").split()
    return " ".join(word for word in words if word not in {"kab", "kabupaten"})


def _courier_ways(parcel: Parcel, destination: Destination, rates: Sequence[CourierRate], city: City) -> list[Way]:
    region = region_of(destination.province or city.province)
    ways = []
    for rate in rates:
        service = services().get((rate.courier_code, rate.service_code))
        per_kg = courier_fees(rate).get(region)
        if service is None or per_kg is None:
            continue
        code = f"courier:{service.code}:{service.service_code}"
        fee = courier_fee(per_kg, parcel.weight_grams)
        ways.append(Way(code, Delivery.COURIER, service.title, fee, COURIER, courier=service.title))
    return ways
