"""Tiers of a search: each asks for what is new in it, and leaves out what the ones before it have found."""

from marketplace.catalog.engine import Clause, Query
from marketplace.catalog.tiers import tiers_of
from marketplace.catalog.understanding import Question, Unit

BATIK = Unit(("batik",), [("batik",)], [("nyanting",)])
SHIRT = Unit(("kemeja",), [("kemeja",)])
MUST = [("po_1",)]


def meets(clause: Clause, tokens: set[str]) -> bool:
    return all(any(tokens.issuperset(each) for each in alternatives) for alternatives in clause)


def found_in(queries: list[Query], tokens: set[str]) -> list[int]:
    """The tiers, from 0, that find a document of these tokens."""
    found = enumerate(queries)
    return [n for n, query in found if meets(query.clause, tokens) and not any(meets(b, tokens) for b in query.but)]


def test_a_single_term_is_found_in_one_tier_by_its_closest_field() -> None:
    queries = tiers_of(Question(["batik"], ["batik"], [BATIK]), MUST)
    fields = ["w_batik", "s_batik", "s_nyanting", "j_batik", "o_batik", "d_batik"]
    assert [found_in(queries, {"po_1", field}) for field in fields] == [[n] for n in range(len(fields))]
    for n, field in enumerate(fields[1:], start=1):  # a title with the word has its stem, too
        assert found_in(queries, {"po_1", field, *fields[n + 1 :]}) == [n]
        assert found_in(queries, {field}) == []


def test_no_tier_of_a_single_term_asks_again_for_what_it_leaves_out() -> None:
    queries = tiers_of(Question(["batik"], ["batik"], [BATIK]), MUST)
    asked = [tokens for query in queries for tokens in query.clause[-1]]
    assert len(asked) == len(set(asked))


def test_two_terms_meet_in_whichever_fields() -> None:
    queries = tiers_of(Question(["kemeja", "batik"], ["kemeja", "batik"], [SHIRT, BATIK]), ())
    assert found_in(queries, {"s_kemeja", "s_batik"}) < found_in(queries, {"d_kemeja", "s_batik"})
    assert len(found_in(queries, {"d_kemeja", "o_batik"})) == 1
    assert found_in(queries, {"d_kemeja"}) == []
