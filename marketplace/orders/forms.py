"""What shoppers, sellers and officers fill in about carts and orders."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Email, Length, NumberRange, Optional

from marketplace.accounts.address_form import AddressFields
from marketplace.forms import Filled, Form, TextField
from marketplace.orders.carts import LONGEST_NOTE, MOST_OF_ONE


class QuantityForm(Form):
    """How many of a variant."""

    jumlah = IntegerField(
        _l("Jumlah"),
        [Filled(), NumberRange(1, MOST_OF_ONE, _l("Jumlah harus antara 1 dan %(max)s."))],
    )


class LineForm(Form):
    """How many of a line in the cart; 0 takes it out."""

    jumlah = IntegerField(
        _l("Jumlah"),
        [Filled(), NumberRange(0, MOST_OF_ONE, _l("Jumlah harus antara 0 dan %(max)s."))],
    )


class NoteForm(Form):
    """What the shopper tells a shop."""

    catatan = TextField(
        _l("Catatan untuk penjual"), [Length(max=LONGEST_NOTE, message=_l("Catatan paling panjang %(max)d huruf."))]
    )


class ReasonForm(Form):
    """Why an order is refused or called off."""

    alasan = TextField(_l("Alasan"), [Filled(), Length(max=300, message=_l("Alasan paling panjang %(max)d huruf."))])


class ProofReasonForm(Form):
    """Why a proof is refused; its field has an id of its own beside a ReasonForm's."""

    alasan = TextField(
        _l("Alasan"),
        [Filled(), Length(max=300, message=_l("Alasan paling panjang %(max)d huruf."))],
        id="tolak-bukti",
    )


class AssignForm(Form):
    """Which order some money is for."""

    nomor = TextField(_l("Nomor pesanan"), [Filled(), Length(max=40, message=_l("Paling panjang %(max)s huruf."))])


class ShippingForm(Form):
    """A courier's tracking number, if there is one."""

    resi = TextField(
        _l("Nomor resi"), [Optional(), Length(max=60, message=_l("Nomor resi paling panjang %(max)d huruf."))]
    )


class CheckoutForm(AddressFields):
    """Who orders, and where to bring it; picking everything up needs a name and a phone only."""

    always_needed = frozenset({"recipient", "phone"})

    email = TextField(
        _l("E-mail"), [Optional(), Email(_l("E-mail tidak valid. Tulis seperti nama@contoh.com.")), Length(max=200)]
    )
    cara = RadioField(
        _l("Bagaimana barang sampai?"),
        choices=[
            SelectChoice("antar", _l("Antar ke alamat saya")),
            SelectChoice("ambil", _l("Ambil sendiri di toko")),
        ],
        default="antar",
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for an address only when something is to be brought there."""
        self.address_needed = self.cara.data != "ambil"
        return super().validate(extra_validators)

    def draft(self) -> dict[str, Any]:
        """What the cart keeps of a valid form: `contact`, and `address` unless all is picked up."""
        contact = {"name": self.recipient.data, "phone": self.phone.data, "email": self.email.data or ""}
        return {"contact": contact, "address": dict(self.address_values()) if self.address_needed else None}


class PlaceForm(Form):
    """What the summary page sends: the total and the digest of all else that was shown, and the form's key."""

    kunci = HiddenField(validators=[Filled(), Length(max=100)])
    total = IntegerField(validators=[Filled()])
    dilihat = HiddenField(validators=[Filled(), Length(max=64)])
