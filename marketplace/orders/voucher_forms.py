"""What a shop or the office fills in to make a voucher."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, HiddenField, IntegerField
from wtforms.validators import InputRequired, Length, Optional, Regexp, ValidationError

from marketplace.clock import WIB, now, to_wib
from marketplace.forms import DATES, Between, Filled, Form, RupiahField, TextField
from marketplace.money import format_rupiah
from marketplace.orders.voucher_models import LEAST_MINIMUM, MOST_PERCENT
from marketplace.orders.vouchers import Offer

MOST_USES, MOST_PER_BUYER, LONGEST_DAYS = 100_000, 100, 366


def not_nothing(_form: Any, field: Field) -> None:
    """Validator of rupiah that may be missing, but not be 0."""
    if field.data == 0:
        raise ValidationError(_("%(field)s harus lebih dari 0.", field=field.label.text))


class VoucherForm(Form):
    """A code, percent or rupiah, the days on which it holds (the last one included), and how often."""

    kunci = HiddenField(validators=[Filled(), Length(max=100)])
    code = TextField(
        _l("Kode"),
        [Filled(), Regexp(r"^[A-Z0-9]{4,20}$", message=_l("Kode terdiri dari 4 sampai 20 huruf dan angka."))],
        filters=[lambda text: text.upper() if text else text],
    )
    percent = IntegerField(_l("Potongan persen"), [Optional(), Between(1, MOST_PERCENT)])
    cap = RupiahField(_l("Potongan persen paling banyak"), [not_nothing])
    amount = RupiahField(_l("Potongan rupiah"), [not_nothing])
    minimum = RupiahField(_l("Minimal belanja"))
    first_day = DateField(_l("Hari pertama"), [InputRequired(_l("Tanggal wajib diisi."))], format=DATES)
    last_day = DateField(_l("Hari terakhir"), [InputRequired(_l("Tanggal wajib diisi."))], format=DATES)
    total = IntegerField(_l("Jumlah pemakaian seluruhnya"), [Filled(), Between(1, MOST_USES)])
    per_buyer = IntegerField(_l("Pemakaian setiap nomor HP"), [Filled(), Between(1, MOST_PER_BUYER)], default=1)

    @staticmethod
    def days() -> dict[str, date]:
        """What a new form offers: a month from today."""
        today = to_wib(now()).date()
        return {"first_day": today, "last_day": today + timedelta(days=30)}

    def validate_amount(self, field: Field) -> None:
        """Either percent or rupiah; what is left to be paid is never nothing."""
        if field.errors or self.percent.errors:
            return
        if (field.data is None) == (self.percent.data is None):
            raise ValidationError(_("Isi salah satu: potongan persen atau potongan rupiah."))
        if field.data and not self.minimum.errors and field.data * 100 > self._minimum * MOST_PERCENT:
            raise ValidationError(_("Potongan paling banyak %(most)s%% dari minimal belanja.", most=MOST_PERCENT))

    def validate_cap(self, field: Field) -> None:
        """Only a percentage needs one."""
        if field.data and self.percent.data is None and not self.percent.errors:
            raise ValidationError(_("Isi hanya bersama potongan persen."))

    def validate_minimum(self, field: Field) -> None:
        """A voucher makes nothing free."""
        if field.data is not None and field.data < LEAST_MINIMUM:
            raise ValidationError(_("Minimal belanja paling sedikit %(least)s.", least=format_rupiah(LEAST_MINIMUM)))

    def validate_last_day(self, field: Field) -> None:
        """Not before the first day, not over yet, within a year."""
        first, last = self.first_day.data, field.data
        if last is None or first is None:
            return
        if last < first:
            raise ValidationError(_("Hari terakhir tidak boleh sebelum hari pertama."))
        if last < to_wib(now()).date():
            raise ValidationError(_("Pilih hari yang belum lewat."))
        if last > to_wib(now()).date() + timedelta(days=LONGEST_DAYS):
            raise ValidationError(_("Voucher berlaku paling lama satu tahun dari sekarang."))

    @property
    def _minimum(self) -> int:
        return LEAST_MINIMUM if self.minimum.data is None else int(self.minimum.data)

    def offer(self) -> Offer:
        """What a valid form says."""
        assert self.first_day.data and self.last_day.data
        return Offer(
            code=self.code.data or "",
            minimum=self._minimum,
            total=self.total.data or 0,
            per_buyer=self.per_buyer.data or 0,
            starts_at=_midnight(self.first_day.data),
            ends_at=_midnight(self.last_day.data + timedelta(days=1)),
            percent=self.percent.data,
            cap=self.cap.data,
            amount=self.amount.data,
        )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), WIB)
