"""Shops as their pages show them: plain rows, so that a page costs little and its pieces can be kept."""

import json
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, String, bindparam, cast, select

from marketplace import clock
from marketplace.expressions import json_rows
from marketplace.places.models import Kampung, Kecamatan, Kelurahan
from marketplace.reading import Query
from marketplace.sellers.hours import Hours
from marketplace.sellers.models import CourierRate, Shop, ShopState


class Rate(NamedTuple):
    """What a shop asks for a courier service: rupiah for each started kilogram by region."""

    courier_code: str
    service_code: str
    jawa_timur: int | None
    jawa: int | None
    luar_jawa: int | None


class ShownShop(NamedTuple):
    """A verified shop; fees are rupiah, `opening` is its week as JSON, the kampung is None for a shop in none.

    `rates` are those of its couriers, in the order in which it wrote them down.
    """

    id: int
    slug: str
    name: str
    whatsapp: str
    is_demo: bool
    description: str
    description_en: str
    opening: str
    closed_until: datetime | None
    offers_pickup: bool
    fee_kelurahan: int | None
    fee_kecamatan: int | None
    fee_city: int | None
    fee_outside: int | None
    street: str
    shows_street: bool
    latitude: float | None
    longitude: float | None
    shows_pin: bool
    kelurahan: str
    kecamatan: str
    kampung_slug: str | None
    kampung: str | None
    kampung_en: str | None
    rates: tuple[Rate, ...]

    @property
    def hours(self) -> Hours:
        """The weekly opening hours as a value."""
        return Hours.from_json(json.loads(self.opening))

    @property
    def is_closed(self) -> bool:
        """Whether it takes no orders for a while."""
        return self.closed_until is not None and self.closed_until > clock.now()


OF_SHOP = (
    *(Shop.id, Shop.slug, Shop.name, Shop.whatsapp, Shop.is_demo, Shop.description, Shop.description_en),
    *(cast(Shop.opening, String), Shop.closed_until, Shop.offers_pickup),
    *(Shop.fee_kelurahan, Shop.fee_kecamatan, Shop.fee_city, Shop.fee_outside),
    *(Shop.street, Shop.shows_street, Shop.latitude, Shop.longitude, Shop.shows_pin),
    *(Kelurahan.name, Kecamatan.name, Kampung.slug, Kampung.name, Kampung.name_en),
    json_rows(
        select(*(getattr(CourierRate, name) for name in Rate._fields))
        .where(CourierRate.shop_id == Shop.id)
        .order_by(CourierRate.id)
        .correlate(Shop),
        Rate._make,
    ),
)


def with_places(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """A statement about shops with the places that OF_SHOP names."""
    return (
        statement.join(Kelurahan, Kelurahan.id == Shop.kelurahan_id)
        .join(Kecamatan, Kecamatan.id == Kelurahan.kecamatan_id)
        .outerjoin(Kampung, Kampung.id == Shop.kampung_id)
    )


_VERIFIED = (Shop.slug == bindparam("slug"), Shop.state == ShopState.VERIFIED)
SHOP = Query(with_places(select(*OF_SHOP).select_from(Shop)).where(*_VERIFIED), ShownShop._make)
