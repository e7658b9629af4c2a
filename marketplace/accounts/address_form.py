"""The fields of an address, shared by the account's pages and the checkout."""

import re
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import contains_eager
from wtforms import Field, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Regexp, StopValidation, ValidationError

from marketplace.accounts.addresses import CITY, OUTSIDE, AddressValues
from marketplace.accounts.fields import PhoneField, one_line
from marketplace.config import settings
from marketplace.db import db
from marketplace.forms import Filled, Form, TextField
from marketplace.places.models import Kecamatan, Kelurahan
from marketplace.places.provinces import PROVINCES


class Used:
    """Validator: whatever stands in a field that does not matter is ignored.

    It does not matter when the form needs no address, or when the field belongs to the place that was not chosen.
    """

    def __init__(self, place: str | None = None) -> None:
        self.place = place

    def __call__(self, form: Any, field: Field) -> None:
        """Stop without an error."""
        needed = form.address_needed or field.short_name in form.always_needed
        if not needed or self.place not in (None, form.place.data):
            field.errors = []
            raise StopValidation


class Needed(Used, Filled):
    """Validator: a field that matters must be filled."""

    def __call__(self, form: Any, field: Field) -> None:
        """Raise StopValidation with the sentence of Filled."""
        Used.__call__(self, form, field)
        Filled.__call__(self, form, field)


def kelurahan_choices() -> list[SelectChoice]:
    """The city's kelurahan, grouped by kecamatan, after one that says "choose"."""
    ordered = select(Kelurahan).join(Kelurahan.kecamatan).order_by(Kecamatan.name, Kelurahan.name)
    rows = ordered.options(contains_eager(Kelurahan.kecamatan))
    places = [SelectChoice(str(row.id), row.name, optgroup=row.kecamatan.name) for row in db.session.scalars(rows)]
    return [SelectChoice("", gettext("Pilih kelurahan")), *places]


def province_choices() -> list[SelectChoice]:
    """The provinces after one that says "choose"."""
    return [SelectChoice("", gettext("Pilih provinsi")), *map(SelectChoice, PROVINCES)]


def place_choices() -> list[SelectChoice]:
    """The city itself, and everywhere else."""
    city = settings().city.name
    inside, outside = gettext("Di %(city)s", city=city), gettext("Di luar %(city)s", city=city)
    return [SelectChoice(CITY, inside), SelectChoice(OUTSIDE, outside)]


def three_digits(text: str | None) -> str | None:
    """Filter of RT and RW: `2`, `02` and `RT 02` become `002`; what is no number stays for the validator."""
    digits = re.sub(r"^r[tw][.\s]*", "", text or "", flags=re.IGNORECASE)
    return digits.zfill(3) if digits.isascii() and digits.isdigit() else text


def _number_of(kind: str) -> list[Any]:
    sentence = _l("%(kind)s terdiri dari paling banyak 3 angka.", kind=kind)
    return [Used(), Regexp(r"\A(|[0-9]{3})\Z", message=sentence)]


def _short(letters: int = 80) -> Length:
    return Length(max=letters, message=_l("Paling panjang %(max)s huruf.", max=letters))


class AddressFields(Form):
    """Mixin of forms with an address; one that may go without sets `address_needed` before validate().

    The fields named in `always_needed` are asked for all the same.
    """

    address_needed = True
    always_needed: frozenset[str] = frozenset()

    recipient = TextField(_l("Nama penerima"), [Needed(), _short()], filters=[one_line])
    phone = PhoneField(_l("Nomor HP penerima"), [Needed()])
    place = RadioField(_l("Di mana alamatnya?"), choices=place_choices, default=CITY)
    kelurahan_id = SelectField(
        _l("Kelurahan"), [Needed(CITY)], coerce=lambda value: int(value) if value else None, choices=kelurahan_choices
    )
    province = SelectField(_l("Provinsi"), [Needed(OUTSIDE)], choices=province_choices)
    regency = TextField(_l("Kabupaten atau kota"), [Needed(OUTSIDE), _short()], filters=[one_line])
    district = TextField(_l("Kecamatan"), [Needed(OUTSIDE), _short()], filters=[one_line])
    postal_code = TextField(
        _l("Kode pos"),
        [Needed(OUTSIDE), Regexp(r"\A[1-9][0-9]{4}\Z", message=_l("Kode pos terdiri dari 5 angka."))],
    )
    street = TextField(_l("Jalan dan nomor rumah"), [Needed(), _short(160)], filters=[one_line])
    rt = TextField(_l("RT"), _number_of("RT"), filters=[three_digits])
    rw = TextField(_l("RW"), _number_of("RW"), filters=[three_digits])
    landmark = TextField(_l("Patokan"), [Used(), _short(160)], filters=[one_line])

    def validate_regency(self, field: Field) -> None:
        """Kota and Kabupaten Mojokerto are two regions (35.76 and 35.16): the city has its own list of kelurahan."""
        city = settings().city.regency
        typed = _letters(field.data)
        if typed == _letters(city):
            raise ValidationError(gettext("Untuk alamat di %(city)s, pilih kelurahannya.", city=city))
        if typed and _letters(city).removeprefix("kota") == typed:
            raise ValidationError(gettext("Tulis lengkap, misalnya Kabupaten %(name)s.", name=field.data.title()))

    def address_values(self) -> AddressValues:
        """What a valid form says, as the columns of an Address."""
        inside = self.place.data == CITY
        return AddressValues(
            recipient=_text(self.recipient),
            phone=_text(self.phone),
            street=_text(self.street),
            rt=_text(self.rt),
            rw=_text(self.rw),
            landmark=_text(self.landmark),
            kelurahan_id=self.kelurahan_id.data if inside else None,
            province="" if inside else _text(self.province),
            regency="" if inside else _text(self.regency),
            district="" if inside else _text(self.district),
            postal_code="" if inside else _text(self.postal_code),
        )


def _text(field: Field) -> str:
    return str(field.data or "")


def _letters(text: str | None) -> str:
    return re.sub(r"[\W_]", "", (text or "").lower())
