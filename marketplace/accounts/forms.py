"""The forms of registering, signing in, forgotten passwords and the account's own pages."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Field, HiddenField, PasswordField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.accounts.address_form import AddressFields
from marketplace.accounts.fields import EmailField, IdentityField, PhoneField, one_line
from marketplace.accounts.passwords import LONGEST, weakness
from marketplace.forms import Filled, Form, TextField, trimmed
from marketplace.once import new_key


class NewPassword:
    """Validator: long enough, not too long, not silly, not the phone or e-mail of the same form."""

    def __call__(self, form: Any, field: Field) -> None:
        """Raise ValidationError with the first thing that is wrong."""
        identity = getattr(form, "identity", None)
        typed = identity.raw_data[0] if identity and identity.raw_data else ""
        if sentence := weakness(field.data, typed):
            raise ValidationError(sentence)


def _name() -> TextField:
    too_long = _l("Nama paling panjang %(max)s huruf.", max=80)
    return TextField(_l("Nama"), [Filled(), Length(max=80, message=too_long)], filters=[one_line])


def _new_password(label: str) -> PasswordField:
    return PasswordField(label, [Filled(), NewPassword()])


def _known_password(label: str, *needed: Any) -> PasswordField:
    too_long = _l("Kata sandi paling panjang %(max)s huruf.", max=LONGEST)
    return PasswordField(label, [*needed, Length(max=LONGEST, message=too_long)])


def _key() -> HiddenField:
    return HiddenField(default=new_key, filters=[lambda key: trimmed(key or "") or new_key()])


class RegisterForm(Form):
    """A new account. `next` is the page to go on to."""

    name = _name()
    identity = IdentityField(_l("Nomor HP atau e-mail"), [Filled()])
    password = _new_password(_l("Kata sandi"))
    consent = BooleanField(
        _l("Saya setuju"), [InputRequired(_l("Beri tanda setuju pada syarat dan kebijakan privasi untuk mendaftar."))]
    )
    next = HiddenField()
    kunci = _key()


class SignInForm(Form):
    """Phone or e-mail, and password. `next` is the page to go on to."""

    identity = IdentityField(_l("Nomor HP atau e-mail"), [Filled()])
    password = _known_password(_l("Kata sandi"), Filled())
    next = HiddenField()


class ForgottenForm(Form):
    """Whose password was forgotten."""

    identity = IdentityField(_l("Nomor HP atau e-mail"), [Filled()])


class NewPasswordForm(Form):
    """The page behind a mailed link."""

    password = _new_password(_l("Kata sandi baru"))


class CodeForm(Form):
    """A code that the officer read out."""

    identity = IdentityField(_l("Nomor HP atau e-mail"), [Filled()])
    code = TextField(_l("Kode dari petugas"), [Filled(), Length(max=40, message=_l("Kode terdiri dari 8 angka."))])
    password = _new_password(_l("Kata sandi baru"))


class ChangePasswordForm(Form):
    """The old password and a new one."""

    old = _known_password(_l("Kata sandi sekarang"), Filled())
    password = _new_password(_l("Kata sandi baru"))


class ProfileForm(Form):
    """Name, ways to be reached (one at least), and the language of the desk."""

    name = _name()
    phone = PhoneField(_l("Nomor HP"))
    email = EmailField(_l("E-mail"))
    language = RadioField(
        _l("Bahasa halaman penjual"), choices=[SelectChoice("id", "Bahasa Indonesia"), SelectChoice("en", "English")]
    )
    old = _known_password(_l("Kata sandi sekarang"))

    def validate_phone(self, field: Field) -> None:
        """Without phone and e-mail nobody could sign in."""
        if not field.data and not self.email.data:
            raise ValidationError(gettext("Isi nomor HP atau e-mail, supaya Anda bisa masuk."))


class PersonSearchForm(Form):
    """Whom the officer has in front of them."""

    identity = IdentityField(_l("Nomor HP atau e-mail"), [Filled()])


class AddressForm(AddressFields):
    """One of a member's addresses."""

    kunci = _key()
