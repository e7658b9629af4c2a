"""What the growth bench asks a city: its pages without a query, its lists by words and filters, its last pages."""

import random
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from sqlalchemy import select

from bench._city import WORDS
from marketplace.catalog.cards import PAGE
from marketplace.catalog.models import Product
from marketplace.catalog.ranking import today
from marketplace.db import db

MANY = 40  # addresses of a kind that are asked in turn, so that none is answered from what the last one left

FREQUENT = ("batik", "sepatu", "kain", "kulit", "onde")
RARE = ("menyebutkan", "pelindungan", "bersumber", "memastikan", "percakapan")
FILTERS = (
    "kategori=kuliner&halal=1",
    "kategori=sepatu&ukuran=39",
    "kampung=batik-majapahit&warna=merah",
    "kelurahan=miji&tersedia=1",
    "harga_min=20000&harga_maks=90000",
    "rating=4&ambil=1",
    "po=1&warna=biru",
    "antar=kranggan",
    "kategori=kuliner&harga_maks=40000&tersedia=1",
    "halal=1&rating=5&kelurahan=kranggan",
)
ORDERS = ("terbaru", "terlaris", "termurah", "termahal")


class Question(NamedTuple):
    """One line of the table: what kind it is, its name, and the addresses that are asked in turn."""

    kind: str
    name: str
    paths: list[str]


def questions() -> Iterator[Question]:
    """Everything that is asked. `page` has no query, `search` has words, `filter` has none, `deep` is a last page."""
    dice = random.Random(1)
    top = db.session.scalar(select(Product.id).order_by(Product.id.desc()).limit(1)) or 0
    goods = [dice.randint(1, top) for _ in range(MANY)]
    shops = [f"/toko/toko-{1 + id % max(top // 31, 1)}" for id in goods]
    yield Question("page", "home", ["/"])
    yield Question("page", "all goods", ["/cari"])
    yield Question("page", "category", ["/kategori/kuliner", "/kategori/sepatu", "/kategori/camilan"])
    yield Question("page", "kampung, all", ["/kampung"])
    yield Question("page", "kampung", ["/kampung/onde-onde", "/kampung/batik-majapahit"])
    yield Question("page", "shop", shops)
    yield Question("page", "product", [f"/produk/produk-{id}" for id in goods])
    yield Question("page", "product, English", [f"/en/produk/produk-{id}" for id in goods])
    yield Question("page", "text", ["/tentang"])
    yield from (Question("page", order, [f"/cari?urut={order}"]) for order in ORDERS)
    yield from (Question("search", text, [f"/cari?q={text}"]) for text in _texts())
    yield from (Question("filter", each, [f"/cari?{each}"]) for each in FILTERS)
    yield from (Question("filter", f"batik, {each}", [f"/cari?q=batik&{each}"]) for each in FILTERS[::2])
    yield from (Question("filter", f"kain, {order}", [f"/cari?q=kain&urut={order}"]) for order in ORDERS)
    yield Question("filter", "nearest", ["/cari?dekat=miji&urut=terdekat"])
    yield from _deep()


def _texts() -> Iterator[str]:
    """One word often or seldom there, two of them, and misspelt."""
    yield from FREQUENT
    yield from RARE
    yield from WORDS[300:1500:240]
    yield from (f"{one}+{other}" for one, other in pairwise(FREQUENT))
    yield from (f"{one}+{other}" for one, other in zip(FREQUENT[:3], RARE, strict=False))
    yield from ("batk", "sepaut", "kulti", "percakpan", "onde2")
    yield from ("sendal+no+39", "kain+batik+merah", "oleh2+khas")


def _deep() -> Iterator[Question]:
    """The first page beside the last full one, by keyset and among the candidates of words."""
    last = select(Product.id, Product.rank, Product.price_min).where(Product.is_listed)
    by_id = db.session.execute(last.order_by(Product.id).offset(PAGE).limit(1)).one()
    by_rank = db.session.execute(last.order_by(Product.rank).offset(PAGE).limit(1)).one()
    yield Question("deep", "all goods, last", [f"/cari?sesudah={by_rank.rank}.{today().number}"])
    yield Question("deep", "terbaru, last", [f"/cari?urut=terbaru&sesudah={by_id.id}"])
    yield Question("deep", "batik, last", ["/cari?q=batik"])
