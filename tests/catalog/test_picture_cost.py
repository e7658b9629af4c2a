"""What a photo of twelve megapixels costs the worker."""

import pytest

from bench import pictures

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_twelve_megapixels_take_less_than_three_seconds_and_300_megabytes(kind: str) -> None:
    cost = pictures.measured(kind)
    assert cost["seconds"] < 3
    assert cost["peak_mb"] < 300
