"""Sheets of every make: marks, delimiters, encodings, lines; and files that are no sheet at all."""

from collections.abc import Iterator

import pytest
from flask import Flask

from marketplace.catalog.sheets import COLUMNS, UnreadableSheet, read_sheet

HEADER = ",".join(COLUMNS)


CELLS = {"nama_produk": "Kué lapis", "stok": "40", "berat_gram": "250", "kategori": "camilan", "sku": "L"}


@pytest.fixture(autouse=True)
def indonesian(app: Flask) -> Iterator[None]:
    """A request, so that refusals have a language."""
    with app.test_request_context():
        yield


def test_lines_count_as_an_editor_counts_them() -> None:
    rows = read_sheet((HEADER + '\nA,Satu,c,1,1,1,"dua\nbaris"\n\n ,,\nB,Dua,c,1,1,1,').encode())
    assert [(row.line, row.cells["sku"]) for row in rows] == [(2, "A"), (6, "B")]
    assert rows[0].cells["deskripsi"] == "dua\nbaris"


def test_cells_beyond_the_columns_are_kept_apart() -> None:
    [row] = read_sheet((HEADER + "\nA,Satu,c,1,1,1,enak, gurih, ").encode())
    assert (row.cells["deskripsi"], row.surplus) == ("enak", ("gurih",))


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffNAMA_PRODUK;Harga;STOK;berat_gram;Kategori;SKU\nKué lapis;Rp 12.500,-;40;250;camilan;L\n".encode(),
        "nama_produk,harga,stok,berat_gram,kategori,sku\r\nKué lapis,12500,40,250,camilan,L\r\n".encode("cp1252"),
        "Nama Produk\tharga\tstok\tberat gram\tkategori\tsku\nKué lapis\t12500\t40\t250\tcamilan\tL".encode("utf-16"),
    ],
    ids=["excel-id", "cp1252", "utf-16-tabs"],
)
def test_sheets_of_every_make_are_read(data: bytes) -> None:
    [row] = read_sheet(data)
    assert row.line == 2 and row.cells == CELLS | {"harga": row.cells["harga"]}
    assert row.cells["harga"] in {"Rp 12.500,-", "12500"}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "kosong"),
        (b"\n\n", "kosong"),
        (b"sku,nama_produk,kategori\n", "Kolom harga, stok, berat_gram tidak ada di baris pertama."),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "tidak ada di baris pertama"),
    ],
)
def test_what_is_no_sheet_says_so(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableSheet, match=sentence):
        read_sheet(data)


def test_a_quotation_mark_without_end_costs_its_own_line_alone() -> None:
    good = "A{n},Barang {n},kuliner,1000,1,100,isi"
    lines = [HEADER, good.format(n=1), 'B,Sepatu,alas kaki,1000,1,100,"Kulit asli', *(good.format(n=n) for n in (2, 3))]
    rows = read_sheet("\n".join(lines).encode())
    assert [(row.line, row.is_torn) for row in rows] == [(2, False), (3, True), (4, False), (5, False)]
    assert [row.cells.get("nama_produk") for row in rows] == ["Barang 1", None, "Barang 2", "Barang 3"]


def test_a_sheet_of_torn_rows_alone_is_read_to_its_end() -> None:
    rows = read_sheet((HEADER + "\n" + 'A,"x\n' * 3000).encode())
    assert len(rows) >= 1500 and all(row.is_torn or row.cells for row in rows)
