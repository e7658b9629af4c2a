"""Numbers of halal certificates and P-IRT permits as sellers write them: format-valid says nothing of genuine."""

import re

from flask_babel import lazy_gettext as _

from marketplace.clock import now, to_wib

_LONGEST = 60
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015]+")
# BPJPH: ID and 17 digits, the first two the province. "KH" is a decree, "MUI" an older form: neither is this number.
_HALAL = re.compile(r"ID[0-9]{17}", re.ASCII)
# BPOM 22/2018: packaging 1-8, food type 2, region 4, product 2, maker 4, last year of validity 2.
_PIRT = re.compile(r"(?:P?IRT(?:NO)?:?)?([1-8][0-9]{12})([0-9]{2})", re.ASCII)


class NotAPermit(ValueError):
    """The text is no such number; `str()` is a translated sentence that can be shown as it is."""


def normalise_halal(text: str) -> str:
    """`id 35110000145390126` as `ID35110000145390126`; raises NotAPermit."""
    number = _compact(text)
    if not _HALAL.fullmatch(number):
        raise NotAPermit(_("Nomor sertifikat halal terdiri dari ID dan 17 angka, misalnya ID35110000145390126."))
    return number


def normalise_pirt(text: str) -> str:
    """`P-IRT No. 2063576010001-29` as `2063576010001-29`; raises NotAPermit, also when its last year is over."""
    found = _PIRT.fullmatch(_compact(text))
    if not found:
        raise NotAPermit(_("Nomor P-IRT terdiri dari 15 angka, misalnya 2063576010001-29."))
    number, year = found.groups()
    if 2000 + int(year) < to_wib(now()).year:
        raise NotAPermit(_("Nomor P-IRT ini berlaku sampai 20%(year)s. Tulis nomor yang masih berlaku.", year=year))
    return f"{number}-{year}"


def pirt_ends(number: str) -> int:
    """The last year in which a kept P-IRT number is valid."""
    return 2000 + int(number[-2:])


def _compact(text: str) -> str:
    return _SEPARATORS.sub("", text).upper() if len(text) <= _LONGEST else ""
