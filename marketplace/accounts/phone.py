"""Phone numbers as people write them, kept as bare digits with the country in front (`6281234567890`)."""

import re
import unicodedata
from urllib.parse import quote

from flask_babel import lazy_gettext as _

_LONGEST = 40
_SEPARATORS = re.compile(r"[\s().\-\u2010-\u2015\u2212]+")
# Separators gone, an Indonesian number begins 08, 628, +628 or 8, or with the +62 (0)8 of letterheads.
_INDONESIAN = re.compile(r"(?:\+?62)?0?([1-9][0-9]+)", re.ASCII)
_MOBILE = re.compile(r"628[1-9]\d{7,10}", re.ASCII)
_LANDLINE = re.compile(r"(?:\+?620?|0)[2-79][0-9]{6,10}", re.ASCII)
# E.164: a country code that does not begin with 0, 15 digits at most; fewer than 8 is no country's mobile number.
_ABROAD = re.compile(r"\+([1-9][0-9]{7,14})", re.ASCII)


class NotAPhone(ValueError):
    """The text is no number we can reach; `str()` is a translated sentence that can be shown as it is."""


def normalise_phone(text: str) -> str:
    """A buyer's number as digits: `0812-3456-7890` gives `6281234567890`, `+65 9123 4567` gives `6591234567`.

    Without a leading `+` a number is Indonesian, so a form that shows a kept number again uses show_phone.
    Raises NotAPhone, with its own sentence for a landline.
    """
    number = _compact(text)
    if mobile := _indonesian_mobile(number):
        return mobile
    if _LANDLINE.fullmatch(number):
        raise NotAPhone(_("Nomor HP tidak valid. Ini nomor telepon rumah, yang tidak bisa menerima WhatsApp."))
    abroad = _ABROAD.fullmatch(number)
    if abroad and not number.startswith("+62"):
        return abroad[1]
    raise NotAPhone(_("Nomor HP tidak valid. Tulis seperti 0812-3456-7890."))


def normalise_shop_phone(text: str) -> str:
    """A shop's number as digits: an Indonesian mobile only, `628[1-9]` and 7 to 10 more; raises NotAPhone."""
    phone = normalise_phone(text)
    if not _MOBILE.fullmatch(phone):
        raise NotAPhone(_("Nomor HP tidak valid. Toko memerlukan nomor HP Indonesia, misalnya 0812-3456-7890."))
    return phone


def show_phone(phone: str) -> str:
    """A kept number as people read it: `0812-3456-7890`; one of another country keeps its `+`."""
    if not phone.startswith("62"):
        return f"+{phone}"
    national = "0" + phone.removeprefix("62")
    return "-".join((national[:4], national[4:8], national[8:]))


def masked_phone(phone: str) -> str:
    """The last four digits alone, for lists: `........7890`."""
    return "\u2022" * (len(phone) - 4) + phone[-4:]


def whatsapp_link(phone: str, text: str) -> str:
    """A link that opens a WhatsApp chat with a kept number, `text` already typed."""
    return f"https://wa.me/{phone}?text={quote(text, safe='')}"


def _indonesian_mobile(number: str) -> str | None:
    match = _INDONESIAN.fullmatch(number)
    phone = f"62{match[1]}" if match else ""
    return phone if _MOBILE.fullmatch(phone) else None


def _compact(text: str) -> str:
    """The number without separators, nor the invisible direction marks that phones copy along from their contacts."""
    if len(text) > _LONGEST:
        return ""
    visible = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return _SEPARATORS.sub("", visible)
