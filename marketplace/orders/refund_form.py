"""What shop and office fill in to give money back: a number for each line, rupiah on top, why, and who bears it."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, NumberRange, Optional

from marketplace.forms import Filled, Form, RupiahField, TextField
from marketplace.orders.models import OrderLine
from marketplace.orders.refunding import Wish
from marketplace.payments.models import Bearer

BEARERS = [
    SelectChoice("shop", _l("Toko")),
    SelectChoice("platform", _l("Platform: toko tetap menerima uangnya")),
]


class GivingBack(Form):
    """The fields that do not depend on the order; `line_fields` are the others, by order line."""

    kunci = HiddenField(validators=[Filled(), Length(max=100)])
    sudah = IntegerField(validators=[Optional()])
    tambahan = RupiahField(_l("Rupiah lain yang dikembalikan"))
    kembali = BooleanField(_l("Barangnya sudah kembali ke toko dan bisa dijual lagi"))
    line_fields: Mapping[int, Any] = {}  # each form has its own

    def quantities(self) -> dict[int, int]:
        """How many of which line, as a valid form says."""
        return {id: self[name].data for id, name in self.line_fields.items() if self[name].data}

    def wish(self, reason: str, bearer: Bearer) -> Wish:
        """All of what a valid form says."""
        return Wish(
            self.quantities(), self.tambahan.data or 0, reason, bearer, bool(self.kembali.data), self.sudah.data
        )


class RefundForm(GivingBack):
    """What a shop says."""

    alasan = TextField(_l("Alasan"), [Filled(), Length(max=300, message=_l("Alasan paling panjang %(max)d huruf."))])

    @property
    def bearer(self) -> Bearer:
        """A shop gives its own money."""
        return Bearer.SHOP


class OfficeRefundForm(RefundForm):
    """What the office says: who bears it, and whether an amount is shared by all orders of the payment."""

    penanggung = RadioField(_l("Siapa yang menanggung?"), choices=BEARERS, default="shop")
    bersama = BooleanField(_l("Bagi jumlah rupiah ke semua pesanan yang dibayar bersama"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Goods belong to one order."""
        if not super().validate(extra_validators):
            return False
        if self.bersama.data and self.quantities():
            self.bersama.errors = [_("Untuk semua pesanan sekaligus, isi jumlah rupiah saja.")]
        return not self.bersama.errors

    @property
    def bearer(self) -> Bearer:
        """As a valid form says."""
        return Bearer(self.penanggung.data)


F = TypeVar("F", bound=GivingBack)


def form_for(base: type[F], lines: Sequence[OrderLine], before: Mapping[int, int], **values: Any) -> F:
    """A form with a number field for each line of which something can still go back."""
    names, fields = {}, {}
    for line in lines:
        left = line.quantity - before.get(line.id, 0)
        if left:
            names[line.id] = name = f"jumlah_{line.id}"
            label = f"{line.title} ({line.variant_label})" if line.variant_label else line.title
            most = NumberRange(0, left, _("Paling banyak %(max)s."))
            fields[name] = IntegerField(label, [Optional(), most], render_kw={"min": 0, "max": left})
    with_lines: type[F] = type(base.__name__, (base,), {**fields, "line_fields": names})
    return with_lines(**values)
