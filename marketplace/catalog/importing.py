"""Loads sheets of goods into a shop: every good row in one transaction, every bad one named with its reason."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Row, select, update

from marketplace.catalog import stock
from marketplace.catalog.goods import BadRow, Good, categories_by_name, read_good
from marketplace.catalog.indexing import in_chunks
from marketplace.catalog.models import Category, Product, Variant
from marketplace.catalog.product_cards import refresh_cards
from marketplace.catalog.product_rows import add_products
from marketplace.catalog.sheets import SheetRow, read_sheet
from marketplace.db import db, writing
from marketplace.sellers.models import Shop


@dataclass(frozen=True)
class Known:
    """What the shop has already: a row of its variant and product."""

    row: Row[*tuple[Any, ...]]
    is_single: bool

    def numbers(self, good: Good) -> dict[str, Any]:
        """The columns of the variant that the good changes."""
        values = {"price": good.price, "weight_grams": good.weight_grams, "is_offered": True}
        return self._different(values)

    def words(self, good: Good) -> dict[str, Any]:
        """The columns of the product that the good changes."""
        values: dict[str, Any] = {"title": good.title, "category_id": good.category_id}
        if good.description is not None:
            values["description"] = good.description
        return self._different(values) if self.is_single else {}

    def _different(self, values: dict[str, Any]) -> dict[str, Any]:
        return values if any(getattr(self.row, name) != value for name, value in values.items()) else {}


@dataclass
class Report:
    """What became of a sheet: how many rows were accepted (unchanged ones too), and line -> reason of the others."""

    accepted: int = 0
    rejected: dict[int, str] = field(default_factory=dict)


def import_products(shop_id: int, data: bytes) -> Report:
    """Load a sheet into the shop. Raises sheets.UnreadableSheet.

    A row changes the variant of the shop that has its SKU; a row without SKU changes the product of that name whose
    variant has none either. So the same sheet twice changes nothing. Any other row is a new product, on show at once
    if the shop is verified. Where a product has several variants, a row changes price, stock and weight of its own.
    """
    report = Report()
    goods = list(_without_repetitions(_understood(read_sheet(data), report), report))
    with writing():
        known = _known(shop_id)
        matched = [(good, known[good.key]) for good in goods if good.key in known]
        new = [good for good in goods if good.key not in known]
        changed = list(_possible(matched, report))
        _change(changed)
        add_products(shop_id, (good.product() for good in new), publish=True)
    report.accepted = len(changed) + len(new)
    return report


def _understood(rows: Iterable[SheetRow], report: Report) -> Iterator[Good]:
    categories = categories_by_name(db.session.scalars(select(Category)))
    for row in rows:
        try:
            yield read_good(row, categories)
        except BadRow as reason:
            report.rejected[row.line] = str(reason)


def _without_repetitions(goods: Iterable[Good], report: Report) -> Iterator[Good]:
    """The first row of each SKU or, without SKU, of each name."""
    lines: dict[tuple[str, str], int] = {}
    for good in goods:
        first = lines.setdefault(good.key, good.line)
        if first == good.line:
            yield good
        else:
            column, value = good.key[0], good.sku or good.title
            sentence = _('%(column)s "%(value)s" sudah ada di baris %(line)s', column=column, value=value, line=first)
            report.rejected[good.line] = sentence


def _known(shop_id: int) -> dict[tuple[str, str], Known]:
    """The shop's variants by the key of a good, locked in id order as orders lock them; the oldest of equals.

    `is_single` tells the products that are no choice: only these are found by name and take a row's words.
    """
    # One sheet at a time: without this a second one would not see the first one's new rows on PostgreSQL.
    db.session.execute(select(Shop.id).where(Shop.id == shop_id).with_for_update(key_share=True))
    columns = (Variant.id, Variant.sku, Variant.price, Variant.weight_grams, Variant.on_hand, Variant.held)
    of_product = (Variant.product_id, Variant.is_offered, Product.title, Product.category_id, Product.description)
    mine = select(*columns, *of_product).join(Product, Product.id == Variant.product_id)
    mine = mine.where(Product.shop_id == shop_id).order_by(Variant.id).with_for_update(of=Variant)
    rows = db.session.execute(mine).all()
    variants = Counter(row.product_id for row in rows)
    found: dict[tuple[str, str], Known] = {}
    for row in rows:
        is_single = variants[row.product_id] == 1
        if row.sku or is_single:
            key = ("sku", row.sku.casefold()) if row.sku else ("nama_produk", row.title.casefold())
            found.setdefault(key, Known(row, is_single))
    return found


def _possible(matched: Iterable[tuple[Good, Known]], report: Report) -> Iterator[tuple[Good, Known]]:
    """Those whose count covers what buyers have been promised."""
    for good, known in matched:
        held = known.row.held
        if good.stock >= held:
            yield good, known
        else:
            sentence = _('stok "%(count)s" kurang dari %(held)s yang sudah dipesan', count=good.stock, held=held)
            report.rejected[good.line] = sentence


def _change(matched: Sequence[tuple[Good, Known]]) -> None:
    """Write what differs: variants, products, then stock, which tells the cards itself, then the other cards."""
    numbers = [{"id": known.row.id, **changes} for good, known in matched if (changes := known.numbers(good))]
    words = [{"id": known.row.product_id, **changes} for good, known in matched if (changes := known.words(good))]
    counts = {known.row.id: good.stock for good, known in matched if good.stock != known.row.on_hand}
    for model, rows in ((Variant, numbers), (Product, words)):
        if rows:
            db.session.execute(update(model), rows)
    for ids in in_chunks(counts):
        stock.count_all({id: counts[id] for id in ids})
    changed = {row["id"] for row in numbers}
    refresh_cards({row["id"] for row in words} | {k.row.product_id for _good, k in matched if k.row.id in changed})
