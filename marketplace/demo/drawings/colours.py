"""Colours, and the warm light and shade that change them."""

from functools import lru_cache

from PIL import Image, ImageColor

Colour = tuple[int, int, int]
_GREYS = Image.frombytes("L", (256, 1), bytes(range(256)))
_LOWER = _GREYS.point([min(255, 2 * level) for level in range(256)])
_UPPER = _GREYS.point([max(0, 2 * level - 255) for level in range(256)])


def rgb(colour: str) -> Colour:
    """A colour from its hexadecimal name."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """The colour between two others; share 0 is the first, 1 the second."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


def darker(colour: Colour, share: float = 0.3) -> Colour:
    """The colour in warm shade."""
    return mix(colour, (28, 14, 8), share)


def lighter(colour: Colour, share: float = 0.3) -> Colour:
    """The colour in warm light."""
    return mix(colour, (255, 247, 228), share)


def tinted(grey: Image.Image, dark: Colour, light: Colour, middle: Colour | None = None) -> Image.Image:
    """A grey sheet in colours from dark over middle to light; ImageOps.colorize takes twenty times as long."""
    sheet = grey.copy()
    sheet.putpalette(_palette(dark, light, middle))
    return sheet.convert("RGB")


@lru_cache(maxsize=512)
def _palette(dark: Colour, light: Colour, middle: Colour | None) -> bytes:
    if middle is None:
        return _blend(_GREYS, dark, light).tobytes()
    lower, upper = _blend(_LOWER, dark, middle), _blend(_UPPER, middle, light)
    return lower.tobytes()[: 3 * 128] + upper.tobytes()[3 * 128 :]


def _blend(shares: Image.Image, first: Colour, second: Colour) -> Image.Image:
    return Image.composite(Image.new("RGB", (256, 1), second), Image.new("RGB", (256, 1), first), shares)
