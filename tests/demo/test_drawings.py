"""The pictures of the demo goods: each kind draws something, the same for the same seed."""

import pytest
from PIL import ImageChops, ImageStat

from marketplace.demo.drawings import KINDS, draw

SMALL = 96


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_draws_the_same_picture_for_the_same_seed(kind: str) -> None:
    picture = draw(kind, 1, SMALL)

    assert picture.mode == "RGB"
    assert picture.size == (SMALL, SMALL)
    assert picture.tobytes() == draw(kind, 1, SMALL).tobytes()


@pytest.mark.parametrize("kind", KINDS)
def test_another_seed_makes_another_picture(kind: str) -> None:
    difference = ImageChops.difference(draw(kind, 1, SMALL), draw(kind, 2, SMALL))

    assert max(ImageStat.Stat(difference).mean) > 3


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_shows_more_than_a_plain_surface(kind: str) -> None:
    picture = draw(kind, 3, SMALL)

    assert max(ImageStat.Stat(picture).stddev) > 25
    assert len(picture.quantize(64).getcolors() or []) > 32


def test_kinds_differ_from_each_other_for_one_seed() -> None:
    assert len({draw(kind, 4, SMALL).tobytes() for kind in KINDS}) == len(KINDS)


def test_every_kind_says_in_words_what_it_shows() -> None:
    assert all(description[0].isupper() and len(description) > 10 for description in KINDS.values())
    assert len(set(KINDS.values())) == len(KINDS)


def test_an_unknown_kind_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        draw("helikopter", 1, SMALL)
