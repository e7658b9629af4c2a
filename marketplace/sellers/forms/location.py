"""Where exactly the shop is, and what of it everyone may see."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field
from wtforms.validators import Length, ValidationError
from wtforms.widgets import TextInput

from marketplace.accounts.fields import one_line
from marketplace.forms import Form, TextField
from marketplace.sellers.models import Shop
from marketplace.sellers.pin import NotAPin, distance_km, parse_pin, show_pin
from marketplace.sellers.shops import Location

FARTHEST_PIN_KM = 10


class PinField(Field):
    """A point on the map, pasted; `data` is (latitude, longitude) or None."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return show_pin(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Empty becomes None; what holds no point becomes an error beside the field."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = parse_pin(valuelist[0])
            except NotAPin as error:
                raise ValueError(str(error)) from error


class LocationForm(Form):
    """Street and pin; both stay hidden unless the shop shows them."""

    street = TextField(
        _l("Alamat jalan"), [Length(max=160, message=_l("Paling panjang %(max)s huruf."))], filters=[one_line]
    )
    shows_street = BooleanField(_l("Tampilkan alamat jalan untuk umum"))
    pin = PinField(_l("Titik peta"))
    shows_pin = BooleanField(_l("Tampilkan titik peta untuk umum"))

    def __init__(self, shop: Shop) -> None:
        located = shop.latitude is not None and shop.longitude is not None
        super().__init__(obj=shop, pin=(shop.latitude, shop.longitude) if located else None)
        self.home = shop.kelurahan.latitude, shop.kelurahan.longitude

    def validate_shows_street(self, field: Field) -> None:
        """Nothing cannot be shown."""
        if field.data and not self.street.data:
            raise ValidationError(gettext("Isi alamat jalan dulu."))

    def validate_pin(self, field: Field) -> None:
        """A slip of the finger puts a shop into the sea."""
        if field.data and distance_km(field.data, self.home) > FARTHEST_PIN_KM:
            raise ValidationError(
                gettext("Titik ini lebih dari %(km)s km dari kelurahan toko. Periksa lagi.", km=FARTHEST_PIN_KM)
            )

    def validate_shows_pin(self, field: Field) -> None:
        """Nothing cannot be shown."""
        if field.data and not self.pin.data and not self.pin.errors:
            raise ValidationError(gettext("Isi titik peta dulu."))

    def location(self) -> Location:
        """What a valid form says."""
        latitude, longitude = self.pin.data or (None, None)
        return Location(self.street.data or "", self.shows_street.data, latitude, longitude, self.shows_pin.data)
