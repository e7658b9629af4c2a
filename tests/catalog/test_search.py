"""Plain search reads what people type, however odd."""

import pytest

from marketplace.catalog.search import LONGEST, MOST_WORDS, readable, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("onde", ["onde"]),
        ("  Onde-Onde   BOX ", ["onde", "onde", "box"]),
        ("100% katun_tulis", ["100", "katun", "tulis"]),
        ("\"batik' OR 1=1 --", ["batik", "or", "1", "1"]),
        ("👟🔥", []),
        ("%_\\*", []),
        ("", []),
    ],
)
def test_words_are_letters_and_digits_in_lower_case(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_more_words_than_anyone_means_are_left_out() -> None:
    assert len(words_of("a " * 5000)) == MOST_WORDS


def test_what_is_shown_again_is_one_short_clean_line() -> None:
    assert readable(" batik\x00\n\ttulis ‮ ") == "batik tulis"
    assert len(readable("x" * 5000)) == LONGEST
