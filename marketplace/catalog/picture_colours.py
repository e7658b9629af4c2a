"""The average colour of a picture as one of 64 classes, which cards show until the picture has come."""

from collections.abc import Sequence
from colorsys import hls_to_rgb
from functools import cache

from PIL import Image

# Hue in degrees and saturation in percent: grey, brick, wood, brass, leaf, sea, sky, berry. They and the lightnesses
# also stand in static/css/56-picture.css: the class c25 is tone 2, wood, in lightness 5.
TONES = ((0, 0), (12, 45), (30, 40), (46, 55), (95, 30), (170, 30), (214, 40), (330, 35))
LIGHTS = (10, 22, 34, 46, 58, 70, 82, 94)


def colour_of(image: Image.Image) -> str:
    """Two digits below 8: the tone and the lightness that look most like the average of an RGB picture."""
    average = image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    assert isinstance(average, tuple)
    own = _seen([part / 255 for part in average])
    return min(_classes(), key=lambda name: sum((a - b) ** 2 for a, b in zip(own, _classes()[name], strict=True)))


@cache
def _classes() -> dict[str, tuple[float, ...]]:
    return {
        f"{tone}{light}": _seen(hls_to_rgb(hue / 360, lightness / 100, saturation / 100))
        for tone, (hue, saturation) in enumerate(TONES)
        for light, lightness in enumerate(LIGHTS)
    }


def _seen(rgb: Sequence[float]) -> tuple[float, ...]:
    """The colour (parts from 0 to 1) in Oklab, where equal distances look equal (Ottosson, 2020)."""
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in rgb)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )
