"""The colours of the style sheet and how well each text can be read on its ground."""

import re
from dataclasses import dataclass
from functools import cache

from marketplace.assets import SOURCE

SHEET = SOURCE / "css" / "00-tokens.css"
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6});")

TEXT, SIGN = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11: what level AA asks of text, and of icons and edges of fields

# What stands on what: (foreground, its grounds, the least contrast). A name is a token, # begins a fixed colour.
USES: tuple[tuple[str, tuple[str, ...], float], ...] = (
    ("ink", ("paper", "surface", "sunk", "brand-soft", "gold-soft", "good-soft", "bad-soft", "info-soft"), TEXT),
    ("muted", ("paper", "surface", "sunk"), TEXT),
    ("brand", ("paper", "surface", "sunk", "brand-soft"), TEXT),
    ("#ffffff", ("fill", "fill-good", "brand-deep", "hero"), TEXT),
    ("good", ("surface", "good-soft"), TEXT),
    ("bad", ("surface", "bad-soft"), TEXT),
    ("gold-ink", ("gold-soft",), TEXT),
    ("info", ("info-soft",), SIGN),
    ("gold", ("brand-deep",), SIGN),
    ("edge", ("surface", "paper"), SIGN),
    ("paper", ("ink",), TEXT),
)


@dataclass(frozen=True)
class Contrast:
    """A text on its ground: the ratio in the light and in the dark scheme, and the least that is allowed."""

    text: str
    ground: str
    light: float
    dark: float
    least: float


@cache
def schemes() -> tuple[dict[str, str], dict[str, str]]:
    """The tokens of the light and of the dark scheme: name -> #rrggbb; dark repeats what it does not change."""
    light, _, dark = SHEET.read_text().partition("@media (prefers-color-scheme: dark)")
    bright = dict(TOKEN.findall(light))
    return bright, bright | dict(TOKEN.findall(dark))


@cache
def contrasts() -> tuple[Contrast, ...]:
    """Every text on every ground that the pages use."""
    light, dark = schemes()
    return tuple(
        Contrast(text, ground, _between(text, ground, light), _between(text, ground, dark), least)
        for text, grounds, least in USES
        for ground in grounds
    )


def _between(text: str, ground: str, tokens: dict[str, str]) -> float:
    lower, higher = sorted(luminance(tokens.get(name, name)) for name in (text, ground))
    return (higher + 0.05) / (lower + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of #rgb or #rrggbb, from 0 (black) to 1 (white), as WCAG 2.2 defines it."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    red, green, blue = (_linear(int(digits[n : n + 2], 16) / 255) for n in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
