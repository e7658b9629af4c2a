"""The product form: what a product is, and rows of sizes and colours that grow without a script."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from wtforms import BooleanField, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import Length, Optional, ValidationError
from wtforms.widgets import HiddenInput

from marketplace.catalog import product_data as limits
from marketplace.catalog.forms.variant import VariantForm, short_text
from marketplace.catalog.models import Category, Product, Variant
from marketplace.catalog.permits import NotAPermit, normalise_halal, normalise_pirt
from marketplace.catalog.product_data import ProductData
from marketplace.catalog.shelf import StockRefused
from marketplace.db import db
from marketplace.forms import Between, Filled, Form, TextField
from marketplace.language import language
from marketplace.sellers.forms.profile import id_or_none, paragraphs

MOST_VARIANTS = 60
MORE_ROWS = 3
SINGLE, SIZES, SIZES_AND_COLOURS = "tunggal", "ukuran", "ukuran-warna"
CHOICES = [
    SelectChoice(SINGLE, _l("Tanpa pilihan")),
    SelectChoice(SIZES, _l("Ukuran")),
    SelectChoice(SIZES_AND_COLOURS, _l("Ukuran dan warna")),
]


def category_choices() -> list[SelectChoice]:
    """Every category behind the name of the one above it, in the city's order."""
    rows = db.session.scalars(select(Category).order_by(Category.position)).all()
    names = {c.id: c.name_en if language() == "en" else c.name for c in rows}
    above = {c.id: f"{names[c.parent_id]}: " if c.parent_id else "" for c in rows}
    options = (SelectChoice(str(c.id), above[c.id] + names[c.id]) for c in rows)
    return [SelectChoice("", gettext("Pilih kategori")), *options]


def _long_text(label: str) -> TextAreaField:
    limit = Length(max=limits.LONGEST_DESCRIPTION, message=_l("Paling panjang %(max)s huruf."))
    return TextAreaField(label, [limit], filters=[paragraphs])


def _permit(label: str, normalise: Callable[[str], str]) -> TextField:
    """A field for the number of a permit; a good number is kept in its one way of writing."""

    def check(_form: Any, field: Any) -> None:
        try:
            field.data = normalise(field.data) if field.data else ""
        except NotAPermit as error:
            raise ValidationError(str(error)) from error

    return TextField(label, [Optional(), check])


def _days(label: str) -> IntegerField:
    return IntegerField(label, [Optional(), Between(0, limits.LONGEST_DAYS)])


class ProductForm(Form):
    """`rows` are its variants; the buttons APPLY and MORE change the form alone, nothing is saved then."""

    SAVE, APPLY, MORE = "simpan", "terapkan", "tambah"

    title = short_text(_l("Nama produk"), limits.LONGEST_TITLE, Filled())
    category_id = SelectField(_l("Kategori"), [Filled()], coerce=id_or_none, choices=category_choices)
    choice = RadioField(_l("Pilihan untuk pembeli"), choices=CHOICES, default=SINGLE)
    row_count = IntegerField(validators=[Optional()], default=1, widget=HiddenInput())
    description = _long_text(_l("Deskripsi"))
    min_order = IntegerField(_l("Minimal order"), [Filled(), Between(1, limits.LARGEST_STOCK)], default=1)
    made_to_order = BooleanField(_l("Pre-order: dibuat setelah dipesan"))
    lead_days = _days(_l("Lama pembuatan (hari)"))
    shelf_life_days = _days(_l("Tahan berapa hari"))
    halal_number = _permit(_l("Nomor sertifikat halal"), normalise_halal)
    pirt_number = _permit(_l("Nomor P-IRT"), normalise_pirt)
    title_en = short_text(_l("Nama produk dalam bahasa Inggris"), limits.LONGEST_TITLE)
    description_en = _long_text(_l("Deskripsi dalam bahasa Inggris"))
    pressed = StringField(name="aksi")

    def __init__(self, product: Product | None = None, variants: Sequence[Variant] = ()) -> None:
        super().__init__(obj=product)
        if self.is_submitted():
            self.rows = [VariantForm.numbered(n) for n in range(self._rows_wanted())]
        else:
            self.choice.data = _choice_of(variants)
            self.rows = [VariantForm.numbered(n, variant) for n, variant in enumerate(variants or [None])]

    @property
    def asks_for_rows(self) -> bool:
        """Whether a button was pressed that changes the form alone."""
        return self.pressed.data in {self.APPLY, self.MORE}

    @property
    def sold_rows(self) -> list[VariantForm]:
        """The rows that buyers can choose from."""
        if self.choice.data == SINGLE:
            return self.rows[:1]
        return [row for row in self.rows if not row.is_gone.data and not row.is_blank]

    def validate(self, extra_validators: Any = None) -> bool:
        """Fields, then rows, then what only the whole form shows."""
        fine = super().validate(extra_validators)
        every_row = [row.validate() for row in self.sold_rows]
        return self._check_together() and fine and all(every_row)

    def refuse_stock(self, refusal: StockRefused) -> None:
        """Put the refusal beside the count that it speaks of; a count made meanwhile has been seen now."""
        for row in self.rows:
            if row.variant_id.data == refusal.variant_id:
                row.stock.errors = [str(refusal)]
                row.stock_seen.raw_data = [str(refusal.on_hand)]
        self.form_errors.append(str(refusal))

    def product(self) -> ProductData:
        """What a valid form says."""
        has_size, has_colour = self.choice.data != SINGLE, self.choice.data == SIZES_AND_COLOURS
        return ProductData(
            title=self.title.data or "",
            category_id=self.category_id.data,
            variants=tuple(row.variant(has_size, has_colour) for row in self.sold_rows),
            description=self.description.data or "",
            title_en=self.title_en.data or "",
            description_en=self.description_en.data or "",
            made_to_order=self.made_to_order.data,
            lead_days=(self.lead_days.data or 0) if self.made_to_order.data else 0,
            shelf_life_days=self.shelf_life_days.data,
            min_order=self.min_order.data or 1,
            halal_number=self.halal_number.data or "",
            pirt_number=self.pirt_number.data or "",
        )

    def _rows_wanted(self) -> int:
        wanted = max(self.row_count.data or 1, 1) + (MORE_ROWS if self.pressed.data == self.MORE else 0)
        if self.pressed.data == self.APPLY and self.choice.data != SINGLE:
            wanted = max(wanted, MORE_ROWS)
        return min(wanted, MOST_VARIANTS)

    def _check_together(self) -> bool:
        rows = self.sold_rows
        if not rows:
            self.form_errors.append(gettext("Isi sedikitnya satu baris pilihan."))
        if self.made_to_order.data and not self.lead_days.data and not self.lead_days.errors:
            self.lead_days.errors = [gettext("Lama pembuatan wajib diisi untuk pre-order.")]
        for row in rows:
            self._check_row(row, rows)
        for n, row in enumerate(self.rows, start=1):
            if row in rows:
                self.form_errors += [self._of_row(n, sentence) for field in row for sentence in field.errors]
        return not self.form_errors and not self.lead_days.errors

    def _check_row(self, row: VariantForm, rows: list[VariantForm]) -> None:
        row.require(row.stock)
        if row is rows[0]:
            row.require(row.price, row.weight_grams)
        row.follow(rows[0])
        if self.choice.data != SINGLE:
            row.require(row.size)
            earlier = rows[: rows.index(row)]
            colour = self.choice.data == SIZES_AND_COLOURS
            if colour:
                row.require(row.colour)
            same = [
                r for r in earlier if r.size.data == row.size.data and (not colour or r.colour.data == row.colour.data)
            ]
            if same and row.size.data:
                row.size.errors = [gettext("Pilihan ini sudah ada di baris lain.")]

    def _of_row(self, n: int, sentence: str) -> str:
        if self.choice.data == SINGLE:
            return sentence
        return gettext("Pilihan %(n)s: %(sentence)s", n=n, sentence=sentence)


def _choice_of(variants: Sequence[Variant]) -> str:
    if any(variant.colour for variant in variants):
        return SIZES_AND_COLOURS
    return SIZES if any(variant.size for variant in variants) else SINGLE
