"""What shops fill in about money."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field
from wtforms.validators import ValidationError

from marketplace.forms import Form, RupiahField
from marketplace.payments.models import COD_ZONES, PayTerms
from marketplace.payments.terms import CashTerms


def positive(_form: Any, field: Field) -> None:
    """Validator of limits: nobody sells for nothing."""
    if field.data == 0:
        raise ValidationError(_("Kosongkan bila tidak ada batas."))


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
