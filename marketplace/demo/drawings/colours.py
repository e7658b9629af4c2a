"""Colours, and the warm light and shade that change them."""

from PIL import ImageColor

Colour = tuple[int, int, int]


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
