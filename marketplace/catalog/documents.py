"""What search knows of a product: a bag of tokens that says which word stands where, its tags among them."""

# | token | is |
# |---|---|
# | `w_onde` | a word of a title |
# | `s_goreng` | the stem of a word of a title |
# | `b_ayamgeprek` | two neighbours of a title, so that phrases need no positions and capcay finds cap cay |
# | `k_ond10` | an SKU |
# | `j_ani`, `o_kuliner` | the stem of a word of the shop's name, of its places and shelves |
# | `d_gurih` | the stem of a word of the description |
# | `ha_7`, `hb_1` | the blocks of prices that its own bucket lies in |

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from marketplace.catalog.tags import price_blocks
from marketplace.catalog.wording import fold, stem

MOST_WORDS = 120  # of a description: what stands further down is small print


@dataclass(frozen=True)
class Texts:
    """The texts of a product: titles in both languages, the shop's name, names of places and shelves, descriptions."""

    titles: tuple[str, ...]
    shop: str
    places: tuple[str, ...]
    descriptions: tuple[str, ...]
    skus: tuple[str, ...] = ()


@dataclass(frozen=True)
class Document:
    """A listed product in the index: its rank, and every token once."""

    rank: int
    tokens: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The words that the vocabulary counts."""
        return [token[2:] for token in self.tokens if token.startswith(("w_", "j_", "o_"))]


def document_of(rank: int, texts: Texts, tags: Iterable[str]) -> Document:
    """The document of a product."""
    own = list(tags)
    blocks = (block for tag in own for block in price_blocks(tag))
    return Document(rank, tuple(dict.fromkeys((*_tokens(texts), *own, *blocks))))


def squeezed(text: str) -> str:
    """An SKU without its signs."""
    return "".join(fold(text))


def pairs(words: Iterable[str]) -> Iterator[str]:
    """The tokens of neighbours."""
    return (f"b_{first}{second}" for first, second in pairwise(words))


@lru_cache(maxsize=50_000)
def _roots(name: str) -> tuple[str, ...]:
    """The stems of a shop's or place's name, which many goods share."""
    return tuple(map(stem, fold(name)))


def _tokens(texts: Texts) -> Iterator[str]:
    for title in texts.titles:
        words = fold(title)
        for word in words:
            yield f"w_{word}"
            yield f"s_{stem(word)}"
        yield from pairs(words)
    yield from (f"k_{sku}" for sku in map(squeezed, texts.skus) if sku)
    yield from (f"j_{root}" for root in _roots(texts.shop))
    yield from (f"o_{root}" for place in texts.places for root in _roots(place))
    described = dict.fromkeys(stem(word) for text in texts.descriptions for word in fold(text))
    yield from (f"d_{word}" for word in list(described)[:MOST_WORDS])
