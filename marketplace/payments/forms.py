"""What shops fill in about money."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, FileField, PasswordField, TextAreaField
from wtforms.validators import Length, Regexp, ValidationError

from marketplace.accounts.passwords import LONGEST
from marketplace.catalog.picture_files import read_upload
from marketplace.forms import Filled, Form, RupiahField, TextField, trimmed
from marketplace.payments import emv
from marketplace.payments.emv import Qris
from marketplace.payments.models import COD_ZONES, Channel, PayTerms
from marketplace.payments.qris_photo import read_photo
from marketplace.payments.receiving import NewAccount
from marketplace.payments.terms import CashTerms
from marketplace.refusal import Refusal


def positive(_form: Any, field: Field) -> None:
    """Validator of limits: nobody sells for nothing."""
    if field.data == 0:
        raise ValidationError(_("Kosongkan bila tidak ada batas."))


class PasswordAgain(Form):
    """Who changes where money goes must know the password."""

    password = PasswordField(
        _l("Kata sandi Anda"), [Filled(), Length(max=LONGEST, message=_l("Kata sandi paling panjang %(max)s huruf."))]
    )


class BankForm(PasswordAgain):
    """The shop's bank account; the number may be typed with blanks, dots and hyphens."""

    bank = TextField(_l("Nama bank"), [Filled(), Length(max=60, message=_l("Paling panjang %(max)s huruf."))])
    number = TextField(
        _l("Nomor rekening"),
        [Filled(), Regexp(r"^[0-9]{6,20}$", message=_l("Nomor rekening terdiri dari 6 sampai 20 angka."))],
        filters=[lambda text: re.sub(r"[ .-]", "", text) if text else text],
    )
    holder = TextField(
        _l("Nama pemilik rekening"), [Filled(), Length(max=80, message=_l("Paling panjang %(max)s huruf."))]
    )

    def account(self) -> NewAccount:
        """What a valid form says."""
        return NewAccount(
            Channel.BANK, number=self.number.data or "", holder=self.holder.data or "", bank=self.bank.data or ""
        )


class QrisForm(Form):
    """The shop's static QRIS: a photo of it, or the text inside; a valid form has its `code`."""

    photo = FileField(_l("Foto QRIS"))
    payload = TextAreaField(_l("Teks QRIS"), filters=[trimmed])
    code: Qris

    def validate(self, extra_validators: Any = None) -> bool:
        """Read the code; what is the matter with it stands beside what was sent."""
        super().validate(extra_validators)  # neither field asks for anything by itself
        sent = self.photo if self.photo.data else self.payload
        try:
            self.code = self._read()
        except Refusal as refusal:
            sent.errors = [str(refusal)]
        return not sent.errors

    def _read(self) -> Qris:
        if not self.photo.data:
            return emv.read_static(self.payload.data or "")
        return read_photo(read_upload(self.photo.data.stream))


class CashForm(Form):
    """Where the shop takes cash, and up to how much; an empty limit is none."""

    kelurahan = BooleanField(_l("Di kelurahan yang sama"))
    kecamatan = BooleanField(_l("Di kecamatan yang sama"))
    city = BooleanField(_l("Di kelurahan lain di kota"))
    outside = BooleanField(_l("Di luar kota yang berdekatan"))
    courier = BooleanField(_l("Lewat kurir"))
    cod_limit = RupiahField(_l("Paling banyak untuk bayar di tempat"), [positive])
    takes_cash_at_pickup = BooleanField(_l("Pembeli boleh membayar saat mengambil di toko"))
    pickup_limit = RupiahField(_l("Paling banyak untuk bayar saat mengambil"), [positive])

    @classmethod
    def of(cls, terms: PayTerms) -> "CashForm":
        """The form as the shop has filled it in last."""
        return cls(obj=terms, data={zone: zone in terms.cod_zones for zone in COD_ZONES})

    def terms(self) -> CashTerms:
        """What a valid form says."""
        return CashTerms(
            cod_zones=[zone for zone in COD_ZONES if self[zone].data],
            cod_limit=self.cod_limit.data,
            takes_cash_at_pickup=self.takes_cash_at_pickup.data,
            pickup_limit=self.pickup_limit.data,
        )


class PaidForm(Form):
    """Under which reference the bank has sent payouts."""

    reference = TextField(_l("Referensi bank"), [Filled(), Length(max=80, message=_l("Paling panjang %(max)s huruf."))])


class ReturnedForm(Form):
    """Why a payout did not arrive."""

    reason = TextField(_l("Alasan"), [Filled(), Length(max=80, message=_l("Paling panjang %(max)s huruf."))])
