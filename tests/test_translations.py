"""Everything that code and pages say has its English, and the English keeps what the Indonesian holds."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")
TAG = re.compile(r"<[^>]+>")
ENDS = (".", ":", "?", ",")
# Words that no English sentence of ours has; kampung, kelurahan and kecamatan stay what they are.
INDONESIAN = re.compile(
    r"\b(akun|alamat|anda|atau|bayar|belum|bila|cari|dan|dari|daftar|dengan|di|hapus|harga|ini|itu|jika|kami|ke"
    r"|keranjang|kirim|masuk|ongkir|pada|pembeli|penjual|pesan|pesanan|petugas|produk|sandi|simpan|stok|sudah|tidak"
    r"|toko|ubah|untuk|yang)\b",
    re.IGNORECASE,
)
Text = tuple[str | None, str]  # its context and the Indonesian words; of a plural, the singular's


@cache
def english() -> Catalog:
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="en")


@cache
def spoken() -> tuple[frozenset[Text], frozenset[Text]]:
    """The texts in code and pages as `make translations` finds them: those without and those with a plural."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["babel"]["mappings"]
    methods = [(mapping["pattern"], mapping["method"]) for mapping in mappings]
    found = extract_from_dir(ROOT, methods, keywords={**DEFAULT_KEYWORDS, "_l": None})
    plain, plural = set(), set()
    for _file, _line, words, _comments, context in found:
        if isinstance(words, str):
            plain.add((context, words))
        else:
            plural.add((context, words[0]))
    return frozenset(plain), frozenset(plural)


def entries() -> list[Message]:
    return [message for message in english() if message.id]


def forms(words: str | list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """A text as it is written for one and for several; once where it has no plural."""
    return (words,) if isinstance(words, str) else tuple(words)


def breaches(message: Message) -> Iterator[str]:
    """What is wrong with an entry, form by form."""
    indonesian, translated = forms(message.id), forms(message.string)
    if message.fuzzy or not all(translated) or len(indonesian) != len(translated):
        yield "is not translated"
        return
    for before, after in zip(indonesian, translated, strict=True):
        if sorted(PLACEHOLDER.findall(before)) != sorted(PLACEHOLDER.findall(after)):
            yield "has other placeholders"
        if TAG.findall(before) != TAG.findall(after):
            yield "has other tags"
        if blanks(before) != blanks(after):
            yield "begins or ends with other blanks"
        if ending(before) != ending(after):
            yield "ends with another mark"
        if left := INDONESIAN.findall(after):
            yield f"still says {left}"


def blanks(text: str) -> tuple[int, int]:
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())


def ending(text: str) -> str:
    return text[-1] if text.endswith(ENDS) else ""


def test_the_catalogue_holds_what_is_said_and_nothing_else() -> None:
    plain, plural = spoken()
    known = {(message.context, forms(message.id)[0]) for message in entries()}
    assert (plain | plural) - known == set(), "`make translations` adds them"
    assert known - (plain | plural) == set(), "`make translations` takes them out"


def test_no_text_is_asked_for_with_and_without_a_plural() -> None:
    # The catalogue would hold one entry for both, and Python would not find it without a number.
    plain, plural = spoken()
    assert plain & plural == set()


def test_every_entry_is_good_english() -> None:
    wrong = [f"{message.id!r} {breach}" for message in entries() for breach in breaches(message)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("indonesian", "translated", "flags"),
    [
        ("Keranjang", "", ()),
        ("Keranjang", "Cart", ("fuzzy",)),
        ("Sisa %(n)s", "Some left", ()),
        (("%(num)s jam", "%(num)s jam"), ("an hour", "%(num)s hours"), ()),
        ("Tekan <strong>Simpan</strong>", "Press Save", ()),
        ("Halo ", "Hello", ()),
        ("Masuk dulu.", "Sign in first", ()),
        ("Lihat keranjang", "See your keranjang", ()),
    ],
)
def test_a_bad_entry_is_noticed(
    indonesian: str | tuple[str, str], translated: str | tuple[str, str], flags: tuple[str, ...]
) -> None:
    assert list(breaches(Message(indonesian, translated, flags=flags)))
