"""Four batik motifs of Mojokerto, drawn as tiles that repeat, and the cloth that they make."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from marketplace.demo.drawings.canvas import Canvas, upright
from marketplace.demo.drawings.colours import Colour, rgb
from marketplace.demo.drawings.shapes import arc, box, leaf, turned
from marketplace.demo.drawings.surfaces import tiled


@dataclass(frozen=True)
class Dye:
    """The colours of one batik: cloth, main lines, filled parts, small accents."""

    ground: Colour
    line: Colour
    body: Colour
    accent: Colour


Motif = Callable[[Canvas, Dye], None]

DYES = [
    Dye(rgb("#3b2116"), rgb("#f0ddb0"), rgb("#b86a2b"), rgb("#e7b765")),
    Dye(rgb("#1d2b52"), rgb("#efe5cc"), rgb("#5f86b8"), rgb("#d8b46a")),
    Dye(rgb("#7b1d1f"), rgb("#f5e0b2"), rgb("#cf7b34"), rgb("#f0c25c")),
    Dye(rgb("#1f4a36"), rgb("#f1e6c3"), rgb("#7fa44f"), rgb("#e0b04e")),
    Dye(rgb("#f0e2c4"), rgb("#4a2817"), rgb("#b5622f"), rgb("#2f4a6e")),
    Dye(rgb("#191716"), rgb("#f3ead6"), rgb("#a8342a"), rgb("#dba347")),
]


def cecek(canvas: Canvas, dye: Dye, spacing: float = 10) -> None:
    """The fine dots that fill the ground between the figures."""
    steps = round(100 / spacing)
    for row in range(steps):
        for column in range(steps):
            canvas.dot((column + 0.25 + row % 2 * 0.5) * spacing, (row + 0.5) * spacing, 0.9, dye.accent)


def spray(canvas: Canvas, dye: Dye, x: float, y: float, turn: float, size: float = 1) -> None:
    """A leaf with its outline and vein."""
    outline = leaf(x, y, 22 * size, 13 * size, turn)
    canvas.fill(leaf(x, y, 24 * size, 16 * size, turn), dye.line)
    canvas.fill(outline, dye.body)
    canvas.line(turned([(x, y), (x + 18 * size, y)], turn, (x, y)), dye.line, 1.1)


def mrico_bolong(canvas: Canvas, dye: Dye) -> None:
    """Peppercorns with a hole, in clusters on a winding stalk."""
    cecek(canvas, dye)
    stalk = [(step, 50 + 16 * math.sin(step / 100 * 2 * math.pi)) for step in range(-2, 103)]
    canvas.line(stalk, dye.line, 2.4)
    for x, y, turn in ((8, 57, 60), (42, 60, 100), (58, 43, -80), (92, 40, -120)):
        spray(canvas, dye, x, y, turn)
    for x, y in ((25, 30), (75, 72)):
        for ring in range(7):
            angle = ring * math.pi / 3
            reach = 12 if ring else 0
            px, py = x + reach * math.cos(angle), y + reach * math.sin(angle)
            canvas.dot(px, py, 6.2, dye.line)
            canvas.dot(px, py, 2.6, dye.ground)
            canvas.dot(px - 0.2, py, 1, dye.body)
    for x, y in ((25, 88), (75, 14)):
        for ring in range(5):
            canvas.dot(x + (ring - 2) * 9, y + (ring % 2) * 7 - 3, 3.8, dye.body)
            canvas.dot(x + (ring - 2) * 9, y + (ring % 2) * 7 - 3, 1.7, dye.ground)


def sisik_gringsing(canvas: Canvas, dye: Dye) -> None:
    """Fish scales in rows, each with rings and a dot."""
    for row in range(-2, 6):
        y = row * 25
        for column in range(-1, 4):
            x = column * 50 + row % 2 * 25
            for radius, colour in ((27, dye.line), (25, dye.ground), (20, dye.body), (17, dye.ground), (9, dye.accent)):
                canvas.dot(x, y, radius, colour)
            canvas.dot(x, y, 5, dye.line)
            for turn in range(20, 161, 20):
                place = turned([(x + 22.4, y)], turn, (x, y))[0]
                canvas.dot(*place, 1, dye.line)


def surya_majapahit(canvas: Canvas, dye: Dye) -> None:
    """The sun of Majapahit: eight rays around a disc of petals, stars at the corners."""
    cecek(canvas, dye)
    for turn in range(0, 360, 45):
        for reach, width, colour in ((46, 11, dye.line), (42, 8, dye.body), (30, 3.5, dye.accent)):
            ray = [(50 + reach, 50), (50 + 20, 50 - width), (50 + 20, 50 + width)]
            canvas.fill(turned(ray, turn), colour)
    for turn in range(22, 382, 45):
        canvas.fill(turned([(86, 50), (70, 47), (70, 53)], turn), dye.accent)
    for radius, colour in (
        (26, dye.line),
        (23.5, dye.ground),
        (20, dye.line),
        (18.5, dye.body),
        (9, dye.line),
        (7, dye.accent),
    ):
        canvas.dot(50, 50, radius, colour)
    for turn in range(0, 360, 45):
        canvas.fill(leaf(*turned([(59, 50)], turn)[0], 9, 5, turn), dye.line)
        canvas.dot(*turned([(71.6, 50)], turn)[0], 1.2, dye.accent)
    for x, y in ((0, 0), (100, 0), (0, 100), (100, 100)):
        for radius, colour in ((17, dye.line), (14.5, dye.ground), (10, dye.body), (4.5, dye.line)):
            canvas.dot(x, y, radius, colour)


def tree(canvas: Canvas, dye: Dye, x: float, foot: float) -> None:
    """A maja tree: a trunk, leaves in a fan, round fruits."""
    canvas.fill([(x - 3, foot), (x + 3, foot), (x + 1.4, foot - 24), (x - 1.4, foot - 24)], dye.line)
    for turn in (-170, -140, -115, -90, -65, -40, -10):
        spray(canvas, dye, x, foot - 20, turn, 1.05)
    for dx, dy in ((-13, -16), (13, -16), (0, -24)):
        canvas.dot(x + dx, foot + dy + 2, 5.2, dye.line)
        canvas.dot(x + dx, foot + dy + 2, 4, dye.accent)


def gate(canvas: Canvas, dye: Dye, x: float, foot: float) -> None:
    """A split gate of Majapahit with steps."""
    for side in (-1, 1):
        for step in range(5):
            inner, outer, top = x + side * 2.5, x + side * (18 - step * 3.2), foot - 8 * step
            canvas.fill(box(min(inner, outer), top - 8, max(inner, outer), top), dye.line)
            canvas.fill(box(min(inner, outer) + 1.2, top - 6.8, max(inner, outer) - 1.2, top - 0.6), dye.body)


def alas_majapahit(canvas: Canvas, dye: Dye) -> None:
    """The forest of Majapahit: maja trees, a split gate, undergrowth."""
    cecek(canvas, dye)
    tree(canvas, dye, 26, 50)
    gate(canvas, dye, 75, 48)
    tree(canvas, dye, 75, 98)
    gate(canvas, dye, 26, 98)
    for foot in (50, 99):
        for hill in range(10):
            canvas.line(arc(5 + hill * 10, foot + 1, 5, 4.5, 180, 360, steps=10), dye.line, 1.2)


def woven(motif: Motif, dye: Dye, canvas: Canvas, repeats: int) -> Image.Image:
    """A square of cloth that shows the motif `repeats` times across."""
    side = canvas.side * 6 // 5
    tile = Canvas(max(16, side // repeats), canvas.random)
    tile.pose = upright(tile.side / 100)
    tile.fill(box(-1, -1, 101, 101), dye.ground)
    motif(tile, dye)
    return tiled(tile.image, side)
