"""What somebody means by the words of a search: noise left out, terms with all they are called, typos mended."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log10

from rapidfuzz.distance import OSA

from marketplace.catalog import lexicon, shorthand, vocabulary, wording
from marketplace.catalog.lexicon import LONGEST_TERM, Term
from marketplace.catalog.shorthand import NEVER
from marketplace.catalog.vocabulary import Known
from marketplace.catalog.wording import UNSTEMMED, fold, sound, stem, unended

MOST_WORDS = 12
MOST_MEANINGS = 24  # of one term: a concept leads to many goods
# A known word that is almost a far more frequent one is taken for it, too: sellers mistype as well.
RARE, FAR_MORE = 3, 20
# Mending: every wrong letter costs 1; of two equally near words the one that ten times more goods have is ahead by
# FREQUENT; a word that sounds the same or begins the same is likelier what was meant.
FREQUENT, SAME_SOUND, SAME_START = 0.3, 0.4, 0.3
MOST_BEGUN = 8
MOST_SHORT = 3  # words that one without vowels may be
SHORTEST_START = 2
_POSSESSIVE = re.compile(r"['’]s\b")  # men's


@dataclass
class Unit:
    """One thing that was asked: its words, what else they may be called, spelt or begin with, and other meanings."""

    words: Term
    forms: list[Term] = field(default_factory=list)
    meanings: list[Term] = field(default_factory=list)
    is_known: bool = True


@dataclass
class Question:
    """A search as understood; `typed` are its words without noise, `corrected` the whole when words were mended.

    At least `at_least` goods have what was asked in a title, the shop's name or that of a place.
    """

    folded: list[str]
    typed: list[str]
    units: list[Unit]
    corrected: str = ""
    at_least: int = 0


def understand(text: str, literal: bool = False, unfinished: bool = False) -> Question:
    """Read a search with one look at the vocabulary; `literal` takes the words as they stand.

    `unfinished` words are being typed: the last one may be the beginning of another.
    """
    folded = fold(_POSSESSIVE.sub("", text))
    out = {} if literal else shorthand.written_out(folded[:-1] if unfinished else folded)
    core = _without_noise([other for word in folded for other in out.get(word, [word])])[:MOST_WORDS]
    folded = folded[:MOST_WORDS]
    if literal or not core:
        return Question(folded, core, [Unit((word,), [(word,)]) for word in core])
    if unfinished and len(core) > 1 and len(core[-1]) < SHORTEST_START:
        core = core[:-1]
    known = vocabulary.look_up(_keys(core), _terms(core), core[-1] if len(core[-1]) >= SHORTEST_START else "")
    units = [_unit(term, core, known) for term in _segments(core, known)]
    if unfinished and units[-1].words == (core[-1],):
        units[-1].forms += [(other,) for other in _begun(known) if other != core[-1]]
    mended = {unit.words[0]: unit.forms[0][0] for unit in units if unit.is_known and unit.forms[0] != unit.words}
    said = [_said(other, mended) for word in folded for other in out.get(word, [word])]
    corrected = " ".join(said) if said != folded else ""
    typed = [mended.get(word, word) for word in core]
    only = [form[0] for form in units[0].forms if len(form) == 1] if len(units) == 1 else []
    return Question(folded, typed, units, corrected, max((known.words.get(word, 0) for word in only), default=0))


def _said(word: str, mended: dict[str, str]) -> str:
    """The word that was taken for another, which is not worth a remark where only an ending fell."""
    other = mended.get(word, word)
    return word if other in unended(word) else other


def _without_noise(folded: Sequence[str]) -> list[str]:
    """The words that name goods: noise is left out where it is no part of a term, unless nothing else was said."""
    words = shorthand.without_prices(folded)
    kept: list[str] = []
    at = 0
    while at < len(words):
        spans = [tuple(words[at : at + length]) for length in range(LONGEST_TERM, 1, -1) if at + length <= len(words)]
        term = next((span for span in spans if span in lexicon.synonyms()), None)
        noise = next((span for span in spans if span in lexicon.noise_phrases()), None) if term is None else None
        if term or not (noise or shorthand.released(words[at]) in lexicon.noise_words()):
            kept += term or [words[at]]
        at += len(term or noise or " ")
    return kept or list(folded)


def _terms(core: Sequence[str]) -> set[str]:
    """Everything that could be a term: one to three neighbours, English singulars, words without their endings."""
    spans = (core[at : at + length] for at in range(len(core)) for length in range(1, LONGEST_TERM + 1))
    return {" ".join(span) for span in spans} | {
        one for word in core for one in (*lexicon.singular(word), *unended(word))
    }


def _keys(core: Sequence[str]) -> set[str]:
    """What to look up: the words with near spellings, their roots, neighbours written as one, what they are called."""
    keys: set[str] = set()
    for word in core:
        keys |= {key for key in wording.spelling_keys(word) if not key.startswith("^")} | shorthand.keys(word)
        keys |= {key for root in (stem(word), *unended(word)) for key in _plain(root)} | set(shorthand.decoded(word))
        if 6 <= len(word) <= 14 and word.isalpha():
            keys |= wording.misspelt(word, 2)
        keys.update(lexicon.singular(word))
        keys.update(part for pair in wording.splits(word) for part in pair)
    keys.update(first + second for first, second in pairwise(core))
    for term in _terms(core):
        for other in lexicon.synonyms().get(tuple(term.split()), ())[:MOST_MEANINGS]:
            keys |= {key for word in other for key in _plain(word)}
    return keys


def _plain(word: str) -> set[str]:
    return {word, f"~{sound(word)}"}


def _segments(core: Sequence[str], known: Known) -> Iterator[Term]:
    """The longest terms that have synonyms, otherwise single words."""
    at = 0
    while at < len(core):
        spans = (tuple(core[at : at + length]) for length in range(LONGEST_TERM, 1, -1) if at + length <= len(core))
        term = next((span for span in spans if _meanings(span, known)), (core[at],))
        yield term
        at += len(term)


def _meanings(term: Term, known: Known) -> list[Term]:
    """What else a term is called, by the office and by us."""
    own = lexicon.terms(known.synonyms.get(" ".join(term), ""))
    return [other for other in (*own, *lexicon.synonyms().get(term, ())) if other][:MOST_MEANINGS]


def _unit(term: Term, core: Sequence[str], known: Known) -> Unit:
    unit = Unit(term, [term], _meanings(term, known))
    if len(term) == 1:
        _add_forms(unit, term[0], core, known)
        _guess(unit, term[0], known, is_last=term[0] == core[-1])
    for meaning in list(unit.meanings):
        if len(meaning) == 1:
            unit.meanings += [(other,) for other in _variants(meaning[0], known)]
    return unit


def _add_forms(unit: Unit, word: str, core: Sequence[str], known: Known) -> None:
    """Other forms of a single word."""
    singulars = [one for one in lexicon.singular(word) if one in known.words or (one,) in lexicon.synonyms()]
    joined = [pair for pair in _joined(word, core) if pair in known.words]
    ended = () if word in known.words or word in UNSTEMMED else unended(word)
    roots = [root for root in (*ended, stem(word)) if root != word and _is_known(root, known)][:1]
    alike = (other for root in (word, *roots) for other in _variants(root, known))
    others = [*singulars, *joined, *roots, *alike]
    unit.forms += [(other,) for other in dict.fromkeys(others) if other != word]
    if whole := next((one for one in ended if one in known.words), ""):
        unit.forms.insert(0, (whole,))
    for one in (*singulars, *(roots if word not in known.words else ())):
        unit.meanings += _meanings((one,), known)


def _guess(unit: Unit, word: str, known: Known, is_last: bool) -> None:
    """What else was meant: far more often than a rare word, or by one that nobody knows."""
    if read := [other for other in shorthand.decoded(word) if other in known.words and word not in known.words]:
        _mend(unit, read[:1], known)
    elif word in known.words or len(unit.forms) > 1 or unit.meanings or not word.isalpha():
        unit.forms += [(other,) for other in _likelier(word, known)]
    elif begun := _begun(known) if is_last else []:
        unit.forms += [(other,) for other in (*begun, *(_mended(word, known) if shorthand.is_short(word) else ()))]
    elif meant := _mended(word, known):
        _mend(unit, meant, known)
    else:
        unit.is_known = False


def _is_known(word: str, known: Known) -> bool:
    """Whether goods have the word in some spelling, or something that it means."""
    return word in known.words or bool(_variants(word, known) or _meanings((word,), known))


def _mend(unit: Unit, meant: Sequence[str], known: Known) -> None:
    """Take the unit for what was probably meant, the likeliest first."""
    forms = [*meant, *_variants(meant[0], known)]
    unit.forms = [*((other,) for other in dict.fromkeys(forms)), unit.words]
    unit.meanings += _meanings((meant[0],), known)


def _begun(known: Known) -> list[str]:
    """The words that most goods have of those that begin like the last one."""
    return sorted(known.begun, key=known.begun.__getitem__, reverse=True)[:MOST_BEGUN]


def _joined(word: str, core: Sequence[str]) -> list[str]:
    """The word written as one with a neighbour: cap cay is capcay."""
    return [a + b for a, b in pairwise(core) if word in (a, b)]


def _variants(word: str, known: Known) -> list[str]:
    """Other spellings of the same sound, the longer the word the more letters may differ."""
    if len(word) < 4:
        return []
    most = 1 if len(word) < 7 else 2 if len(word) < 10 else 3
    same = (other for other in known.words if other != word and sound(other) == sound(word))
    return [other for other in same if len(other) >= 4 and OSA.distance(word, other, score_cutoff=most) <= most]


def _likelier(word: str, known: Known) -> Iterator[str]:
    """Far more frequent words that a word of few goods, and of no list of ours, nearly is."""
    n = known.words.get(word, 0)
    if not n or not word.isalpha() or (word,) in lexicon.synonyms():
        return
    is_rare, is_short = n <= RARE and len(word) >= 5, shorthand.is_short(word)
    if not (is_rare or is_short):
        return
    for other, often in known.words.items():
        if often >= FAR_MORE * n and (
            (is_rare and OSA.distance(word, other, score_cutoff=1) == 1)
            or (is_short and shorthand.cost(word, other) < 1)
        ):
            yield other


def _mended(word: str, known: Known) -> list[str]:
    """The word that was probably meant, or of those that a short one may be the likeliest."""
    most = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
    near = (other for other in known.words if _is_near(word, other, most) or shorthand.cost(word, other) < NEVER)
    found = sorted((_cost(word, other, known.words[other]), other) for other in near)
    return [other for _, other in found[: MOST_SHORT if shorthand.is_short(word) else 1]]


def _is_near(word: str, other: str, most: int) -> bool:
    return other.isalpha() and len(other) >= 3 and OSA.distance(word, other, score_cutoff=most) <= most


def _cost(word: str, other: str, n: int) -> float:
    cost = min(OSA.distance(word, other), shorthand.cost(word, other)) - FREQUENT * log10(n)
    return cost - SAME_SOUND * (sound(word) == sound(other)) - SAME_START * (word[0] == other[0])
