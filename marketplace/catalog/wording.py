"""How words are written: folded, stemmed, their spelling variants; the same for what is indexed and what is asked."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import combinations

from snowballstemmer import stemmer

LONGEST_TEXT = 6_000
LONGEST_WORD = 40
_STEMMER = stemmer("indonesian")
# What the stemmer would tear apart: kuningan is brass and kuning yellow, bakaran and kecapan mean what they say.
UNSTEMMED = frozenset(files("marketplace.catalog").joinpath("data/unstemmed_words.txt").read_text("utf-8").split())
_UNIT = {
    **dict.fromkeys(("gr", "g", "gram", "grm", "gm"), "gr"),
    **dict.fromkeys(("kg", "kilo", "kilogram"), "kg"),
    **dict.fromkeys(("ml", "mili", "mililiter"), "ml"),
    **dict.fromkeys(("l", "lt", "ltr", "liter"), "l"),
    **dict.fromkeys(("cm", "centi", "sentimeter"), "cm"),
    **dict.fromkeys(("mm", "milimeter"), "mm"),
    **dict.fromkeys(("m", "mtr", "meter"), "m"),
    **dict.fromkeys(("pcs", "pc", "biji", "bj", "buah", "butir"), "pcs"),
    **dict.fromkeys(("gb", "giga"), "gb"),
    **dict.fromkeys(("inch", "inci", "in"), "inch"),
    **dict.fromkeys(("watt", "w"), "w"),
}
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_TWICE = re.compile(r"([a-z]{3,})2(nya|an)?")
_AMOUNT = re.compile(r"(\d+)([a-z]+)")
_NUMBERED = re.compile(r"(no|isi|uk|size|ukuran|nomor)(\d+)")

# Old and foreign spellings, in this order, before vowels are looked at.
_SOUNDS = (
    *(("sch", "s"), ("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "s"), ("sh", "s"), ("sy", "s"), ("ch", "c")),
    *(("kh", "k"), ("th", "t"), ("dh", "d"), ("ph", "p"), ("gh", "g"), ("bh", "b"), ("ck", "k"), ("cc", "k")),
    *(("q", "k"), ("x", "ks"), ("v", "p"), ("f", "p"), ("z", "s"), ("y", "i"), ("w", "u")),
)
_ENDS = ((re.compile("ie$"), "i"), (re.compile("ai$"), "e"), (re.compile("(?:au|ao)$"), "o"))
_C_AS_K = re.compile(r"c(?=[bdgklmnprst]|$)")
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiou]")
# Indonesian, spoken and written in a chat, and Javanese: rotinya, bungkusin, rotinyah, rotix, rotine.
_ENDINGS = ("nya", "nyah", "ny", "x", "ku", "mu", "lah", "kah", "an", "in", "ne", "e", "i")


def fold(text: str) -> list[str]:
    """The words of a text in lower case without accents; 250 gram is 250gr, onde2 and onde-onde are onde."""
    plain = text[:LONGEST_TEXT].lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain).lower()
        plain = "".join(character for character in apart if not unicodedata.combining(character))
    words = [word[:LONGEST_WORD] for word in _WORD.findall(plain)]
    if _DIGIT.search(plain):
        words = list(_amounts(words))
    return [word for word, before in zip(words, ["", *words], strict=False) if word != before]


def _amounts(words: list[str]) -> Iterator[str]:
    """A number and its unit as one word, and doubled words told by a 2 as they are."""
    rest = iter(range(len(words)))
    for at in rest:
        word = words[at]
        unit = words[at + 1] if at + 1 < len(words) else ""
        if twice := _TWICE.fullmatch(word):
            yield twice[1]
        elif (amount := _AMOUNT.fullmatch(word)) and amount[2] in _UNIT:
            yield amount[1] + _UNIT[amount[2]]
        elif word.isdecimal() and unit in _UNIT:
            yield word + _UNIT[unit]
            next(rest, None)
        elif amount and len(amount[2]) > 2:
            yield from (amount[1], amount[2])
        elif numbered := _NUMBERED.fullmatch(word):
            yield from (numbered[1], numbered[2])
        else:
            yield word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The root of an Indonesian word: kerajinan and pengrajin are both rajin; short and listed words stay whole."""
    if len(word) < 5 or word in UNSTEMMED or not word.isascii():
        return word
    root = str(_STEMMER.stemWord(word))
    return root if len(root) >= 3 else word


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """What a word sounds like, so that krupuk and kerupuk, sendal and sandal, telor and telur are one."""
    for old, new in _SOUNDS:
        word = word.replace(old, new)
    for end, new in _ENDS:
        word = end.sub(new, word)
    word = _DOUBLE.sub(r"\1", _C_AS_K.sub("k", word)).replace("o", "u")
    word = word.strip("h") or word
    first, rest = word[:1].replace("e", "a"), word[1:]
    return first + rest.replace("a", "").replace("e", "")


def misspelt(word: str, letters: int = 1) -> set[str]:
    """The word with `letters` of its letters left out: two words that share one of these are spelt nearly alike."""
    kept = combinations(word, len(word) - letters) if len(word) > letters + 1 else ()
    return {"".join(part) for part in kept}


def bare(word: str) -> str:
    """The word without its vowels, as people shorten it: cmpr is campur."""
    return _VOWELS.sub("", word)


def splits(word: str) -> list[tuple[str, str]]:
    """The word as two: eskrim is es krim."""
    return [(word[:at], word[at:]) for at in range(2, len(word) - 2)] if word.isalpha() and len(word) > 5 else []


def unended(word: str) -> list[str]:
    """The word without what may hang at its end, for foreign words that the stemmer leaves alone: partynya."""
    return [word.removesuffix(end) for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 4]


def spelling_keys(word: str) -> set[str]:
    """What the vocabulary finds a word by: itself, its sound, itself without vowels, and less one letter."""
    if any(character.isdigit() for character in word):
        return {word}
    short = {f"^{bare(word)}"} if len(bare(word)) >= 3 else set()
    return {word, f"~{sound(word)}"} | short | (misspelt(word) if len(word) >= 4 else set())
