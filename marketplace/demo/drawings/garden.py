"""Vegetables from hydroponic gardens: lettuce in its gully, pak choi in a basket."""

import math

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import box, curve, ellipse, ruffle, turned
from marketplace.demo.drawings.surfaces import ground, table, tray

LETTUCES = [rgb("#74b03a"), rgb("#8cc64a"), rgb("#5f9f3c"), rgb("#7a2f48")]
PIPE = rgb("#eef1ef")


def lettuce(canvas: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    """A head of lettuce from above: rings of curly leaves, paler towards the heart."""
    random = canvas.random
    canvas.shadow(ruffle(random, x, y, radius, 9, 0.06), 1.5, 2.4, 2, 0.6)
    for ring, count in ((0.62, 8), (0.34, 6), (0.1, 3)):
        tone = mix(rgb("#cfe67a"), colour, min(1, ring * 1.5))
        start, size = random.uniform(0, 6), radius * (0.3 + ring * 0.26)
        canvas.haze(ellipse(x + 0.6, y + 1, radius * (ring + 0.4), radius * (ring + 0.4)), (16, 32, 8), 1.2, 0.45)
        for place in range(count):
            angle = start + math.tau * place / count
            cos, sin = math.cos(angle), math.sin(angle)
            px, py = x + radius * ring * cos, y + radius * ring * sin
            frill = ruffle(random, px, py, size, 8, 0.07)
            canvas.solid(frill, mix(tone, darker(colour, 0.2), random.uniform(0, 0.2)), bulge=size * 0.2, depth=0.8)
            if ring > 0.2:
                canvas.line([(x, y), (px + size * 0.6 * cos, py + size * 0.6 * sin)], lighter(tone, 0.45), 0.4)


def selada(canvas: Canvas) -> None:
    """Lettuce growing in white hydroponic gullies."""
    random = canvas.random
    table(canvas, rgb("#6f7a72"), 3)
    colours = random.sample(LETTUCES, 2)
    lean = random.uniform(-10, 10)
    for row, top in enumerate((3, 36, 69)):
        gully = turned(box(-20, top, 120, top + 26), lean)
        canvas.shadow(gully, 1, 4, 3, 0.6)
        canvas.solid(gully, PIPE, bulge=6, depth=0.9)
        canvas.haze(turned(box(-20, top + 4, 120, top + 7), lean), (255, 255, 255), 1.2, 0.8)
        for place in range(3):
            x, y = turned([(17 + place * 33 + row % 2 * 10 - 5, top + 13)], lean)[0]
            canvas.solid(ellipse(x, y, 9, 9), rgb("#59635c"), bulge=1.5, depth=-1)
            lettuce(canvas, x, y - 0.5, random.uniform(12.5, 14), colours[(place + row) % 2])


def pak_choi(canvas: Canvas, x: float, y: float, scale: float, turn: float) -> None:
    """A pak choi, its root at (x, y): fleshy pale stalks, round dark leaves."""
    random = canvas.random
    green = mix(rgb("#2f7a35"), rgb("#4f9a3f"), random.random())
    with canvas.posed(x - 50, y - 50, scale, turn):
        for spread, length in ((-30, 0.85), (30, 0.85), (-17, 0.95), (17, 0.95), (-5, 1.02), (7, 0.9)):
            with canvas.posed(scale=length, turn=spread):
                _pak_choi_leaf(canvas, mix(green, rgb("#6fae4a"), random.uniform(0, 0.3)))
        canvas.solid(curve("42,44 50,37 58,44 55,54 45,54"), rgb("#e4efcb"), bulge=3)
        canvas.solid(ellipse(50, 53.6, 4.6, 1.6), rgb("#cfc9a0"), bulge=0.8)


def _pak_choi_leaf(canvas: Canvas, green: Colour) -> None:
    """A leaf that stands upright on the middle of the sheet."""
    blade = curve("50,29 59,22 61.5,9 54.5,-1 45.5,-1 38.5,9 41,22")
    canvas.shadow(blade, 0.8, 1.3, 1.3, 0.5)
    canvas.solid(blade, green, bulge=2, depth=0.85)
    for height in (22, 16, 10):
        for side in (-1, 1):
            canvas.line([(50, height), (50 + side * 7.5, height - 5)], rgb("#8fbf6a"), 0.3)
    canvas.haze(curve("45.4,50 45.6,40 48,25 50,4 52,25 54.4,40 54.6,50"), rgb("#dfeec2"), 0.25, 0.95)
    canvas.haze(ellipse(52, 40, 1.2, 9), rgb("#9dbb78"), 0.9, 0.6)


def pakcoy(canvas: Canvas) -> None:
    """Freshly cut pak choi on a tray."""
    random = canvas.random
    ground(canvas)
    tray(canvas, 50, 52, 47, 44)
    for x, y, turn in ((30, 68, -14), (70, 69, 14), (50, 84, 0)):
        pak_choi(canvas, x, y, 0.95, turn + random.uniform(-6, 6))
    for _ in range(26):
        size = random.uniform(0.4, 0.9)
        canvas.haze(ellipse(random.uniform(20, 80), random.uniform(24, 60), size, size), (255, 255, 255), 0.25, 0.55)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "selada-hidroponik": ("Selada di talang hidroponik", selada),
    "pakcoy": ("Pakcoy segar hasil kebun hidroponik", pakcoy),
}
