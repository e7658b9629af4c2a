"""What people sign in with: a phone number or an e-mail address, and the accounts that carry it."""

from typing import NamedTuple

from email_validator import EmailNotValidError, validate_email
from flask_babel import lazy_gettext as _
from sqlalchemy import Select, select

from marketplace.accounts.models import User
from marketplace.accounts.phone import normalise_phone

CARRIERS = 5
_LONGEST = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets


class NotAnEmail(ValueError):
    """The text is no e-mail address; `str()` is a translated sentence that can be shown as it is."""


class Identity(NamedTuple):
    """`kind` is phone or email; `value` its normal form: digits, or lower case."""

    kind: str
    value: str


def read_identity(text: str) -> Identity:
    """A phone number in any writing, or an e-mail address (it has an @); raises NotAPhone or NotAnEmail."""
    if "@" in text:
        return Identity("email", normalise_email(text))
    return Identity("phone", normalise_phone(text))


def normalise_email(text: str) -> str:
    """The address in lower case: no provider of note tells capitals apart, and phones like to begin with one.

    Raises NotAnEmail.
    """
    try:
        if len(text) > _LONGEST:
            raise EmailNotValidError
        address = validate_email(text.strip(), check_deliverability=False, allow_smtputf8=False)
        return (address.ascii_email or "").lower()
    except EmailNotValidError as error:
        raise NotAnEmail(_("Alamat e-mail tidak valid. Tulis seperti nama@contoh.com.")) from error


def carriers(identity: Identity) -> Select[User]:
    """The accounts that may sign in with this phone or e-mail: the first CARRIERS of `all_carriers`.

    The oldest come first, so that nobody is pushed out of an account by others registering with the same number.
    """
    return all_carriers(identity).limit(CARRIERS)


def all_carriers(identity: Identity) -> Select[User]:
    """Every account with this phone or e-mail: the one that proved it, then the oldest."""
    by_phone = identity.kind == "phone"
    value, proved_at = (User.phone, User.phone_proved_at) if by_phone else (User.email, User.email_proved_at)
    return select(User).where(value == identity.value).order_by(proved_at.is_(None), User.id)
