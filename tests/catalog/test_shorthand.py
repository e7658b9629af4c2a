"""How people type in a hurry is read: held letters, digits for letters, words without vowels, prices and fillers."""

import pytest

from marketplace.catalog import lexicon, shorthand, understanding
from marketplace.catalog.wording import fold


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("dompet 50rb", "dompet"),
        ("dompet dibawah 100 ribu", "dompet"),
        ("dompet Rp 25.000", "dompet"),
        ("dompet Rp50.000 aja", "dompet aja"),
        ("dompet 150.000", "dompet"),
        ("wallet under 200k", "wallet"),
        ("tas 1 juta", "tas"),
        ("onde-onde isi 10", "onde isi 10"),
        ("sepatu 39", "sepatu 39"),
        ("tv 4k", "tv 4k"),
        ("50rb", "50rb"),
    ],
)
def test_what_something_may_cost_is_no_word_of_it(text: str, rest: str) -> None:
    assert " ".join(shorthand.without_prices(fold(text))) == rest


@pytest.mark.parametrize(
    ("word", "short"),
    [("sepatuuuu", "sepatu"), ("ondeonde", "onde"), ("xxxl", "xxxl"), ("kunci", "kunci"), ("aaaa", "aaaa")],
)
def test_letters_that_were_held_down_count_once(word: str, short: str) -> None:
    assert shorthand.released(word) == short


@pytest.mark.parametrize(
    ("word", "meant"), [("s4ndal", "sandal"), ("be2k", "bebek"), ("ku2s", "kukus"), ("39", ""), ("batik", "")]
)
def test_digits_stand_for_letters(word: str, meant: str) -> None:
    assert meant in (shorthand.decoded(word) or [""])


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("sndl", "sandal"),
        ("sptu", "sepatu"),
        ("krg", "kering"),
        ("bgks", "bungkus"),
        ("gntgn", "gantungan"),
        ("sdl", "sandal"),
        ("kpk", "keripik"),
        ("tpg", "tumpeng"),
    ],
)
def test_a_word_without_vowels_may_be_the_whole_one(word: str, other: str) -> None:
    assert shorthand.cost(word, other) < 2
    assert shorthand.keys(word) & {key for key in understanding.wording.spelling_keys(other) if key.startswith("^")}


@pytest.mark.parametrize(
    ("word", "other"), [("batik", "batok"), ("sndl", "sndl"), ("sndl", "sendok"), ("krg", "kertas")]
)
def test_others_it_is_not(word: str, other: str) -> None:
    assert shorthand.cost(word, other) == shorthand.NEVER


def test_fillers_fall_unless_nothing_else_was_said() -> None:
    read = understanding._without_noise
    assert read(fold("kak ready sandal jepit murah meriah gak?")) == ["sandal", "jepit"]
    assert read(fold("murah meriah dong kaaak")) == fold("murah meriah dong kaaak")


def test_abbreviations_are_words_of_their_own() -> None:
    """What is short for something is neither noise nor a name of something, and is written once."""
    short = lexicon.short_for()
    assert not set(short) & lexicon.noise_words()
    assert not {(word,) for word in short} & set(lexicon.synonyms())
    assert all(means and fold(word) == [word] and means != (word,) for word, means in short.items())
