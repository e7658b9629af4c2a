"""What bringing the goods costs: the shop's own fees by zone, and its table of courier fees."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import ValidationError

from marketplace.forms import Filled, Form, RupiahField
from marketplace.money import format_rupiah
from marketplace.sellers.couriers import services
from marketplace.sellers.shops import CourierFees, DeliveryTerms

HIGHEST_FEE = 1_000_000


def courier_choices() -> list[SelectChoice]:
    """Every courier service, grouped by courier, after one that says "choose"."""
    listed = (
        SelectChoice(f"{service.code}:{service.service_code}", service.service_name, optgroup=service.courier)
        for service in services().values()
    )
    return [SelectChoice("", gettext("Pilih layanan kurir")), *listed]


def reasonable(_form: Any, field: Field) -> None:
    """Validator of fees: a slip of the thumb adds zeros."""
    if field.data is not None and field.data > HIGHEST_FEE:
        raise ValidationError(gettext("Ongkir paling banyak %(fee)s.", fee=format_rupiah(HIGHEST_FEE)))


class DeliveryForm(Form):
    """An empty fee means that the shop does not deliver there, 0 that it does for nothing."""

    offers_pickup = BooleanField(_l("Pembeli boleh mengambil di toko"))
    fee_kelurahan = RupiahField(_l("Ongkir di kelurahan yang sama"), [reasonable])
    fee_kecamatan = RupiahField(_l("Ongkir di kecamatan yang sama"), [reasonable])
    fee_city = RupiahField(_l("Ongkir ke kelurahan lain di kota"), [reasonable])
    fee_outside = RupiahField(_l("Ongkir ke luar kota yang berdekatan"), [reasonable])

    def terms(self) -> DeliveryTerms:
        """What a valid form says."""
        return DeliveryTerms(**self.data)


class CourierFeesForm(Form):
    """Rupiah for each started kilogram; an empty region is not served."""

    jawa_timur = RupiahField(_l("Jawa Timur, per kg"), [reasonable])
    jawa = RupiahField(_l("Pulau Jawa lainnya, per kg"), [reasonable])
    luar_jawa = RupiahField(_l("Luar Pulau Jawa, per kg"), [reasonable])

    def validate_jawa_timur(self, field: Field) -> None:
        """A service that goes nowhere is not offered."""
        regions = (self.jawa_timur, self.jawa, self.luar_jawa)
        if not any(region.errors for region in regions) and all(region.data is None for region in regions):
            raise ValidationError(gettext("Isi ongkir untuk sedikitnya satu wilayah."))

    def fees(self) -> CourierFees:
        """What a valid form says."""
        return CourierFees(self.jawa_timur.data, self.jawa.data, self.luar_jawa.data)


class CourierForm(CourierFeesForm):
    """One service more."""

    service = SelectField(_l("Layanan kurir"), [Filled()], choices=courier_choices)

    def key(self) -> tuple[str, str]:
        """The courier's code and the service's code."""
        code, service_code = self.service.data.split(":", 1)
        return code, service_code
