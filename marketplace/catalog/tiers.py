"""From a question to queries: how close a product comes to it, the closest first."""

from collections.abc import Sequence
from itertools import pairwise
from itertools import product as crossed

from marketplace.catalog import tags
from marketplace.catalog.documents import pairs
from marketplace.catalog.engine import Clause, Query
from marketplace.catalog.lexicon import Term
from marketplace.catalog.understanding import Question, Unit
from marketplace.catalog.wording import stem

MOST_RELAXED = 24  # queries that leave something out
MOST_CROSSED = 8  # names of one unit that are tried beside those of the next
Tokens = tuple[str, ...]
Must = Sequence[Sequence[str]]


def tiers_of(question: Question, must: Must) -> list[Query]:
    """The phrase, also in other words; every word exactly; in other forms; then also outside the title.

    The order is the weight: exact title word > stem > other name > shop > kampung and shelf > description. From the
    exact words on, each clause takes in what the one before it does, so its query leaves that out, and asks for no more
    than what is new where that can be told.
    """
    units = question.units
    apart: list[Clause] = [[[phrase]] for phrase in _phrases(question)]
    inside = [_inside(unit) for unit in units if len(unit.words) > 1]
    if neighbours := [*inside, *(_neighbours(one, other) for one, other in pairwise(units))]:
        apart.append(neighbours)
    nested: list[Clause] = [[[(f"w_{word}",)] for word in question.typed], [_own(unit, "s") for unit in units]]
    if len(question.folded) > len(question.typed):
        nested.insert(0, [[(f"w_{word}",)] for word in question.folded])
    nested += [[_alternatives(unit, fields) for unit in units] for fields in ("s", "sj", "sjo", "sjod")]
    apart = [clause for clause in apart if all(clause)]
    nested = [clause for clause in nested if all(clause)]
    queries = [Query(clause) for clause in apart]
    queries += [Query(clause) for clause in nested[:1]]
    more = (Query(_new(clause, before), [before]) for before, clause in pairwise(nested))
    queries += [query for query in more if all(query.clause)]
    return [Query([*fixed_by(must), *clause], but) for clause, but in queries]


def _new(clause: Clause, before: Clause) -> Clause:
    """What a clause takes in besides the one before it; of several conditions at once that cannot be told."""
    if len(clause) > 1 or len(before) > 1:
        return clause
    return [[tokens for tokens in clause[0] if tokens not in before[0]]]


def in_titles(question: Question) -> Clause:
    """Every unit in its own words in a title."""
    return [_own(unit, "s") for unit in question.units]


def in_shops(question: Question) -> Clause:
    """Every unit in its own words in the name of a shop."""
    return [[(f"j_{stem(word)}",) for form in unit.forms for word in form] for unit in question.units]


def fixed_by(must: Must) -> Clause:
    """What every query asks for: a tag of each group."""
    return [[(tag,) for tag in any_of] for any_of in must]


def relaxed(question: Question, must: Must) -> list[tuple[Clause, list[str]]]:
    """The queries that leave something out, with the words that they leave out: the least is left out first.

    Terms of several words hold together as long as possible.
    """
    whole = question.units
    single = [part for unit in whole for part in (_parts(unit) if len(unit.words) > 1 else [unit])]
    queries: list[tuple[Clause, list[str]]] = []
    for units in (whole, single) if len(single) > len(whole) else (whole,):
        for dropped in _drops(units):
            kept = [unit for at, unit in enumerate(units) if at not in dropped]
            left_out = [word for at in sorted(dropped) for word in units[at].words]
            queries += [([*fixed_by(must), *(_own(unit, "s") for unit in kept)], left_out)]
            queries += [([*fixed_by(must), *(_alternatives(unit, "sjod") for unit in kept)], left_out)]
    return queries[:MOST_RELAXED]


def _parts(unit: Unit) -> list[Unit]:
    return [Unit((word,), [(word,)]) for word in unit.words]


def _drops(units: Sequence[Unit]) -> list[frozenset[int]]:
    """What may be left out, by position: what nobody knows, then from the last to the first.

    An Indonesian term begins with what it is, so that goes last.
    """
    if len(units) < 2:
        return []
    order = sorted(range(len(units)), key=lambda at: (units[at].is_known, at == 0, len(units[at].words), -at))
    *others, head = order
    drops = [{at} for at in others] + [set(others[:count]) for count in range(2, len(units))] + [{head}]
    drops += [set(order) - {at} for at in sorted(order)]
    return list(dict.fromkeys(map(frozenset, drops)))


def _phrases(question: Question) -> list[Tokens]:
    """The words as neighbours in a title, or all of them as one SKU."""
    phrases = [tuple(pairs(question.typed))] if len(question.typed) > 1 else []
    squeezed = "".join(question.folded)
    if any(character.isdigit() for character in squeezed) and len(squeezed) >= 3:
        phrases.insert(0, (f"k_{squeezed}",))
    return phrases


def _neighbours(one: Unit, other: Unit) -> list[Tokens]:
    """The two as neighbours in a title, in other words as well: fried duck is bebek goreng, the other way round."""
    first, second = (list(dict.fromkeys([*unit.forms, *unit.meanings]))[:MOST_CROSSED] for unit in (one, other))
    both = [pair for left, right in crossed(first, second) for pair in ((left, right), (right, left))]
    return [tuple(pairs((*left, *right))) for left, right in both]


def _inside(unit: Unit) -> list[Tokens]:
    """A term of several words as neighbours in a title, or what else it is called."""
    terms = [*unit.forms, *unit.meanings]
    return [tuple(pairs(term)) if len(term) > 1 else (f"s_{stem(term[0])}",) for term in terms]


def _own(unit: Unit, fields: str) -> list[Tokens]:
    """The unit in its own words, whatever their form and spelling."""
    own = [tuple(f"{name}_{stem(word)}" for word in form) for form in unit.forms for name in fields]
    return [*own, *_compounds(unit.forms), *_sizes(unit.words)]


def _alternatives(unit: Unit, fields: str) -> list[Tokens]:
    """Everything that meets a unit; meanings count in titles alone, or a concept would bring half the market."""
    meant = [tuple(f"s_{stem(word)}" for word in meaning) for meaning in unit.meanings]
    return list(dict.fromkeys([*_own(unit, fields), *meant, *_compounds(unit.meanings)]))


def _compounds(forms: Sequence[Term]) -> list[Tokens]:
    """A word that a title may write as two."""
    return [(f"b_{form[0]}",) for form in forms if len(form) == 1 and len(form[0]) >= 5]


def _sizes(words: Term) -> list[Tokens]:
    return [(tags.size(words[0]),)] if len(words) == 1 and tags.is_size(words[0]) else []
