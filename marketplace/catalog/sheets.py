"""Reads sheets of goods: CSV files as spreadsheets, tills and other markets write them."""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

COLUMNS = ("sku", "nama_produk", "kategori", "harga", "stok", "berat_gram", "deskripsi")
REQUIRED = ("nama_produk", "kategori", "harga", "stok", "berat_gram")
DELIMITERS = (",", ";", "\t")
LONGEST_CELL = 200  # lines


class UnreadableSheet(Exception):
    """The file is no sheet of goods; `str()` is a translated sentence."""


@dataclass(frozen=True)
class SheetRow:
    """One row: the line of the file that it begins on, its cells by column, and what stands beyond the columns.

    `is_torn` says that a quotation mark in it has no end, so that its cells cannot be told apart.
    """

    line: int
    cells: dict[str, str]
    surplus: tuple[str, ...] = ()
    is_torn: bool = False


def read_sheet(data: bytes) -> list[SheetRow]:
    """The rows of a sheet, blank ones left out. Raises UnreadableSheet.

    The header may have its columns in any order, in any case, and others beside them; `sku` and `deskripsi` may be
    missing. Commas, semicolons (Indonesian Excel) or tabs; UTF-8 with or without a mark, UTF-16 with one, else cp1252.
    """
    text = _decoded(data).replace("\x00", "")
    first_line = text.lstrip().partition("\n")[0]
    delimiter = max(DELIMITERS, key=first_line.count)
    lines = list(_lines(text, delimiter))
    if not lines:
        raise UnreadableSheet(_("Berkas ini kosong."))
    header = _header(lines[0][1] or [])
    return [_row(header, line, cells) if cells else SheetRow(line, {}, is_torn=True) for line, cells in lines[1:]]


def _decoded(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str] | None]]:
    """The records that are not blank, each with the line that it begins on; None for one that is torn.

    A quoted cell may span several lines. Where its end is missing, only the line with the mark is lost: reading goes on
    with the next one.
    """
    physical = list(io.StringIO(text, newline=""))
    begins = 0
    while begins < len(physical):
        reader = csv.reader(_from(physical, begins), delimiter=delimiter, strict=True)
        try:
            record = next(reader)
        except csv.Error:
            yield begins + 1, None
            begins += 1
            continue
        cells = [cell.strip() for cell in record]
        if any(cells):
            yield begins + 1, cells
        begins += reader.line_num


def _from(physical: list[str], begins: int) -> Iterator[str]:
    """At most LONGEST_CELL lines, which bounds the search for the end of a cell."""
    yield from physical[begins : begins + LONGEST_CELL]


def _header(cells: list[str]) -> list[str]:
    header = ["_".join(cell.lower().split()) for cell in cells]
    missing = [name for name in REQUIRED if name not in header]
    if missing:
        raise UnreadableSheet(_("Kolom %(names)s tidak ada di baris pertama.", names=", ".join(missing)))
    return header


def _row(header: list[str], line: int, cells: list[str]) -> SheetRow:
    by_column = dict(zip(header, cells, strict=False))
    known = {name: by_column.get(name, "") for name in COLUMNS if name in header}
    return SheetRow(line, known, tuple(cell for cell in cells[len(header) :] if cell))
