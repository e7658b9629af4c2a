"""Whole rupiah: what people type, what pages print, what shares sum to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.money import LARGEST, NotRupiah, format_rupiah, parse_rupiah, split, terbilang

AMOUNTS = st.integers(0, LARGEST)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp12.500", 12_500),
        ("Rp 12.500", 12_500),
        ("Rp\xa012.500", 12_500),
        ("rp12500", 12_500),
        ("Rp12.500,00", 12_500),
        ("Rp 12.500,00", 12_500),
        ("12500", 12_500),
        ("  12500\n", 12_500),
        ("12.500", 12_500),
        ("1.250.000", 1_250_000),
        ("12,5rb", 12_500),
        ("12.5rb", 12_500),
        ("12,25 RB", 12_250),
        ("15 ribu", 15_000),
        ("15k", 15_000),
        ("Rp15K", 15_000),
        ("1,2jt", 1_200_000),
        ("1.2 juta", 1_200_000),
        ("35.000,-", 35_000),
        ("Rp. 35.000,-", 35_000),
        ("Rp.35.000.-", 35_000),
        ("IDR 35,000", 35_000),
        ("IDR 35,000.00", 35_000),
        ("500", 500),
        ("0", 0),
        ("Rp0", 0),
        ("999.999.999.999", LARGEST),
    ],
)
def test_reads_what_people_write(text: str, amount: int) -> None:
    assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "wajib diisi"),
        (" \xa0", "wajib diisi"),
        ("-5000", "kurang dari 0"),
        ("Rp -5.000", "kurang dari 0"),
        ("-Rp5.000", "kurang dari 0"),
        ("99999999999999", "terlalu besar"),
        ("1.000.000.000.000", "terlalu besar"),
        ("1000000 juta", "terlalu besar"),
        ("9" * 40, "terlalu besar"),
        ("9" * 5_000, "misalnya"),
        ("gratis", "misalnya"),
        ("dua", "misalnya"),
        ("Rp", "misalnya"),
        ("1.25", "misalnya"),
        ("12.50", "misalnya"),
        ("1,25", "misalnya"),
        ("Rp12.500,50", "misalnya"),
        ("12.500rb", "misalnya"),
        ("12,500k", "misalnya"),
        ("12.5000", "misalnya"),
        ("1.2500.000", "misalnya"),
        ("1,000,00", "misalnya"),
        ("0.500", "misalnya"),
        ("081234567890", "misalnya"),
        ("12 500", "misalnya"),
        ("5m", "misalnya"),
        ("=1+1", "misalnya"),
        ("1e5", "misalnya"),
        ("1_000", "misalnya"),
        ("१२५००", "misalnya"),
        ("\uff112500", "misalnya"),
        ("12²", "misalnya"),
        ("15\N{KELVIN SIGN}", "misalnya"),
    ],
)
def test_refuses_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NotRupiah, match=sentence):
        parse_rupiah(text)


@given(st.text())
def test_any_text_is_an_amount_or_refused(text: str) -> None:
    try:
        assert 0 <= parse_rupiah(text) <= LARGEST
    except NotRupiah as refusal:
        assert str(refusal).endswith(".")


@given(AMOUNTS)
def test_reads_back_what_it_prints(amount: int) -> None:
    for text in (format_rupiah(amount), f"{format_rupiah(amount)},00", f"{amount}", f"IDR {amount:,}"):
        assert parse_rupiah(text) == amount


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "Rp0"),
        (500, "Rp500"),
        (12_500, "Rp12.500"),
        (1_250_000, "Rp1.250.000"),
        (1_999_999_999, "Rp1.999.999.999"),
        (-500, "-Rp500"),
        (-12_500, "-Rp12.500"),
    ],
)
def test_prints_dots_and_no_space(amount: int, text: str) -> None:
    assert format_rupiah(amount) == text


@pytest.mark.parametrize(
    ("total", "weights", "shares"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [1, 1, 1], [34, 34, 33]),
        (10, [0, 1, 0], [0, 10, 0]),
        (5, [0, 0], [3, 2]),
        (0, [3, 4], [0, 0]),
        (0, [], []),
        (10_000, [35_000, 12_500, 2_500], [7_000, 2_500, 500]),
        (1, [1, 2], [0, 1]),
    ],
)
def test_shares_out_by_largest_remainder(total: int, weights: list[int], shares: list[int]) -> None:
    assert split(total, weights) == shares


@given(AMOUNTS, st.lists(st.integers(0, LARGEST), min_size=1))
def test_shares_sum_to_the_rupiah_and_are_fair_within_one(total: int, weights: list[int]) -> None:
    shares = split(total, weights)
    assert sum(shares) == total
    if whole := sum(weights):
        for share, weight in zip(shares, weights, strict=True):
            assert total * weight // whole <= share <= -(-total * weight // whole)


@pytest.mark.parametrize(("total", "weights"), [(-1, [1]), (1, [1, -1]), (0, [-1]), (1, [])])
def test_shares_nothing_negative_and_nothing_to_nobody(total: int, weights: list[int]) -> None:
    with pytest.raises(ValueError):
        split(total, weights)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (11, "sebelas rupiah"),
        (100, "seratus rupiah"),
        (1_000, "seribu rupiah"),
        (12_500, "dua belas ribu lima ratus rupiah"),
        (21_000, "dua puluh satu ribu rupiah"),
        (101_000, "seratus satu ribu rupiah"),
        (1_000_000, "satu juta rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (1_001_000_001, "satu miliar satu juta satu rupiah"),
        (2_000_001_500, "dua miliar seribu lima ratus rupiah"),
    ],
)
def test_writes_amounts_in_words(amount: int, words: str) -> None:
    assert terbilang(amount) == words


@given(AMOUNTS)
def test_words_follow_the_rules_of_indonesian_counting(amount: int) -> None:
    assert terbilang(amount) == f"{' '.join(_count(amount)) or 'nol'} rupiah"


def test_has_no_words_for_less_than_nothing() -> None:
    with pytest.raises(ValueError):
        terbilang(-1)


def _count(number: int) -> list[str]:
    """The words of a number, built here by the textbook so that the library is not its own witness."""
    digits = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
    if number < 12:
        return [digits[number]] if number else []
    if number < 20:
        return [digits[number - 10], "belas"]
    for size, name in ((10**9, "miliar"), (10**6, "juta"), (1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= size:
            many, rest = divmod(number, size)
            one = many == 1 and size in (100, 1000)
            return (["se" + name] if one else [*_count(many), name]) + _count(rest)
    raise AssertionError(number)
