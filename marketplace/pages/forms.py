"""A form with a field of every kind, for the page of components."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, PasswordField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from marketplace.forms import Filled, Form, RupiahField, TextField


class SampleForm(Form):
    """A field of every kind."""

    name = TextField(_l("Nama"), [Filled()])
    price = RupiahField(_l("Harga"), [Filled()])
    password = PasswordField(_l("Kata sandi"), [Filled()])
    category = SelectField(
        _l("Kategori"), choices=[SelectChoice("kue", _l("Kuliner")), SelectChoice("batik", _l("Kerajinan"))]
    )
    note = TextAreaField(_l("Deskripsi"))
    photo = FileField(_l("Foto"))
    way = RadioField(
        _l("Cara pengiriman"),
        choices=[SelectChoice("shop", _l("Diantar penjual")), SelectChoice("pickup", _l("Ambil di toko"))],
    )
    stars = RadioField(_l("Bintang"), choices=[SelectChoice("5", _l("Baik sekali")), SelectChoice("4", _l("Baik"))])
    agreed = BooleanField(_l("Saya setuju"), [Filled()])


def good_form() -> SampleForm:
    """The form as it is first seen."""
    return SampleForm(prefix="baik-", data={"name": "Bu Ani", "price": 25_000, "way": "shop"})


def bad_form() -> SampleForm:
    """The same after it was sent with mistakes."""
    form = SampleForm(prefix="salah-")
    form.validate()
    return form
