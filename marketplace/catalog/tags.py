"""The tokens that facets, filters and the search index share: the only module that knows how a tag is written."""

# A tag is ASCII letters, digits and underscores, so both engines keep it whole.

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

HALAL = "halal_1"
PIRT = "pirt_1"
AVAILABLE = "ada_1"  # can be ordered now: enough is left for the smallest order
TO_ORDER = "po_1"
PICKUP = "ambil_1"
EVERYWHERE = "zn_kota"  # the shop, or a courier that it offers, reaches every kelurahan of the city
OUTSIDE = "zn_luar"
_QUALITY = "mutu_"

# Half octaves: 1, 1.41, 2, 2.83 ... rupiah; a range of prices is a few buckets and an exact comparison.
_BUCKETS = [round(2 ** (half / 2)) for half in range(2, 62)]
# A bucket lies in a block of 4 and one of 16, which the index holds as well: a range of prices is then a few tokens.
_BLOCKS = {"hb": 16, "ha": 4, "hg": 1}
_ALL_BUCKETS = -(-len(_BUCKETS) // 16) * 16
_SIZE = re.compile(r"\d{2}(?:[.,]5)?|\d?X{0,3}[SL]|M|ALL ?SIZE", re.ASCII)

# Colour names and the words for them in Indonesian, Javanese and English; the longer words are looked for first.
COLOURS: dict[str, tuple[str, ...]] = {
    "hitam": ("hitam", "item", "ireng", "black"),
    "putih": ("putih", "putih tulang", "white", "broken white", "ivory"),
    "abu_abu": ("abu", "abu-abu", "grey", "gray"),
    "merah": ("merah", "abang", "red", "marun", "maroon", "merah bata", "bata"),
    "merah_muda": ("merah muda", "merah jambu", "jambon", "pink", "dadu", "fanta"),
    "oranye": ("oranye", "oren", "orange", "jingga"),
    "kuning": ("kuning", "yellow", "mustard"),
    "hijau": ("hijau", "ijo", "green", "army", "tosca", "toska", "sage", "olive"),
    "biru": ("biru", "blue", "navy", "dongker", "benhur", "indigo"),
    "ungu": ("ungu", "wungu", "purple", "violet", "lilac", "lavender"),
    "cokelat": ("cokelat", "coklat", "brown", "soga", "mocca", "moka", "tan", "khaki"),
    "krem": ("krem", "cream", "beige", "gading"),
    "emas": ("emas", "gold", "keemasan"),
    "perak": ("perak", "silver"),
    "natural": ("natural", "alami", "kayu"),
}
_COLOUR_OF = {word: name for name, words in COLOURS.items() for word in words}
_COLOUR_WORD = re.compile(rf"\b(?:{'|'.join(sorted(_COLOUR_OF, key=len, reverse=True))})\b")


@dataclass(frozen=True)
class Facts:
    """What tags are made of; `reaches` are ids of kelurahan, `reaches_all` the whole city, `price` is rupiah."""

    category_id: int
    top_category_id: int
    shop_id: int
    kampung_id: int | None
    kelurahan_id: int
    price: int
    in_stock: bool
    made_to_order: bool
    is_halal: bool
    has_pirt: bool
    offers_pickup: bool
    reaches: Iterable[int] = ()
    reaches_all: bool = False
    reaches_outside: bool = False
    stars: float = 0.0
    sizes: Iterable[str] = field(default=())
    colours: Iterable[str] = field(default=())


def category(id: int) -> str:
    """A shelf, and for a top one all below it."""
    return f"ka_{id}"


def kampung(id: int) -> str:
    """A kampung."""
    return f"kg_{id}"


def kelurahan(id: int) -> str:
    """A kelurahan in which the shop stands."""
    return f"kl_{id}"


def shop(id: int) -> str:
    """A shop."""
    return f"tk_{id}"


def delivered_to(kelurahan_id: int) -> tuple[str, str]:
    """Either of these tags says that the goods are brought to this kelurahan."""
    return zone(kelurahan_id), EVERYWHERE


def zone(kelurahan_id: int) -> str:
    """The shop itself delivers to this kelurahan, though not to all."""
    return f"zn_{kelurahan_id}"


def size(text: str) -> str:
    """A size of shoes or clothes: 39, 39,5, XL."""
    return "uk_" + re.sub(r"[^a-z0-9]", "_", text.strip().lower())


def is_size(text: str) -> bool:
    """Whether a variant's size is one that people choose by (39, XL), not a content (isi 10)."""
    return bool(_SIZE.fullmatch(text.strip().upper()))


def colour(name: str) -> str:
    """A colour by its name in COLOURS."""
    return f"wr_{name}"


def colours_in(text: str) -> set[str]:
    """The names of the colours that a text speaks of."""
    return {_COLOUR_OF[word] for word in _COLOUR_WORD.findall(text.lower())}


def rating(stars: int) -> str:
    """At least so many stars on average."""
    return f"rt_{stars}"


def price(rupiah: int) -> str:
    """The bucket that a price lies in."""
    return f"hg_{bisect_right(_BUCKETS, rupiah)}"


def price_blocks(tag: str) -> list[str]:
    """The blocks that a bucket lies in, nothing for other tags."""
    name, _, bucket = tag.partition("_")
    if name != "hg":
        return []
    return [f"{block}_{int(bucket) // size}" for block, size in _BLOCKS.items() if block != name]


def prices(lowest: int | None, highest: int | None) -> list[str]:
    """The buckets, or blocks of them, that prices from lowest to highest may lie in; compare the price itself, too."""
    end = bisect_right(_BUCKETS, highest) + 1 if highest is not None else _ALL_BUCKETS
    return list(_in_blocks(bisect_right(_BUCKETS, max(lowest or 0, 0)), end))


def prices_inside(lowest: int | None, highest: int | None) -> list[str]:
    """Those of them that hold no other prices: nothing is left to compare."""
    end = bisect_right(_BUCKETS, highest + 1) if highest is not None else _ALL_BUCKETS
    return list(_in_blocks(bisect_left(_BUCKETS, lowest) + 1 if lowest else 0, end))


def _in_blocks(at: int, end: int) -> Iterator[str]:
    while at < end:
        name, size = next((name, size) for name, size in _BLOCKS.items() if at % size == 0 and at + size <= end)
        yield f"{name}_{at // size}"
        at += size


def quality(points: int) -> str:
    """Goods of this quality: counted, no tag of a product, whose rank says it."""
    return f"{_QUALITY}{points}"


def quality_in(tag: str) -> int | None:
    """The quality that a count is of, None for other counts."""
    return int(tag.removeprefix(_QUALITY)) if tag.startswith(_QUALITY) else None


def kind(tag: str) -> str:
    """What a tag speaks of: ka, kg, kl, tk, zn, uk, wr, rt, hg, or the flag's own name."""
    return tag.partition("_")[0]


def tags_of(facts: Facts) -> list[str]:
    """Every tag of a product, sorted, each once."""
    return sorted(set(_tags(facts)))


def _tags(facts: Facts) -> Iterator[str]:
    yield from (category(facts.category_id), category(facts.top_category_id), shop(facts.shop_id))
    yield from (kelurahan(facts.kelurahan_id), price(facts.price))
    if facts.kampung_id is not None:
        yield kampung(facts.kampung_id)
    flags = {
        AVAILABLE: facts.in_stock,
        TO_ORDER: facts.made_to_order,
        HALAL: facts.is_halal,
        PIRT: facts.has_pirt,
        PICKUP: facts.offers_pickup,
        EVERYWHERE: facts.reaches_all,
        OUTSIDE: facts.reaches_outside,
    }
    yield from (tag for tag, is_so in flags.items() if is_so)
    if not facts.reaches_all:
        yield from map(zone, facts.reaches)
    yield from map(rating, range(1, int(facts.stars) + 1))
    yield from (size(text) for text in facts.sizes if is_size(text))
    yield from (colour(name) for text in facts.colours for name in colours_in(text))
