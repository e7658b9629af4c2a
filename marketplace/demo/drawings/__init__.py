"""Pictures of the demo shops' goods, drawn by code: nothing is downloaded, every seed gives another picture."""

from random import Random

from PIL import Image

from marketplace.demo.drawings import (
    batik,
    brass,
    cakes,
    cloths,
    crafts,
    drinks,
    garden,
    leather,
    meals,
    parties,
    sandals,
    shoes,
    snacks,
    woven,
)
from marketplace.demo.drawings.canvas import Canvas, Program

_GROUPS = (snacks, cakes, parties, meals, drinks, garden, batik, cloths, shoes, sandals, brass, crafts, woven, leather)
_PROGRAMS: dict[str, tuple[str, Program]] = {
    kind: described for group in _GROUPS for kind, described in group.PROGRAMS.items()
}

KINDS: dict[str, str] = {kind: description for kind, (description, _) in _PROGRAMS.items()}
"""Each kind of good that can be drawn, and in Indonesian what its picture shows."""


def draw(kind: str, seed: int, size: int = 960) -> Image.Image:
    """A square RGB picture of a good, `size` pixels wide, the same for the same arguments.

    Raises KeyError for a kind that is not in KINDS.
    """
    _, program = _PROGRAMS[kind]
    canvas = Canvas(size, Random(f"{kind}/{seed}"))
    program(canvas)
    return canvas.finished()
