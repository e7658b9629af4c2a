"""A city of any size for benches: shops and goods written straight into the tables, as operations would leave them.

Titles and descriptions are mixed of the demo market's goods and the words of bench/words.txt, some of which are far
more frequent than others (Zipf). What lists and search know of the goods comes from the same functions that operations
call.
"""

import random
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from sqlalchemy import Table, func, select

from bench._bulk import begin_documents, drop_indexes, end_documents, load, load_documents, values_of
from marketplace.catalog import facet_counts, vocabulary
from marketplace.catalog.documents import Document, document_of
from marketplace.catalog.models import Category, Photo, Product, ProductState, Variant
from marketplace.catalog.picture_names import WHOLE, name_of
from marketplace.catalog.standing import Reach, columns_of, facts_of, texts_of
from marketplace.catalog.tags import COLOURS, tags_of
from marketplace.db import db, writing
from marketplace.demo import content
from marketplace.places.models import Kampung, Kelurahan
from marketplace.sellers.models import Shop, ShopState

WORDS = (Path(__file__).parent / "words.txt").read_text().split()
GOODS_OF_A_SHOP = 31  # 32,000 shops for a million goods
CHUNK, MAKERS = 10_000, 2
OPENED = datetime(2025, 11, 1, 2, 0, tzinfo=UTC)
MARKED = timedelta(seconds=30)  # between two goods: a million of them in a year
PICTURES = [name_of(f"{n:032x}", WHOLE, f"{n % 8}{n // 8 % 8}") for n in range(512)]
SIZES = [str(size) for size in range(36, 44)]
TABLES: tuple[Table, ...] = tuple(model.__table__ for model in (Product, Variant, Photo))  # type: ignore[misc]

Step = Callable[[int], None]


def build(goods: int, step: Step) -> None:
    """Fill a migrated, empty database with so many goods; `step` hears how many more there are."""
    indexes = drop_indexes(TABLES)
    with writing() as session:
        begin_documents(session.connection())
    shops = _open_shops(max(goods // GOODS_OF_A_SHOP, 1), random.Random(goods))
    counts: facet_counts.Moves = Counter()
    words: Counter[str] = Counter()
    parts = [range(first, min(first + CHUNK, goods + 1)) for first in range(1, goods + 1, CHUNK)]
    for made in _ahead(_Workshop(shops, _shelves()), parts):
        _write(made)
        counts.update(made.counts)
        words.update(made.words)
        step(len(made.documents))
    with writing() as session:
        facet_counts.replace_all(counts)
        vocabulary.replace_all(words)
        end_documents(session.connection())
        for index in indexes:
            index.create(session.connection())
    _count_on()


def _count_on() -> None:
    """Let PostgreSQL give the next ids, and both engines know how much there is.

    Tests run PostgreSQL without autovacuum, which would tidy up within minutes of such a load.
    """
    is_postgresql = db.engine.dialect.name == "postgresql"
    with writing() as session:
        if is_postgresql:
            for table in (*TABLES, Shop.__table__):
                top = select(func.max(table.c.id)).scalar_subquery()
                session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), top)))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE" if is_postgresql else "ANALYZE")


def _open_shops(count: int, dice: random.Random) -> list[SimpleNamespace]:
    """Write the shops; returns what lists know of them."""
    kelurahan = db.session.execute(select(Kelurahan.id, Kelurahan.name)).all()
    kampung: list[Any] = [None, None, *db.session.execute(select(Kampung.id, Kampung.name)).all()]
    owners = [entry["owner"] for entry in content.shops().values()]
    shops, rows = [], []
    for id in range(1, count + 1):
        place, craft = dice.choice(kelurahan), dice.choice(kampung)
        name = f"{dice.choice(WORDS[:900]).capitalize()} {dice.choice(owners).split()[0]} {id}"
        reach = Reach(frozenset(), whole_city=dice.random() < 0.7, outside=False)
        shop = Shop(name=name, slug=f"toko-{id}", whatsapp="6281200000000", kelurahan_id=place.id, created_at=OPENED)
        shop.state, shop.verified_at, shop.kampung_id = ShopState.VERIFIED, OPENED, craft and craft.id
        shop.fee_kelurahan, shop.fee_city = 0, 8_000 if reach.whole_city else None
        shop.fee_kecamatan = shop.fee_city
        rows.append({**values_of(shop), "id": id})
        known = {"shop_id": id, "shop_name": name, "shop_state": shop.state, "shop_offers_pickup": True}
        known |= {"shop_kampung_id": shop.kampung_id, "shop_kelurahan_id": place.id, "kelurahan": place.name}
        known |= {"kampung": craft.name if craft else "", "shop_orders_done": 0, "shop_orders_lost": 0}
        near = Reach(frozenset({place.id}), whole_city=False, outside=False)
        shops.append(SimpleNamespace(**known, reach=reach if reach.whole_city else near))
    with writing() as session:
        load(session.connection(), Shop.__table__, rows)  # type: ignore[arg-type]
    return shops


class _Made(NamedTuple):
    """Some goods: the rows of each table, what search knows of them, how often each facet and each word occurs."""

    rows: dict[str, list[dict[str, Any]]]
    documents: dict[int, Document]
    counts: Counter[tuple[str, str]]
    words: Counter[str]


class _Workshop:
    """Makes goods in a process of its own, without the database."""

    def __init__(self, shops: Sequence[SimpleNamespace], shelves: dict[str, tuple[Any, Any]]) -> None:
        self.shops, self.shelves = shops, shelves
        self.kinds = [entry for _shop, entry in content.products()]
        random.Random(1).shuffle(self.kinds)
        self.kind_weights = list(accumulate(1 / (rank + 3) for rank in range(len(self.kinds))))
        self.word_weights = list(accumulate(1 / (rank + 3) for rank in range(len(WORDS))))

    def make(self, ids: range) -> _Made:
        """These goods, each with a variant or three and a photo."""
        self.dice = random.Random(ids[0])
        kinds = self.dice.choices(self.kinds, cum_weights=self.kind_weights, k=len(ids))
        words = iter(self.dice.choices(WORDS, cum_weights=self.word_weights, k=16 * len(ids)))
        made = _Made({table.name: [] for table in TABLES}, {}, Counter(), Counter())
        for id, kind in zip(ids, kinds, strict=True):
            row, choices = self._product(id, kind, [next(words) for _ in range(16)])
            tags = tags_of(facts_of(row, row.reach, choices))  # type: ignore[arg-type]
            vars(row).update(columns_of(row, tags))  # type: ignore[arg-type]
            made.documents[id] = document_of(row.rank, texts_of(row, choices), tags)  # type: ignore[arg-type]
            made.counts.update(facet_counts.counted(tags, row.quality))
            made.words.update(set(made.documents[id].words))
            made.rows["product"].append({name: vars(row)[name] for name in _OF_PRODUCT})
            made.rows["variant"] += [_variant(id, row.price_min, choice, n) for n, choice in enumerate(choices)]
            made.rows["photo"].append({"id": id, "product_id": id, "name": row.cover, "digest": row.cover[:32]})
        return made

    def _product(self, id: int, kind: content.Entry, words: list[str]) -> tuple[SimpleNamespace, list[Any]]:
        """What the row of a product says, and its choices."""
        shop = self.shops[id % len(self.shops)]
        shelf, above = self.shelves[kind["category"]]
        title = f"{kind['title']} {' '.join(words[:2])} {id % 97}"
        price = 500 * self.dice.randint(10, 700)
        shoe = shelf.slug in {"sepatu", "sandal"}
        colour = self.dice.choice(list(COLOURS)).replace("_", " ")
        sizes = self.dice.sample(SIZES, 3) if shoe else [""]
        choices = [(size, colour if shoe or id % 3 == 0 else "", f"A{id}-{n}") for n, size in enumerate(sizes)]
        stars = self.dice.choice([0, 0, 0, 3, 4, 5])
        row = SimpleNamespace(
            **vars(shop),
            id=id,
            slug=f"produk-{id}",
            category_id=shelf.id,
            parent_id=shelf.parent_id,
            category_name=shelf.name,
            category_name_en=shelf.name_en,
            above=above.name if above else "",
            above_en=above.name_en if above else "",
            title=title,
            title_en="",
            description=f"{' '.join(words[2:]).capitalize()}. Dibuat di {shop.kelurahan} dan siap dikirim.",
            description_en="",
            created_at=OPENED + id * MARKED,
            state=ProductState.PUBLISHED,
            price_min=price,
            price_max=price,
            in_stock=id % 11 != 0,
            made_to_order=id % 7 == 0,
            lead_days=2 * (id % 7 == 0),
            cover=PICTURES[id % len(PICTURES)] if id % 9 else "",
            sold=self.dice.randint(0, 400) if id % 4 == 0 else 0,
            rating_sum=stars * 3,
            rating_count=3 * bool(stars),
            halal_number="ID35110001234560522" if id % 5 == 0 else "",
            pirt_number="",
        )
        return row, choices


_workshop: _Workshop


def _begin(workshop: _Workshop) -> None:
    global _workshop
    _workshop = workshop


def _make(ids: range) -> _Made:
    return _workshop.make(ids)


def _ahead(workshop: _Workshop, parts: Iterable[range]) -> Iterator[_Made]:
    """The goods in parts, made in other processes while this one writes; they are never more than four ahead."""
    waiting: deque[Future[_Made]] = deque()
    with ProcessPoolExecutor(MAKERS, get_context("spawn"), initializer=_begin, initargs=(workshop,)) as pool:
        for ids in parts:
            waiting.append(pool.submit(_make, ids))
            if len(waiting) > MAKERS + 2:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _write(made: _Made) -> None:
    with writing() as session:
        for table in TABLES:
            rows = ({**_DEFAULTS[table.name], **row} for row in made.rows[table.name])
            load(session.connection(), table, rows)
        load_documents(session.connection(), made.documents)


def _shelves() -> dict[str, tuple[Any, Any]]:
    """Each shelf with the one above it."""
    columns = (Category.id, Category.slug, Category.name, Category.name_en, Category.parent_id)
    shelves = {row.id: SimpleNamespace(**row._mapping) for row in db.session.execute(select(*columns))}
    db.session.rollback()
    return {shelf.slug: (shelf, shelves.get(shelf.parent_id or 0)) for shelf in shelves.values()}


def _variant(product_id: int, price: int, choice: tuple[str, str, str], position: int) -> dict[str, Any]:
    size, colour, sku = choice
    known = {"product_id": product_id, "price": price, "size": size, "colour": colour, "sku": sku}
    return {**known, "id": 3 * product_id + position, "position": position}


_DEFAULTS: dict[str, dict[str, Any]] = {
    "product": values_of(Product(shop_id=0, category_id=0, slug="", title="", created_at=OPENED)),
    "variant": {**values_of(Variant(product_id=0, price=1, weight_grams=250)), "on_hand": 12},
    "photo": {
        **values_of(Photo(product_id=0, digest="", created_at=OPENED)),
        "edition": WHOLE,
        "ready_at": OPENED,
    },
}


_OF_PRODUCT = [
    *("id", "shop_id", "category_id", "slug", "title", "created_at", "description", "state", "made_to_order"),
    *("lead_days", "price_min", "price_max", "in_stock", "cover", "sold", "rating_sum", "rating_count"),
    *("halal_number", "is_listed", "quality", "rank", "top_category_id", "kampung_id", "kelurahan_id", "tags"),
]
