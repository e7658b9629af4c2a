"""One row of a sheet, understood: a good with one variant, or the reason why it is none."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from marketplace.catalog import product_data as limits
from marketplace.catalog.models import Category
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.sheets import SheetRow
from marketplace.money import NotRupiah, format_rupiah, parse_rupiah

LONGEST_SHOWN = 40
WHOLE_NUMBER = re.compile(r"-?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,12})", re.ASCII)
Categories = Mapping[str, int]


class BadRow(Exception):
    """A row that cannot be loaded; `str()` names the column, what stands there, and what is wrong with it."""


@dataclass(frozen=True)
class Good:
    """A row that can be loaded: rupiah, pieces, grams. `description` is None when the sheet has no such column."""

    line: int
    sku: str
    title: str
    category_id: int
    price: int
    stock: int
    weight_grams: int
    description: str | None

    @property
    def key(self) -> tuple[str, str]:
        """What the shop knows the good by: its SKU, or without one its name; upper and lower case are the same."""
        return ("sku", self.sku.casefold()) if self.sku else ("nama_produk", self.title.casefold())

    def product(self) -> ProductData:
        """The good as a new product."""
        variant = VariantData(price=self.price, weight_grams=self.weight_grams, stock=self.stock, sku=self.sku)
        return ProductData(self.title, self.category_id, (variant,), description=self.description or "")


def categories_by_name(categories: Iterable[Category]) -> dict[str, int]:
    """The ids of categories by everything they are called: name, English name, slug, in lower case."""
    return {name.casefold(): c.id for c in categories for name in (c.name_en, c.slug, c.name)}


def read_good(row: SheetRow, categories: Categories) -> Good:
    """Understand a row; raises BadRow."""
    if row.is_torn:
        raise BadRow(_("tanda kutip tidak ditutup atau salah tempat"))
    if row.surplus:
        raise BadRow(_('sel "%(cell)s" berada di luar kolom', cell=row.surplus[0][:LONGEST_SHOWN]))
    cells = row.cells
    return Good(
        line=row.line,
        sku=_text(cells, "sku", limits.LONGEST_LABEL),
        title=_text(cells, "nama_produk", limits.LONGEST_TITLE, required=True),
        category_id=_category(cells["kategori"], categories),
        price=_price(cells["harga"]),
        stock=_number(cells, "stok", 0, limits.LARGEST_STOCK),
        weight_grams=_number(cells, "berat_gram", 1, limits.HEAVIEST_GRAMS),
        description=_description(cells),
    )


def _text(cells: Mapping[str, str], column: str, longest: int, required: bool = False) -> str:
    text = " ".join(cells.get(column, "").split())
    if required and not text:
        raise BadRow(_("%(column)s wajib diisi", column=column))
    if len(text) > longest:
        raise _bad(column, text, _("paling panjang %(most)s huruf", most=longest))
    return text


def _description(cells: Mapping[str, str]) -> str | None:
    text = cells.get("deskripsi")
    if text is not None and len(text) > limits.LONGEST_DESCRIPTION:
        raise _bad("deskripsi", text, _("paling panjang %(most)s huruf", most=limits.LONGEST_DESCRIPTION))
    return text


def _category(text: str, categories: Categories) -> int:
    name = " ".join(text.casefold().split())
    if not name:
        raise BadRow(_("%(column)s wajib diisi", column="kategori"))
    if name not in categories:
        raise _bad("kategori", text, _("tidak dikenal"))
    return categories[name]


def _price(text: str) -> int:
    if not text:
        raise BadRow(_("%(column)s wajib diisi", column="harga"))
    try:
        price = parse_rupiah(text)
    except NotRupiah as error:
        sentence = str(error)
        raise _bad("harga", text, sentence[0].lower() + sentence[1:].rstrip(".")) from error
    if not 0 < price <= limits.HIGHEST_PRICE:
        most = format_rupiah(limits.HIGHEST_PRICE)
        raise _bad("harga", text, _("harus lebih dari 0 dan paling tinggi %(most)s", most=most))
    return price


def _number(cells: Mapping[str, str], column: str, low: int, high: int) -> int:
    text = cells[column]
    if not text:
        raise BadRow(_("%(column)s wajib diisi", column=column))
    if not WHOLE_NUMBER.fullmatch(text):
        raise _bad(column, text, _("bukan bilangan bulat"))
    number = int(text.replace(".", ""))
    if not low <= number <= high:
        raise _bad(column, text, _("harus antara %(low)s dan %(high)s", low=low, high=f"{high:,}".replace(",", ".")))
    return number


def _bad(column: str, value: str, reason: str) -> BadRow:
    shown = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}..."
    return BadRow(f'{column} "{shown}" {reason}')
