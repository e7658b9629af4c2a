"""How people type in a hurry: letters held down, digits for letters, words without vowels, prices among the words."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from marketplace.catalog import lexicon
from marketplace.catalog.wording import bare

# Vowels, the last letter, or four: bbble is a bubble with a vowel saved, XXXL a size.
_HELD = re.compile(r"([aeiou])\1{2,}|([a-wyz])\2{2,}$|([a-wyz])\3{3,}")
_TOGETHER = re.compile(r"([a-z]{3,})\1")
_PRICE = re.compile(
    r"\b(?:(?:di ?)?bawah |under |below |max |maks |maksimal |kisaran |sekitar )?"
    r"(?:rp ?\d+(?: \d{3})*|\d+(?: \d{3})* ?(?:rb|rbu|rban|ribu|ribuan|jt|juta|jutaan)|\d{2,3}k|\d{1,3}(?: 000)+)\b"
    r"(?: (?:rb|rbu|rban|ribu|ribuan|jt|juta|jutaan)\b)?"
)
_LETTER_OF = str.maketrans("013457", "oieast")
_TWICE = re.compile(r"([bcdfghjklmnpqrstvwxyz][aeiou])2")
_CONSONANTS = "bcdfghjklmnprstwy"
# What a letter that somebody saved costs beside one that is wrong, which costs 1.
SAVED_VOWEL, SAVED_N, SAVED_CONSONANT = 0.2, 0.3, 0.8
SHORTEST, LONGEST_GUESSED = 3, 5  # letters without a vowel; the shorter, the more words they may be
NEVER = 100.0


def released(word: str) -> str:
    """The word without letters that were held down, and once: sepatuuuu is sepatu, ondeonde is onde."""
    short = _HELD.sub(lambda held: held[0][0], word)
    short = twice[1] if (twice := _TOGETHER.fullmatch(short)) else short
    return short if len(short) >= SHORTEST else word


def written_out(folded: Sequence[str]) -> dict[str, list[str]]:
    """What stands for the words that are short for others: {"ultah": ["ulang", "tahun"]}; noise stays as it is."""
    out: dict[str, list[str]] = {}
    for word in folded:
        plain = released(word)
        words = lexicon.short_for().get(plain, (plain,))
        if words != (word,) and plain not in lexicon.noise_words():
            out[word] = list(words)
    return out


def without_prices(folded: Sequence[str]) -> list[str]:
    """The words without what something may cost: 50rb, di bawah 100 ribu, Rp 25.000; all where nothing else is."""
    return " ".join(_PRICE.sub(" ", " ".join(folded)).split()).split() or list(folded)


def decoded(word: str) -> list[str]:
    """What a word with digits among its letters may be: s4ndal is sandal, be2k is bebek."""
    if word.isalpha() or word.isdecimal() or sum(map(str.isalpha, word)) < 2:
        return []
    return [other for other in (_TWICE.sub(r"\1\1", word), word.translate(_LETTER_OF)) if other.isalpha()]


@lru_cache(maxsize=10_000)
def is_short(word: str) -> bool:
    """Whether so few of its letters are vowels that some were probably saved: sptu, krpik, grg."""
    return word.isalpha() and len(bare(word)) >= SHORTEST and 2 * (len(word) - len(bare(word))) < len(bare(word))


def keys(word: str) -> set[str]:
    """What the vocabulary finds the words by that a short one may be, of which `bare` is written at their spelling."""
    if not is_short(word):
        return set()
    skeletons = set(_with_n(bare(word)))
    if len(word) <= LONGEST_GUESSED and bare(word) == word:
        skeletons |= {more for one in list(skeletons) for more in _with_one_more(one)}
    return {f"^{one}" for one in skeletons}


def cost(word: str, other: str) -> float:
    """What it takes to have meant `other` by a short word; NEVER when its letters are no part of the other's."""
    if not is_short(word) or word == other or not _is_part(word, other):
        return NEVER
    skeleton, whole = bare(word), bare(other)
    vowels = SAVED_VOWEL * (len(other) - len(whole) - len(word) + len(skeleton))
    if skeleton == whole:
        return vowels
    saved_n = whole.count("ng") - skeleton.count("ng")
    if len(whole) == len(skeleton) + saved_n and whole in _with_n(skeleton):
        return vowels + SAVED_N
    if skeleton == word and skeleton[-1] == whole[-1] and len(whole) <= len(skeleton) + 1 + max(saved_n, 0):
        return vowels + SAVED_CONSONANT
    return NEVER


def _with_n(skeleton: str) -> Iterator[str]:
    """The consonants, and with the n that people save before a g: krg is kering, bgks is bungkus."""
    yield skeleton
    saved = [at for at, letter in enumerate(skeleton) if letter == "g" and at and skeleton[at - 1] != "n"][:2]
    yield from (f"{skeleton[:at]}n{skeleton[at:]}" for at in saved)
    if len(saved) > 1:
        yield skeleton[: saved[0]] + "n" + skeleton[saved[0] : saved[1]] + "n" + skeleton[saved[1] :]


def _with_one_more(skeleton: str) -> Iterator[str]:
    """With one more consonant inside: sdl is sndl, a sandal."""
    for at in range(1, len(skeleton)):
        yield from (skeleton[:at] + letter + skeleton[at:] for letter in _CONSONANTS)


def _is_part(word: str, other: str) -> bool:
    """Whether the letters of the word stand in the other, in their order."""
    letters = iter(other)
    return all(letter in letters for letter in word)
