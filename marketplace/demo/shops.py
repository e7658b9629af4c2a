"""Opens the shops of the demo market, with their hours and deliveries, and lets the officer verify them."""

from collections.abc import Mapping

from sqlalchemy import select, update

from marketplace import once
from marketplace.accounts.phone import normalise_shop_phone
from marketplace.clock import WEEKDAYS
from marketplace.db import db, writing
from marketplace.demo.content import Entry, people
from marketplace.demo.people import OFFICER
from marketplace.demo.sign_ins import PASSWORD
from marketplace.payments import receiving
from marketplace.payments.models import Channel, ReceivingAccount
from marketplace.places.models import Kampung, Kelurahan
from marketplace.sellers import shops
from marketplace.sellers.hours import Hours
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.opening import open_shop
from marketplace.sellers.verification import suspend, verify


def open_demo_shop(slug: str, entry: Entry, user_ids: Mapping[str, int]) -> int:
    """Open and verify one shop and return its id; a shop that should wait is left waiting."""
    shop_id = _opened(slug, entry, user_ids[entry["owner"]])
    shops.change_location(shop_id, _location(entry))
    shops.change_hours(shop_id, _hours(entry))
    shops.change_delivery(shop_id, _terms(entry))
    for service, (jawa_timur, jawa, luar_jawa) in entry.get("couriers", {}).items():
        courier_code, service_code = service.split(" ", 1)
        shops.offer_courier(shop_id, courier_code, service_code, shops.CourierFees(jawa_timur, jawa, luar_jawa))
    if "account" in entry:
        _take_transfers(shop_id, user_ids[entry["owner"]], entry["account"])
    if is_on_show(entry):
        verify(shop_id, user_ids[OFFICER])
    return shop_id


def is_on_show(entry: Entry) -> bool:
    """Whether the office verifies the shop, be it only to suspend it later."""
    return bool(entry.get("state") != ShopState.WAITING)


def suspend_demo_shop(shop_id: int, entry: Entry, user_ids: Mapping[str, int]) -> None:
    """Suspend the shop if that is its part in the demo market; its orders have been placed before."""
    if entry.get("state") == ShopState.SUSPENDED:
        suspend(shop_id, user_ids[OFFICER], entry["suspension_reason"])


def _opened(slug: str, entry: Entry, owner_id: int) -> int:
    try:
        address = open_shop(owner_id, _profile(entry), key=f"demo:shop:{slug}")
    except once.AlreadyDone as done:
        address = done.text
    with writing() as session:
        shop_id = session.scalars(select(Shop.id).where(Shop.slug == address)).one()
        session.execute(update(Shop).where(Shop.id == shop_id).values(is_demo=True))
    return shop_id


def _take_transfers(shop_id: int, owner_id: int, account: Entry) -> None:
    """On an account of a bank that does not exist, so that nobody's money gets lost."""
    if db.session.scalar(select(ReceivingAccount.id).where(ReceivingAccount.shop_id == shop_id)) is None:
        announced = receiving.NewAccount(Channel.BANK, account["number"], account["holder"], account["bank"])
        receiving.change(shop_id, owner_id, announced, password=PASSWORD, network="demo")


def _profile(entry: Entry) -> shops.Profile:
    return shops.Profile(
        name=entry["name"],
        whatsapp=normalise_shop_phone(people()[entry["owner"]]["phone"]),
        kelurahan_id=db.session.scalars(select(Kelurahan.id).where(Kelurahan.name == entry["kelurahan"])).one(),
        kampung_id=db.session.scalar(select(Kampung.id).where(Kampung.slug == entry.get("kampung"))),
        description=entry["description"],
        description_en=entry["description_en"],
    )


def _location(entry: Entry) -> shops.Location:
    """A street that only buyers see, once their order is accepted; no pin, since a real house would stand there."""
    return shops.Location(entry["street"], shows_street=False, latitude=None, longitude=None, shows_pin=False)


def _hours(entry: Entry) -> Hours:
    """`05.30-17.00` on every day that the shop is not closed on."""
    opens, closes = (60 * int(time[:2]) + int(time[3:]) for time in entry["hours"].split("-"))
    closed_on = entry.get("closed_on", [])
    return Hours(tuple(None if weekday in closed_on else (opens, closes) for weekday in WEEKDAYS["id"]))


def _terms(entry: Entry) -> shops.DeliveryTerms:
    fees = entry["fees"]
    return shops.DeliveryTerms(
        offers_pickup=True,
        fee_kelurahan=fees.get("kelurahan"),
        fee_kecamatan=fees.get("kecamatan"),
        fee_city=fees.get("city"),
        fee_outside=fees.get("outside"),
    )
