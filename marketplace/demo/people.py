"""Registers the people of the demo market; one of them becomes the officer."""

from contextlib import suppress

from sqlalchemy import select, update

from marketplace import audit, once
from marketplace.accounts.addresses import AddressValues, add_address
from marketplace.accounts.identities import Identity
from marketplace.accounts.models import User
from marketplace.accounts.phone import normalise_phone
from marketplace.accounts.proof import prove_phone
from marketplace.accounts.registration import register
from marketplace.db import db, writing
from marketplace.demo.content import Entry, people
from marketplace.demo.sign_ins import PASSWORD
from marketplace.places.models import Kelurahan

OFFICER = "rina"


def register_people() -> dict[str, int]:
    """Everybody's user id by short name; whoever is there from an interrupted run stays as they are."""
    ids = {who: _registered(who, person) for who, person in people().items()}
    _make_officer(ids[OFFICER])
    for who, person in people().items():
        if "address" in person:
            prove_phone(ids[OFFICER], ids[who], normalise_phone(person["phone"]))
            with suppress(once.AlreadyDone):
                add_address(ids[who], address_values(person["address"], person), f"demo:address:{who}")
    return ids


def address_values(address: Entry, contact: Entry) -> AddressValues:
    """An address of the data files as a form gives it; `contact` receives what is brought there."""
    named = select(Kelurahan.id).where(Kelurahan.name == address.get("kelurahan"))
    return AddressValues(
        recipient=contact["name"],
        phone=normalise_phone(contact["phone"]),
        street=address["street"],
        rt=address.get("rt", ""),
        rw=address.get("rw", ""),
        landmark=address.get("landmark", ""),
        kelurahan_id=db.session.scalars(named).one_or_none(),
        province=address.get("province", ""),
        regency=address.get("regency", ""),
        district=address.get("district", ""),
        postal_code=address.get("postal_code", ""),
    )


def _registered(who: str, person: Entry) -> int:
    key, phone = f"demo:person:{who}", normalise_phone(person["phone"])
    if once.answer_of(key) is not None:
        return db.session.scalars(select(User.id).where(User.phone == phone).order_by(User.id).limit(1)).one()
    return register(person["name"], Identity("phone", phone), PASSWORD, language="id", key=key, network="demo")


def _make_officer(user_id: int) -> None:
    with writing() as session:
        promoted = update(User).where(User.id == user_id, ~User.is_officer).values(is_officer=True).returning(User.id)
        if session.scalar(promoted) is not None:
            audit.record("make_officer", "person", user_id, actor_id=None)
