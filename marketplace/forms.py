"""What every form shares: Indonesian messages, trimmed text, a field for rupiah, limits of numbers."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import Field, StringField
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import TextInput

from marketplace.money import NotRupiah, format_rupiah, parse_rupiah

DATES = ["%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]  # as a field for days sends them, and as people write them
MESSAGES = {
    "This field is required.": _l("Wajib diisi."),
    "Not a valid choice.": _l("Pilihan ini tidak tersedia."),
    "Not a valid choice": _l("Pilihan ini tidak tersedia."),
    "Not a valid integer value.": _l("Tulis dengan angka, misalnya 3."),
    "Not a valid integer value": _l("Tulis dengan angka, misalnya 3."),
    "Not a valid decimal value.": _l("Tulis dengan angka, misalnya 1,5."),
    "Not a valid float value.": _l("Tulis dengan angka, misalnya 1,5."),
    "Not a valid date value.": _l("Tulis tanggal seperti 21/11/2026."),
    "Not a valid time value.": _l("Tulis jam seperti 08.00."),
    "Invalid Choice: could not coerce.": _l("Pilihan ini tidak tersedia."),
    "Invalid input.": _l("Isian ini tidak dapat dibaca."),
}


class _Translations:
    """WTForms knows no Indonesian: its few built-in sentences are written here."""

    def gettext(self, text: str) -> str:
        return str(MESSAGES.get(text, text))

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self.gettext(singular if n == 1 else plural)


class Form(FlaskForm):
    """Base of all forms; forgery is stopped in `forgery.py`, so no token is carried."""

    class Meta(FlaskForm.Meta):
        """Settings that WTForms reads from here."""

        csrf = False

        def get_translations(self, form: Any) -> _Translations:
            """The house's sentences instead of the library's."""
            return _Translations()

        def render_field(self, field: Field, render_kw: Any) -> Markup:
            """What cannot be read comes back as it was typed: an input for days or numbers would not show it."""
            kind = getattr(field.widget, "input_type", "")
            if field.data is None and any(field.raw_data or ()) and kind in {"date", "time", "number"}:
                render_kw = {**render_kw, "type": "text", "min": False, "max": False, "step": False}
            return super().render_field(field, render_kw)


def trimmed(value: str | None) -> str | None:
    """Filter of text fields: no surrounding blanks, no NUL (PostgreSQL refuses it)."""
    return value.replace("\x00", "").strip() if value else value


class TextField(StringField):
    """One line of text, trimmed."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), filters: Sequence[Any] = (), **kwargs: Any
    ) -> None:
        super().__init__(label, list(validators), filters=[trimmed, *filters], **kwargs)


class RupiahField(Field):
    """Reads 150.000, Rp 35.000,- and 15rb into whole rupiah; keeps what was typed when it cannot."""

    widget = TextInput()

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else format_rupiah(self.data)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Empty becomes None; what is no rupiah becomes an error beside the field."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = parse_rupiah(valuelist[0])
        except NotRupiah as error:
            raise ValueError(str(error)) from error


class Filled:
    """Validator: a field that must not be empty, with the sentence the glossary wants."""

    field_flags = {"required": True}  # noqa: RUF012  # WTForms reads it from the class

    def __call__(self, form: Any, field: Field) -> None:
        """Stop the chain with one sentence."""
        if field.errors:
            raise StopValidation
        if field.data is None or (isinstance(field.data, str) and not field.data.strip()) or field.data == []:
            field.errors = []
            raise StopValidation(gettext("%(field)s wajib diisi.", field=field.label.text))


class Between:
    """Validator: a whole number from `low` to `high`; whether it may be missing is for others to judge."""

    def __init__(self, low: int, high: int) -> None:
        self.low, self.high = low, high

    def __call__(self, form: Any, field: Field) -> None:
        """One sentence that names the field."""
        if field.errors:
            raise StopValidation
        if field.data is not None and not self.low <= field.data <= self.high:
            bounds = {"low": self.low, "high": f"{self.high:,}".replace(",", ".")}
            raise ValidationError(
                gettext("%(field)s harus antara %(low)s dan %(high)s.", field=field.label.text, **bounds)
            )
