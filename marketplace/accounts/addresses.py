"""A person's addresses: keep, change, choose the main one, and write them out."""

from collections.abc import Mapping
from typing import TypedDict

from flask_babel import gettext as _
from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from marketplace import once
from marketplace.accounts.models import Address
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.places.models import Kelurahan
from marketplace.refusal import GoneAway, Refusal

CITY, OUTSIDE = "city", "outside"
MOST = 20


class TooManyAddresses(Refusal):
    """Nobody lives in more than MOST places."""


class AddressValues(TypedDict):
    """The columns of an Address that people fill in; those of the place that was not chosen are empty."""

    recipient: str
    phone: str
    street: str
    rt: str
    rw: str
    landmark: str
    kelurahan_id: int | None
    province: str
    regency: str
    district: str
    postal_code: str


def addresses_of(user_id: int) -> Select[Address]:
    """The person's addresses, the main one first."""
    return select(Address).where(Address.user_id == user_id).order_by(Address.is_main.desc(), Address.id)


def address_of(user_id: int, id: int) -> Address | None:
    """One of the person's own addresses; None for anybody else's."""
    return db.session.scalar(addresses_of(user_id).where(Address.id == id))


def add_address(user_id: int, values: AddressValues, key: str) -> None:
    """Keep a new address, the first one as the main one; raises TooManyAddresses, AlreadyDone."""
    with writing() as session:
        answer = once.claim(key)
        count = session.scalar(select(func.count(Address.id)).where(Address.user_id == user_id)) or 0
        if count >= MOST:
            raise TooManyAddresses(_("Paling banyak %(count)s alamat. Hapus dulu yang tidak dipakai.", count=MOST))
        session.add(Address(user_id=user_id, is_main=count == 0, **values))
        answer.text = "added"


def change_address(user_id: int, id: int, values: AddressValues) -> None:
    """Replace what one of the person's own addresses says; raises GoneAway."""
    with writing() as session:
        address = _own(session, user_id, id)
        for name, value in values.items():
            setattr(address, name, value)


def make_main(user_id: int, id: int) -> None:
    """Make one of the person's own addresses the only main one; raises GoneAway."""
    with writing() as session:
        address = _own(session, user_id, id)
        session.execute(update(Address).where(Address.user_id == user_id).values(is_main=Address.id == address.id))


def delete_address(user_id: int, id: int) -> None:
    """Forget one of the person's own addresses; the oldest left becomes the main one. Deleting twice is no mistake."""
    with writing() as session:
        session.execute(delete(Address).where(Address.user_id == user_id, Address.id == id))
        heir = session.scalar(addresses_of(user_id).limit(1))
        if heir is not None:
            heir.is_main = True


def _own(session: Session, user_id: int, id: int) -> Address:
    address = session.scalar(addresses_of(user_id).where(Address.id == id).with_for_update(of=Address))
    if address is None:
        raise GoneAway(_("Alamat ini sudah dihapus."))
    return address


def place_of(address: Address) -> str:
    """Which of the form's two places an address lies in: CITY or OUTSIDE."""
    return OUTSIDE if address.kelurahan_id is None else CITY


def values_of(address: Address) -> AddressValues:
    """What a kept address says, as its form would."""
    return AddressValues(
        recipient=address.recipient,
        phone=address.phone,
        street=address.street,
        rt=address.rt,
        rw=address.rw,
        landmark=address.landmark,
        kelurahan_id=address.kelurahan_id,
        province=address.province,
        regency=address.regency,
        district=address.district,
        postal_code=address.postal_code,
    )


def copy_for_order(values: AddressValues) -> dict[str, str]:
    """An address as texts alone, every place by its name, so that it still says the same when the city is redrawn."""
    kelurahan = db.session.get(Kelurahan, values["kelurahan_id"]) if values["kelurahan_id"] else None
    texts = {name: str(value) for name, value in values.items() if name != "kelurahan_id"} | {"kelurahan": ""}
    if kelurahan is None:
        return texts
    return texts | {
        "kelurahan": kelurahan.name,
        "district": kelurahan.kecamatan.name,
        "regency": settings().city.regency,
        "province": settings().city.province,
        "postal_code": kelurahan.postal_code,
    }


def address_line(copy: Mapping[str, str]) -> str:
    """`Jl. Empunala No. 43, RT 002/RW 001, Kel. Balongsari, Kec. Magersari, Kota Mojokerto, Jawa Timur 61314`."""
    numbers = "/".join(f"{kind.upper()} {copy[kind]}" for kind in ("rt", "rw") if copy[kind])
    parts = (
        copy["street"],
        numbers,
        copy["kelurahan"] and f"Kel. {copy['kelurahan']}",
        f"Kec. {copy['district']}",
        copy["regency"],
        f"{copy['province']} {copy['postal_code']}",
    )
    return ", ".join(part for part in parts if part)


def written(address: Address) -> str:
    """A kept address in one line."""
    return address_line(copy_for_order(values_of(address)))
