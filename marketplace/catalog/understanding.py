"""What somebody means by the words of a search: noise left out, terms with all they are called, typos mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log10

from rapidfuzz.distance import OSA

from marketplace.catalog import lexicon, vocabulary, wording
from marketplace.catalog.lexicon import LONGEST_TERM, Term
from marketplace.catalog.vocabulary import Known
from marketplace.catalog.wording import UNSTEMMED, bare, fold, sound, stem, unended

MOST_WORDS = 12
MOST_MEANINGS = 24  # of one term: a concept leads to many goods
# A known word that is almost a far more frequent one is taken for it, too: sellers mistype as well.
RARE, FAR_MORE = 3, 20
# Mending: every wrong letter costs 1; of two equally near words the one that ten times more goods have is ahead by
# FREQUENT; a word that sounds the same or begins the same is likelier what was meant.
FREQUENT, SAME_SOUND, SAME_START = 0.3, 0.4, 0.3
MOST_BEGUN = 8
SHORTEST_START = 2


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
    folded = fold(text)[:MOST_WORDS]
    core = _without_noise(folded)
    if literal or not core:
        return Question(folded, core, [Unit((word,), [(word,)]) for word in core])
    if unfinished and len(core) > 1 and len(core[-1]) < SHORTEST_START:
        core = core[:-1]
    known = vocabulary.look_up(_keys(core), _terms(core), core[-1] if len(core[-1]) >= SHORTEST_START else "")
    units = [_unit(term, core, known) for term in _segments(core, known)]
    if unfinished and units[-1].words == (core[-1],):
        units[-1].forms += [(other,) for other in _begun(known) if other != core[-1]]
    mended = {unit.words[0]: unit.forms[0][0] for unit in units if unit.is_known and unit.forms[0] != unit.words}
    corrected = " ".join(mended.get(word, word) for word in folded) if mended else ""
    typed = [mended.get(word, word) for word in core]
    only = [form[0] for form in units[0].forms if len(form) == 1] if len(units) == 1 else []
    return Question(folded, typed, units, corrected, max((known.words.get(word, 0) for word in only), default=0))


def _without_noise(folded: Sequence[str]) -> list[str]:
    """The words that name goods: noise is left out where it is no part of a term, unless nothing else was said."""
    kept: list[str] = []
    at = 0
    while at < len(folded):
        spans = (tuple(folded[at : at + length]) for length in range(LONGEST_TERM, 1, -1) if at + length <= len(folded))
        term = next((span for span in spans if span in lexicon.synonyms()), None)
        if term or folded[at] not in lexicon.noise_words():
            kept += term or [folded[at]]
        at += len(term or " ")
    return kept or list(folded)


def _terms(core: Sequence[str]) -> set[str]:
    """Everything that could be a term: one to three neighbours, and English singulars."""
    spans = (core[at : at + length] for at in range(len(core)) for length in range(1, LONGEST_TERM + 1))
    return {" ".join(span) for span in spans} | {one for word in core for one in lexicon.singular(word)}


def _keys(core: Sequence[str]) -> set[str]:
    """What to look up: the words with near spellings, their roots, neighbours written as one, what they are called."""
    keys: set[str] = set()
    for word in core:
        keys |= {key for key in wording.spelling_keys(word) if not key.startswith("^") or bare(word) == word}
        keys |= _plain(stem(word)) | set(unended(word))
        if 6 <= len(word) <= 14 and word.isalpha():
            keys |= wording.misspelt(word, 2)
        keys.update(lexicon.singular(word))
        keys.update(part for pair in _splits(word) for part in pair)
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
    for meaning in list(unit.meanings):
        if len(meaning) == 1:
            unit.meanings += [(other,) for other in _variants(meaning[0], known)]
    return unit


def _add_forms(unit: Unit, word: str, core: Sequence[str], known: Known) -> None:
    """Other forms of a single word, or what was meant by one that nobody knows."""
    singulars = [one for one in lexicon.singular(word) if one in known.words or (one,) in lexicon.synonyms()]
    for one in singulars:
        unit.meanings += _meanings((one,), known)
    joined = [pair for pair in _joined(word, core) if pair in known.words]
    ended = () if word in known.words or word in UNSTEMMED else unended(word)
    roots = [root for root in (stem(word), *ended) if root != word and root in known.words][:1]
    others = [
        *singulars,
        *joined,
        *roots,
        *_variants(word, known),
        *(v for root in roots for v in _variants(root, known)),
    ]
    unit.forms += [(other,) for other in dict.fromkeys(others) if other != word]
    if word in known.words or len(unit.forms) > 1 or unit.meanings or not word.isalpha():
        unit.forms += [(other,) for other in _likelier(word, known)]
        return
    begun = _begun(known) if word == core[-1] else []
    if begun:
        unit.forms += [(other,) for other in begun]
    elif meant := _mended(word, known):
        unit.forms = [(meant,), *((other,) for other in _variants(meant, known)), (word,)]
        unit.meanings += _meanings((meant,), known)
    else:
        unit.is_known = False


def _splits(word: str) -> list[Term]:
    """The word as two: eskrim is es krim."""
    return [(word[:at], word[at:]) for at in range(2, len(word) - 2)] if word.isalpha() and len(word) > 5 else []


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
    if not 0 < n <= RARE or len(word) < 5 or not word.isalpha() or (word,) in lexicon.synonyms():
        return
    for other, often in known.words.items():
        if often >= FAR_MORE * n and OSA.distance(word, other, score_cutoff=1) == 1:
            yield other


def _mended(word: str, known: Known) -> str:
    """The word that was probably meant, or nothing."""
    most = 0 if len(word) < 3 else 1 if len(word) < 6 else 2
    is_short = len(word) >= 3 and bare(word) == word
    near = (
        (_cost(word, other, n), other)
        for other, n in known.words.items()
        if _is_near(word, other, most) or (is_short and bare(other) == word)
    )
    return min(near, default=(0.0, ""))[1]


def _is_near(word: str, other: str, most: int) -> bool:
    return other.isalpha() and len(other) >= 3 and OSA.distance(word, other, score_cutoff=most) <= most


def _cost(word: str, other: str, n: int) -> float:
    cost = OSA.distance(word, other) - FREQUENT * log10(n)
    return cost - SAME_SOUND * (sound(word) == sound(other)) - SAME_START * (word[0] == other[0])
