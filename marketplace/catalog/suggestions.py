"""What the search box offers while somebody types: goods, shops, kampung and shelves that begin like it."""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import bindparam, select

from marketplace.catalog import tiers
from marketplace.catalog.directory import Entry, directory
from marketplace.catalog.engine import Clause, Query
from marketplace.catalog.index import engine
from marketplace.catalog.models import Product
from marketplace.catalog.search import readable
from marketplace.catalog.understanding import understand
from marketplace.catalog.wording import fold
from marketplace.clock import now
from marketplace.db import db
from marketplace.sellers.models import Shop

# Few and short: an answer stays below 1 KB.
GOODS, SHOPS, PLACES, SHELVES = 4, 2, 2, 2
LOOKED_AT = 24  # goods of the shops that are offered: one shop has many

_GOODS = select(Product.id, Product.slug, Product.title, Product.title_en).where(
    Product.id.in_(bindparam("ids", expanding=True))
)
_SHOPS = select(Shop.id, Shop.slug, Shop.name).where(Shop.id.in_(bindparam("ids", expanding=True)))


class Suggestion(NamedTuple):
    """One thing to go to: `kind` is produk, toko, kampung or kategori, as in its address; labels in both languages."""

    kind: str
    slug: str
    label: str
    label_en: str = ""


def suggest(text: str) -> list[Suggestion]:
    """What may be meant by words that are still being typed; at most five statements."""
    question = understand(readable(text), unfinished=True)
    if not question.units:
        return []
    goods = [id for id, _shop_id in _best(tiers.in_titles(question), GOODS)]
    titles = {id: (slug, title, en) for id, slug, title, en in db.session.execute(_GOODS, {"ids": goods})}
    found = [Suggestion("produk", *titles[id]) for id in goods if id in titles]
    shop_ids = list(dict.fromkeys(shop_id for _id, shop_id in _best(tiers.in_shops(question), LOOKED_AT)))[:SHOPS]
    if shop_ids:
        names = {id: (slug, name) for id, slug, name in db.session.execute(_SHOPS, {"ids": shop_ids})}
        found += [Suggestion("toko", *names[id]) for id in shop_ids]
    places = directory()
    found += _named("kampung", places.kampung.values(), question.folded, PLACES)
    return found + _named("kategori", places.categories.values(), question.folded, SHELVES)


def _best(clause: Clause, most: int) -> list[tuple[int, int]]:
    """The ids of the best products and of their shops."""
    rows = engine().found([Query(clause)], most, now=now())
    return [(one.id, one.shop_id) for one in sorted(rows, key=lambda one: -one.rank)]


def _named(kind: str, entries: Iterable[Entry], words: list[str], most: int) -> list[Suggestion]:
    """Entries with each word at the beginning of one of theirs, in either language."""
    named = []
    for entry in entries:
        own = fold(f"{entry.name} {entry.name_en}")
        if all(any(mine.startswith(word) for mine in own) for word in words):
            named.append(Suggestion(kind, entry.slug, entry.name, entry.name_en))
    return named[:most]
