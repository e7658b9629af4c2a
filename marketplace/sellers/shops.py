"""What a shop changes about itself: profile, address, opening hours, delivery, couriers."""

from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, select, update
from sqlalchemy.engine import CursorResult

from marketplace import audit, stamps
from marketplace.db import writing
from marketplace.jobs import enqueue
from marketplace.refusal import GoneAway
from marketplace.sellers.events import shop_changed
from marketplace.sellers.hours import Hours
from marketplace.sellers.models import CourierRate, Shop

# What of a profile the lists of goods repeat, and pages of other kinds print.
LISTED = frozenset({"name", "kelurahan_id", "kampung_id"})


@dataclass(frozen=True)
class Profile:
    """How a shop presents itself; `whatsapp` is bare digits (6281234567890)."""

    name: str
    whatsapp: str
    kelurahan_id: int
    kampung_id: int | None = None
    description: str = ""
    description_en: str = ""


@dataclass(frozen=True)
class Location:
    """Where the shop is exactly, and what of it everyone may see. Coordinates are WGS 84 degrees."""

    street: str
    shows_street: bool
    latitude: float | None
    longitude: float | None
    shows_pin: bool


@dataclass(frozen=True)
class DeliveryTerms:
    """Pickup, and the shop's own delivery fees in rupiah by zone: None where it does not deliver."""

    offers_pickup: bool
    fee_kelurahan: int | None
    fee_kecamatan: int | None
    fee_city: int | None
    fee_outside: int | None


@dataclass(frozen=True)
class CourierFees:
    """Rupiah for each started kilogram by region, None where the service is not offered."""

    jawa_timur: int | None
    jawa: int | None
    luar_jawa: int | None


def change_profile(shop_id: int, actor_id: int, profile: Profile) -> None:
    """Save the profile. What the office looked at when it verified the shop leaves a trail: which fields changed.

    The slug stays, so that links keep working; the products' cards repeat the name and hear of it by a job.
    """
    with writing() as session:
        shop = session.scalars(select(Shop).where(Shop.id == shop_id).with_for_update(of=Shop)).one()
        changed = [name for name, value in asdict(profile).items() if getattr(shop, name) != value]
        for name in changed:
            setattr(shop, name, getattr(profile, name))
        if changed:
            audit.record("change_profile", "shop", shop_id, actor_id=actor_id, note=", ".join(changed))
            stamps.touch({stamps.shop(shop_id) if LISTED.isdisjoint(changed) else stamps.EVERYWHERE})
        if LISTED.intersection(changed):
            session.flush()
            shop_changed.send(shop_id=shop_id)
        if "name" in changed:
            enqueue("catalog.refresh_shop", shop_id=shop_id)


def change_location(shop_id: int, location: Location) -> None:
    """Save street and pin, and whether everyone may see them."""
    _set(shop_id, **asdict(location))


def change_hours(shop_id: int, hours: Hours) -> None:
    """Save the weekly opening hours."""
    _set(shop_id, opening=hours.to_json())


def close_until(shop_id: int, moment: datetime) -> None:
    """Take no new orders before that moment (with its zone)."""
    _set(shop_id, closed_until=moment)


def reopen(shop_id: int) -> None:
    """End a temporary closing."""
    _set(shop_id, closed_until=None)


def change_delivery(shop_id: int, terms: DeliveryTerms) -> None:
    """Save pickup and the shop's own delivery fees."""
    with writing() as session:
        session.execute(update(Shop).where(Shop.id == shop_id).values(**asdict(terms)))
        shop_changed.send(shop_id=shop_id)
        stamps.touch({stamps.shop(shop_id)})


def offer_courier(shop_id: int, courier_code: str, service_code: str, fees: CourierFees) -> None:
    """Offer a courier's service, or change its fees if the shop offers it already."""
    key = (CourierRate.shop_id == shop_id, CourierRate.courier_code == courier_code)
    with writing() as session:
        # Locked, so that two taps on one button add one row (PostgreSQL; SQLite has one writer anyway).
        session.execute(select(Shop.id).where(Shop.id == shop_id).with_for_update())
        rate = session.scalar(select(CourierRate).where(*key, CourierRate.service_code == service_code))
        if rate is None:
            rate = CourierRate(shop_id=shop_id, courier_code=courier_code, service_code=service_code)
            session.add(rate)
        rate.jawa_timur, rate.jawa, rate.luar_jawa = fees.jawa_timur, fees.jawa, fees.luar_jawa
        session.flush()
        shop_changed.send(shop_id=shop_id)
        stamps.touch({stamps.shop(shop_id)})


def change_courier(shop_id: int, rate_id: int, fees: CourierFees) -> None:
    """Save the fees of one service; raises GoneAway for another shop's, or one that was removed meanwhile."""
    with writing() as session:
        mine = update(CourierRate).where(CourierRate.id == rate_id, CourierRate.shop_id == shop_id)
        changed = session.execute(mine.values(**asdict(fees)))
        assert isinstance(changed, CursorResult)
        if not changed.rowcount:
            raise GoneAway(_("Layanan kurir ini sudah tidak ada di toko Anda."))
        shop_changed.send(shop_id=shop_id)
        stamps.touch({stamps.shop(shop_id)})


def drop_courier(shop_id: int, rate_id: int) -> None:
    """Stop offering a service; one that is gone already stays gone."""
    with writing() as session:
        session.execute(delete(CourierRate).where(CourierRate.id == rate_id, CourierRate.shop_id == shop_id))
        shop_changed.send(shop_id=shop_id)
        stamps.touch({stamps.shop(shop_id)})


def _set(shop_id: int, **values: object) -> None:
    with writing() as session:
        session.execute(update(Shop).where(Shop.id == shop_id).values(**values))
        stamps.touch({stamps.shop(shop_id)})
