"""The text inside a QRIS code: EMVCo merchant-presented fields (tag, length, value), closed by a CRC."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.refusal import Refusal

NATIONAL, NATIONAL_DOMAIN = "51", "ID.CO.QRIS.WWW"
MERCHANT_ACCOUNTS = [f"{tag:02}" for tag in range(26, 46)]
STATIC, DYNAMIC = "11", "12"
RUPIAH, INDONESIA = "360", "ID"
LONGEST_BILL = 25
LONGEST_VALUE, LONGEST_TEXT = 99, 512
Fields = list[tuple[str, str]]


class NotQris(Refusal):
    """The text is no QRIS code of a merchant in Indonesia, or a character of it is wrong."""


@dataclass(frozen=True)
class Qris:
    """A code that has been checked: whose it is, and its fields in their order, without the CRC."""

    name: str
    city: str
    nmid: str
    fields: tuple[tuple[str, str], ...]

    @property
    def is_static(self) -> bool:
        """Whether it stands on a shop's counter, without an amount."""
        return dict(self.fields)["01"] == STATIC

    @property
    def text(self) -> str:
        """What the code says, CRC and all."""
        return sealed(self.fields)

    def with_amount(self, amount: int, bill: str) -> str:
        """The same merchant's code for one payment: whole rupiah and the bill's number, for single use."""
        fields = [(tag, value) for tag, value in self.fields if tag not in {"54", "55", "56", "57"}]
        fields = [(tag, DYNAMIC if tag == "01" else value) for tag, value in fields]
        fields = _put(fields, "54", str(amount))
        extra = _put(parse(dict(fields).get("62", "")), "01", bill[:LONGEST_BILL])
        while len(_text(extra)) > LONGEST_VALUE:  # what the shop has put there gives way
            extra.pop()
        return sealed(_put(fields, "62", _text(extra)))


def read(text: str) -> Qris:
    """Check a code as it was pasted or photographed; raises NotQris, which says what is the matter."""
    text = text.strip()
    try:
        if len(text) > LONGEST_TEXT or not text.isprintable():
            raise ValueError("no code says this")
        fields = parse(text)
        parse(dict(fields).get("62", ""))
    except ValueError as error:
        raise NotQris(_("Teks ini bukan kode QRIS, atau terpotong.")) from error
    known = dict(fields)
    if not fields or fields[-1][0] != "63" or fields[-1][1].upper() != crc(text[:-4]):
        raise NotQris(_("Kode QRIS ini rusak: angka pengamannya tidak cocok. Salin atau foto lagi."))
    if (known.get("00"), known.get("53"), known.get("58")) != ("01", RUPIAH, INDONESIA):
        raise NotQris(_("Kode ini bukan QRIS Indonesia dalam rupiah."))
    nmid = _nmid(known)
    if known.get("01") not in {STATIC, DYNAMIC} or not known.get("59") or not nmid:
        raise NotQris(_("Kode QRIS ini tidak menyebut nama toko dan NMID."))
    return Qris(known["59"], known.get("60", ""), nmid, tuple(fields[:-1]))


def read_static(text: str) -> Qris:
    """The same, for the code that a shop gives us: one that stands on its counter for ever."""
    code = read(text)
    if not code.is_static:
        raise NotQris(_("Ini QRIS sekali pakai, hanya untuk satu pembayaran. Berikan QRIS tetap toko Anda."))
    return code


def parse(text: str) -> Fields:
    """The fields of a text of two digits tag, two digits length, value; raises ValueError when they do not fit."""
    fields, at = [], 0
    while at < len(text):
        tag, length = text[at : at + 2], text[at + 2 : at + 4]
        if not (tag + length).isascii() or not (tag + length).isdigit() or len(length) != 2:
            raise ValueError(f"no field at {at}")
        value = text[at + 4 : at + 4 + int(length)]
        if len(value) != int(length):
            raise ValueError(f"field {tag} is cut off")
        fields.append((tag, value))
        at += 4 + len(value)
    return fields


def sealed(fields: Iterable[tuple[str, str]]) -> str:
    """The text of these fields with its CRC at the end."""
    text = _text(fields) + "6304"
    return text + crc(text)


def crc(text: str) -> str:
    """CRC-16/CCITT-FALSE (0x1021, from 0xFFFF) in four capital hex digits."""
    register = 0xFFFF
    for byte in text.encode():
        register ^= byte << 8
        for _bit in range(8):
            register = (register << 1 ^ 0x1021 if register & 0x8000 else register << 1) & 0xFFFF
    return f"{register:04X}"


def _text(fields: Iterable[tuple[str, str]]) -> str:
    return "".join(f"{tag}{len(value):02}{value}" for tag, value in fields)


def _put(fields: Fields, tag: str, value: str) -> Fields:
    """Set a field in its place: the tags stand in rising order."""
    return sorted([*((t, v) for t, v in fields if t != tag), (tag, value)], key=lambda field: field[0])


def _nmid(known: dict[str, str]) -> str:
    """The national merchant id: ID and 13 digits, in the national template."""
    try:
        national = dict(parse(known.get(NATIONAL, "")))
    except ValueError:
        return ""
    nmid = national.get("02", "")
    is_nmid = nmid.startswith("ID") and len(nmid) == 15 and nmid[2:].isascii() and nmid[2:].isdigit()
    return nmid if national.get("00") == NATIONAL_DOMAIN and is_nmid else ""
