"""One row of the product form: a size and colour with its price, stock and weight."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, IntegerField
from wtforms.validators import Length, Optional, StopValidation, ValidationError
from wtforms.widgets import HiddenInput

from marketplace.accounts.fields import one_line
from marketplace.catalog import product_data as limits
from marketplace.catalog.models import Variant
from marketplace.catalog.product_data import VariantData
from marketplace.forms import Between, Form, RupiahField, TextField
from marketplace.money import format_rupiah


class Price:
    """Validator: rupiah that a good can cost; whether it may be missing is for others to judge."""

    def __call__(self, form: Any, field: Field) -> None:
        """One sentence for nothing, another for too much."""
        if field.errors:
            raise StopValidation
        if field.data == 0:
            raise ValidationError(gettext("Harga harus lebih dari 0."))
        if field.data and field.data > limits.HIGHEST_PRICE:
            raise ValidationError(gettext("Harga paling tinggi %(most)s.", most=format_rupiah(limits.HIGHEST_PRICE)))


def short_text(label: str, longest: int, *validators: Any) -> TextField:
    """A field for one line of at most `longest` characters."""
    limit = Length(max=longest, message=_l("Paling panjang %(max)s huruf."))
    return TextField(label, [*validators, limit], filters=[one_line])


class VariantForm(Form):
    """`variant_id` and `stock_seen` are what the page showed, both empty in a new row."""

    variant_id = IntegerField(validators=[Optional()], widget=HiddenInput())
    stock_seen = IntegerField(validators=[Optional()], widget=HiddenInput())
    size = short_text(_l("Ukuran"), limits.LONGEST_LABEL)
    colour = short_text(_l("Warna"), limits.LONGEST_LABEL)
    price = RupiahField(_l("Harga"), [Optional(), Price()])
    stock = IntegerField(_l("Stok"), [Optional(), Between(0, limits.LARGEST_STOCK)])
    weight_grams = IntegerField(_l("Berat (gram)"), [Optional(), Between(1, limits.HEAVIEST_GRAMS)])
    sku = short_text(_l("SKU"), limits.LONGEST_LABEL)
    is_gone = BooleanField(_l("Tidak dijual lagi"))

    @classmethod
    def numbered(cls, n: int, variant: Variant | None = None) -> "VariantForm":
        """The form's row n, from 0: as it was sent, else as the variant stands."""
        if variant is None:
            return cls(prefix=f"rows-{n}")
        shown = {"variant_id": variant.id, "stock": variant.on_hand, "stock_seen": variant.on_hand}
        return cls(prefix=f"rows-{n}", obj=variant, data=shown)

    @property
    def is_blank(self) -> bool:
        """Whether the seller typed nothing here."""
        typed = (self.size, self.colour, self.price, self.stock, self.weight_grams, self.sku)
        return not any(field.raw_data and field.raw_data[0].strip() for field in typed)

    def require(self, *fields: Field) -> None:
        """Ask for those of the fields that are empty and have no error yet."""
        for field in fields:
            if field.data in {None, ""} and not field.errors:
                field.errors = [gettext("%(field)s wajib diisi.", field=field.label.text)]

    def follow(self, first: "VariantForm") -> None:
        """Price and weight that were left empty are those of the first row."""
        for mine, its in ((self.price, first.price), (self.weight_grams, first.weight_grams)):
            if mine.data is None and not mine.errors:
                mine.data = its.data

    def variant(self, has_size: bool, has_colour: bool) -> VariantData:
        """The row of a valid form; a count that was not touched is left as it is."""
        untouched = self.stock.data == self.stock_seen.data
        return VariantData(
            price=self.price.data or 0,
            weight_grams=self.weight_grams.data or 0,
            stock=None if untouched else self.stock.data,
            size=(self.size.data or "") if has_size else "",
            colour=(self.colour.data or "") if has_colour else "",
            sku=self.sku.data or "",
            id=self.variant_id.data,
            seen=self.stock_seen.data,
        )
