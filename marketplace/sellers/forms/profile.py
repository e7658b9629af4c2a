"""How a shop presents itself: the form that opens one, and the form that changes it."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, Field, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.accounts.address_form import kelurahan_choices
from marketplace.accounts.fields import PhoneField, one_line
from marketplace.accounts.phone import NotAPhone, normalise_shop_phone
from marketplace.db import db
from marketplace.forms import Filled, Form, TextField, trimmed
from marketplace.places.models import Kampung
from marketplace.sellers.shops import Profile

SHORTEST_NAME, LONGEST_NAME = 3, 60
LONGEST_TEXT = 2_000


def kampung_choices() -> list[SelectChoice]:
    """The city's kampung after one that says "none"."""
    rows = db.session.scalars(select(Kampung).order_by(Kampung.position))
    return [SelectChoice("", gettext("Tidak di kampung tertentu")), *(SelectChoice(str(k.id), k.name) for k in rows)]


def id_or_none(text: str) -> int | None:
    """Coerces the value of an option: the empty one chooses nothing."""
    return int(text) if text else None


def paragraphs(text: str | None) -> str:
    """Filter of long texts: trimmed, line ends as one character each, as the browser's own limit counts them."""
    return (trimmed(text) or "").replace("\r\n", "\n")


def _long_text(label: str) -> TextAreaField:
    limit = Length(max=LONGEST_TEXT, message=_l("Paling panjang %(max)s huruf."))
    return TextAreaField(label, [limit], filters=[paragraphs])


class ProfileForm(Form):
    """The shop's name, number, place and words, also those for tourists."""

    name = TextField(
        _l("Nama toko"),
        [
            Filled(),
            Length(SHORTEST_NAME, LONGEST_NAME, message=_l("Nama toko terdiri dari %(min)s sampai %(max)s huruf.")),
        ],
        filters=[one_line],
    )
    whatsapp = PhoneField(_l("Nomor WhatsApp toko"), [Filled()])
    kelurahan_id = SelectField(_l("Kelurahan"), [Filled()], coerce=id_or_none, choices=kelurahan_choices)
    kampung_id = SelectField(_l("Kampung"), coerce=id_or_none, choices=kampung_choices)
    description = _long_text(_l("Tentang toko"))
    description_en = _long_text(_l("Tentang toko dalam bahasa Inggris"))

    def validate_name(self, field: Field) -> None:
        """A name can be spoken."""
        if not any(character.isalpha() for character in field.data):
            raise ValidationError(gettext("Nama toko harus memuat huruf."))

    def validate_whatsapp(self, field: Field) -> None:
        """Buyers write to the shop on an Indonesian mobile number."""
        try:
            normalise_shop_phone(f"+{field.data}")
        except NotAPhone as error:
            raise ValidationError(str(error)) from error

    def profile(self) -> Profile:
        """What a valid form says."""
        return Profile(**{name: value for name, value in self.data.items() if name in Profile.__dataclass_fields__})


class OpeningForm(ProfileForm):
    """A new shop; nobody is listed unasked, and English can wait."""

    description_en = None  # type: ignore[assignment]  # this is how WTForms leaves an inherited field out
    agrees = BooleanField(
        _l("Saya pemilik usaha ini dan setuju nama, nomor WhatsApp, dan kelurahan toko tampil untuk umum."),
        [InputRequired(_l("Setujui dulu untuk membuka toko."))],
    )
