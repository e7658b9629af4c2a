"""Form fields for what tells people apart: phone numbers, e-mail addresses, and names without stray blanks."""

from typing import Any

from wtforms import Field
from wtforms.widgets import EmailInput, TelInput, TextInput

from marketplace.accounts.identities import NotAnEmail, normalise_email, read_identity
from marketplace.accounts.phone import NotAPhone, normalise_phone, show_phone
from marketplace.forms import TextField, trimmed


class PhoneField(TextField):
    """A phone number in any writing; `data` holds its digits, the page shows again what was typed."""

    widget = TelInput()

    def _value(self) -> str:
        if self.raw_data:
            return trimmed(self.raw_data[0]) or ""
        return show_phone(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Empty becomes an empty text; what is no number becomes an error beside the field."""
        self.data = ""
        if valuelist and valuelist[0].strip():
            try:
                self.data = normalise_phone(valuelist[0])
            except NotAPhone as error:
                raise ValueError(str(error)) from error


class EmailField(TextField):
    """An e-mail address; `data` is in lower case, empty when nothing was typed."""

    widget = EmailInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What is no address becomes an error beside the field and stands there again as it was typed."""
        self.data = valuelist[0].strip() if valuelist else ""
        if self.data:
            try:
                self.data = normalise_email(self.data)
            except NotAnEmail as error:
                raise ValueError(str(error)) from error


class IdentityField(Field):
    """One field for a phone number or an e-mail address; `data` is an Identity, None when empty or wrong."""

    widget = TextInput()

    def _value(self) -> str:
        return (trimmed(self.raw_data[0]) or "") if self.raw_data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What is neither becomes an error beside the field."""
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = read_identity(valuelist[0])
            except (NotAPhone, NotAnEmail) as error:
                raise ValueError(str(error)) from error


def one_line(text: str | None) -> str | None:
    """Filter of names: every run of blanks and line ends becomes one blank."""
    return " ".join(text.split()) if text else text
