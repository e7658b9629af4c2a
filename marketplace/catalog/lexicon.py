"""What words mean: synonyms in Indonesian, Javanese and English, concepts, and words that only ask."""

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from marketplace.catalog.wording import fold

LONGEST_TERM = 3  # words
Term = tuple[str, ...]


@cache
def synonyms() -> Mapping[Term, tuple[Term, ...]]:
    """What else each term is called, as folded words; concepts (sarapan) lead to goods, but not back."""
    table: dict[Term, dict[Term, None]] = defaultdict(dict)
    for row in csv.DictReader(_read("synonyms.csv").splitlines()):
        term, means = terms(row["term"])[0], terms(row["means"])
        for other in means:
            if other != term:
                table[term][other] = None
                if row["kind"] != "concept":
                    table[other][term] = None
    return {term: tuple(others) for term, others in table.items()}


@cache
def noise_words() -> frozenset[str]:
    """Words that ask, praise or join, and name no goods: beli, enak, dekat, untuk."""
    return frozenset(fold(_read("noise_words.txt")))


@cache
def noise_phrases() -> frozenset[Term]:
    """Words that say nothing together, though one of them may name goods: murah meriah, gak pake lama."""
    return frozenset(tuple(fold(line)) for line in _read("noise_phrases.txt").splitlines())


@cache
def short_for() -> Mapping[str, Term]:
    """What the abbreviations of shoppers stand for, as folded words: krpk, ultah."""
    rows = csv.DictReader(_read("abbreviations.csv").splitlines())
    return {row["short"]: tuple(fold(row["means"])) for row in rows}


def terms(text: str) -> list[Term]:
    """The terms of a cell, which | separates, as folded words."""
    folded = (tuple(fold(part)) for part in text.split("|"))
    return [term for term in folded if term] or [()]


def singular(word: str) -> list[str]:
    """An English word without its plural ending, or nothing."""
    if len(word) < 4 or not word.endswith("s") or word.endswith("ss"):
        return []
    if word.endswith("ies"):
        return [word[:-3] + "y"]
    return [word[:-1], word[:-2]] if word.endswith("es") else [word[:-1]]


def _read(name: str) -> str:
    return files("marketplace.catalog").joinpath(f"data/{name}").read_text(encoding="utf-8")
