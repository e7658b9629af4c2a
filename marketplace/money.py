"""Whole rupiah: read what people type, write it, share it out, put it into words."""

import re

from flask_babel import lazy_gettext as _

LARGEST = 999_999_999_999
_LONGEST = 40

_PREFIX = re.compile(r"^(?:rp\.?|idr) ?", re.ASCII | re.IGNORECASE)
# A number never begins with a needless 0: that is a phone number in the wrong field, or a slip.
_INDONESIAN = re.compile(r"(0|[1-9][0-9]{0,2}(?:\.[0-9]{3})+|[1-9][0-9]*)(?:,00|,-|\.-)?")
_ENGLISH = re.compile(r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.00|,-)?")
# Three digits after the mark could be a decimal or a group of thousands (12.500rb), so two are the most.
_SHORT = re.compile(r"(0|[1-9][0-9]*)(?:[.,]([0-9]{1,2}))? ?(rb|ribu|k|jt|juta)", re.ASCII | re.IGNORECASE)
_UNITS = {"rb": 1_000, "ribu": 1_000, "k": 1_000, "jt": 1_000_000, "juta": 1_000_000}


class NotRupiah(ValueError):
    """The text is not an amount of whole rupiah; `str()` is a translated sentence that can be shown as it is."""


def parse_rupiah(text: str) -> int:
    """The rupiah that a person means by `Rp12.500`, `12500`, `Rp 12.500,00`, `12,5rb`, `15k`, `1,2jt` or `35.000,-`.

    0 is an amount. Raises NotRupiah for what is blank, negative, above LARGEST, has sen, or two meanings (`1.25`).
    """
    text = " ".join(text.split())
    if not text:
        raise NotRupiah(_("Jumlah rupiah wajib diisi."))
    number = _PREFIX.sub("", text)
    if text.startswith("-") or number.startswith("-"):
        raise NotRupiah(_("Jumlah rupiah tidak boleh kurang dari 0."))
    amount = _read(number) if len(number) <= _LONGEST else None
    if amount is None:
        raise NotRupiah(_("Tulis jumlah rupiah bulat, misalnya 12.500 atau 15rb."))
    if amount > LARGEST:
        raise NotRupiah(_("Jumlah rupiah terlalu besar."))
    return amount


def _read(number: str) -> int | None:
    """The rupiah of a bare number in one of the three ways of writing it; None when it is none of them."""
    if grouped := _INDONESIAN.fullmatch(number) or _ENGLISH.fullmatch(number):
        return int(re.sub("[.,]", "", grouped[1]))
    if short := _SHORT.fullmatch(number):
        whole, decimals, unit = short.groups(default="")
        return int(whole + decimals.ljust(2, "0")) * _UNITS[unit.lower()] // 100
    return None


def format_rupiah(amount: int) -> str:
    """`Rp12.500`, `-Rp500`: the same in every language, by string work alone because a page prints dozens."""
    sign = "-" if amount < 0 else ""
    return f"{sign}Rp{abs(amount):,}".replace(",", ".")


def split(total: int, weights: list[int]) -> list[int]:
    """Share `total` rupiah in proportion to `weights`; the shares sum to `total` exactly (largest remainder).

    The rupiah left by rounding go to the largest remainders, to the earlier of equals. A weight of 0 gets nothing,
    unless all are 0: then the shares are equal. Raises ValueError for a negative number, or with nobody to give to.
    """
    if total < 0 or any(weight < 0 for weight in weights):
        raise ValueError("shares and weights are never negative")
    if total and not weights:
        raise ValueError(f"nobody to share {total} rupiah with")
    if not any(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: -(total * weights[i] % whole))
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def terbilang(amount: int) -> str:
    """The amount in Indonesian words, as a kuitansi needs it: `dua belas ribu lima ratus rupiah`.

    Indonesian in every language of the site. Raises ValueError for a negative amount.
    """
    from num2words import num2words  # 0.2 s and sixty languages: only a process that prints receipts pays for it

    if amount < 0:
        raise ValueError(f"no words for {amount} rupiah")
    words = num2words(amount, lang="id")
    # num2words writes 1.001.000 as "satu juta satu ribu"; the language says "seribu" there too.
    return re.sub(r"(juta|miliar|triliun) satu ribu\b", r"\1 seribu", words) + " rupiah"
