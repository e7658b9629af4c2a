"""What the page of components shows in place of real goods and forms."""

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FileField, PasswordField, RadioField, SelectChoice, SelectField, TextAreaField

from marketplace.forms import Filled, Form, RupiahField, TextField


@dataclass(frozen=True)
class Card:
    """A product as lists show it; `photo` is a picture's digest or empty."""

    title: str
    price_min: int
    price_max: int
    photo: str
    in_stock: bool = True
    made_to_order: bool = False
    lead_days: int = 0
    title_en: str = ""
    slug: str = ""
    shop_name: str = "Onde-onde Mbok Rondo"
    kelurahan: str = "Kranggan"

    @property
    def photo_ready(self) -> bool:
        """Whether there is a picture to show."""
        return bool(self.photo)


def cards(photos: list[str]) -> list[Card]:
    """A card in every state: ready, with a range of prices, sold out, made to order, and with a long name."""
    first, second, third, fourth = (photos + [""] * 4)[:4]
    return [
        Card("Onde-onde isi 10", 25_000, 25_000, first),
        Card("Sepatu pantofel kulit", 185_000, 210_000, second),
        Card("Keciput wijen 250 gram", 18_000, 18_000, third, in_stock=False),
        Card("Kain batik tulis Surya Majapahit", 350_000, 350_000, fourth, made_to_order=True, lead_days=7),
        Card("Miniatur perahu layar tujuh tiang untuk ruang tamu dan lobi", 1_250_000, 1_250_000, ""),
    ]


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
    agreed = BooleanField(_l("Saya setuju"), [Filled()])


def good_form() -> SampleForm:
    """The form as it is first seen."""
    return SampleForm(prefix="baik-", data={"name": "Bu Ani", "price": 25_000, "way": "shop"})


def bad_form() -> SampleForm:
    """The same after it was sent with mistakes."""
    form = SampleForm(prefix="salah-")
    form.validate()
    return form
