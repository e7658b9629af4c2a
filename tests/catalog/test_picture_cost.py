"""What a photo of twelve megapixels costs the worker."""

import pytest

from bench import pictures

pytestmark = pytest.mark.slow


def test_twelve_megapixels_take_less_than_three_seconds_and_300_megabytes() -> None:
    cost = pictures.measured("JPEG")
    assert cost["seconds"] < 3
    assert cost["peak_mb"] < 300


def test_a_webp_of_twelve_megapixels_takes_less_than_300_megabytes() -> None:
    assert pictures.measured("WEBP")["peak_mb"] < 300
