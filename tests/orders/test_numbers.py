"""Order numbers and tokens."""

import re
from datetime import UTC, datetime
from random import Random

from marketplace.orders.numbers import ALPHABET, new_order_number, new_token

AT = datetime(2026, 11, 21, 17, 30, tzinfo=UTC)  # already the 22nd in Mojokerto


def test_a_number_names_the_day_in_mojokerto() -> None:
    assert re.fullmatch(rf"PM-261122-[{ALPHABET}]{{5}}", new_order_number(AT))


def test_no_two_characters_look_alike() -> None:
    for pair in ("0O", "1I", "1L", "2Z", "5S", "8B"):
        assert len(set(pair) & set(ALPHABET)) <= 1
    assert not set("AEIOU") & set(ALPHABET)
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_a_given_source_makes_the_number_repeatable() -> None:
    assert new_order_number(AT, Random(7)) == new_order_number(AT, Random(7))


def test_numbers_and_tokens_do_not_repeat() -> None:
    assert len({new_order_number(AT) for _ in range(100)}) >= 99
    assert len({new_token() for _ in range(1_000)}) == 1_000


def test_a_token_is_22_characters_that_need_no_escaping() -> None:
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", new_token()) for _ in range(100))
