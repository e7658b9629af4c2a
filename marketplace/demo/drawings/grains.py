"""Grey sheets of specks and streaks, the same for the same numbers: crumb, leather, wood, linen."""

from functools import lru_cache
from random import Random

from PIL import Image


@lru_cache(maxsize=32)
def noise(width: int, height: int, number: int = 0) -> Image.Image:
    """A grey sheet of random cells, the same for the same number."""
    return Image.frombytes("L", (width, height), Random(number).randbytes(width * height))


@lru_cache(maxsize=80)
def streaks(cells: int, rows: int, number: int, size: tuple[int, int]) -> Image.Image:
    """A sheet of noise drawn out softly to `size` pixels: the grain of wood, the weave of linen."""
    return noise(cells, rows, number).resize(size, Image.Resampling.BICUBIC)


@lru_cache(maxsize=4)
def grain(side: int) -> Image.Image:
    """A grey sheet of fine and middle-sized specks around 128, for crumb, leather and stone."""
    fine = noise(side // 2, side // 2, 1).resize((side, side), Image.Resampling.BILINEAR)
    middle = noise(side // 9, side // 9, 2).resize((side, side), Image.Resampling.BICUBIC)
    return Image.blend(fine, middle, 0.5)
