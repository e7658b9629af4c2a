"""Vegetables from hydroponic gardens: lettuce in its gully, pak choi, bundles of greens and tomatoes on trays."""

import math

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import box, curve, ellipse, leaf, ruffle, turned
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


def bundle(canvas: Canvas, leaves: tuple[Colour, ...], stalk: Colour, slim: float) -> None:
    """A bundle of leafy stalks tied with a strip of bamboo; `slim` is the width of a leaf against its length."""
    random = canvas.random
    ground(canvas)
    tray(canvas, 50, 52, 47, 44)
    with canvas.posed(turn=random.uniform(-18, 18), scale=0.94):
        for place in range(15):
            foot, tip = 43 + place, 14 + place * 5.1 + random.uniform(-3, 3)
            path = curve(f"{foot},95 {foot + (tip - foot) * 0.12},66 {tip},{26 + abs(place - 7) * 1.5}", closed=False)
            canvas.line([(x + 0.5, y + 0.6) for x, y in path], darker(stalk, 0.5), 1.7)
            canvas.line(path, mix(stalk, lighter(stalk, 0.4), random.random()), 1.4)
            for x, y in path[2::3]:
                if y < 66:
                    _bundle_leaf(canvas, x, y, random.choice(leaves), slim)
        tie = box(40, 73, 60, 79, 2)
        canvas.shadow(tie, 0.8, 1.4, 1)
        canvas.solid(tie, rgb("#d8b46a"), bulge=2)


def _bundle_leaf(canvas: Canvas, x: float, y: float, green: Colour, slim: float) -> None:
    random = canvas.random
    turn, length = random.uniform(-155, -25), random.uniform(15, 21)
    blade = leaf(x, y, length, length * slim, turn)
    canvas.shadow(blade, 0.7, 1.1, 1, 0.45)
    canvas.solid(blade, mix(green, lighter(green, 0.3), random.uniform(0, 0.4)), bulge=1.6, depth=0.9)
    canvas.line(turned([(x, y), (x + length * 0.9, y)], turn, (x, y)), lighter(green, 0.45), 0.35)


def kangkung(canvas: Canvas) -> None:
    """A bundle of water spinach with its long narrow leaves."""
    bundle(canvas, (rgb("#3f8a3a"), rgb("#4f9a42"), rgb("#347a34")), rgb("#8fbf5a"), 0.26)


def red_spinach(canvas: Canvas) -> None:
    """A bundle of red spinach: round leaves, purple in the middle."""
    bundle(canvas, (rgb("#8a2748"), rgb("#7a2040"), rgb("#5f7a36"), rgb("#9a3558")), rgb("#c0506f"), 0.62)


def tomatoes(canvas: Canvas) -> None:
    """Cherry tomatoes heaped on a tray, some with their green stars."""
    random = canvas.random
    ground(canvas)
    tray(canvas, 50, 52, 45, 41)
    colour = random.choice((rgb("#d8321f"), rgb("#c9281c"), rgb("#e04a26")))
    for ring, reach in ((13, 30), (10, 21), (6, 12), (3, 4)):
        for place in range(ring):
            angle = math.tau * place / ring + ring
            x, y = 50 + reach * math.cos(angle), 51 + reach * 0.9 * math.sin(angle) - (30 - reach) * 0.12
            tomato(canvas, x, y, random.uniform(6.6, 7.6), mix(colour, rgb("#e8862a"), random.uniform(0, 0.2)))


def tomato(canvas: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    """A cherry tomato, two in three with the green star of its stalk."""
    random = canvas.random
    body = ellipse(x, y, radius, radius * 0.96)
    canvas.shadow(body, 0.9, 1.5, 1.2, 0.6)
    canvas.solid(body, colour, bulge=radius * 0.5, depth=0.75)
    shine = ellipse(x - radius * 0.35, y - radius * 0.4, radius * 0.24, radius * 0.16)
    canvas.haze(shine, (255, 255, 255), 0.5, 0.8)
    if random.random() < 0.66:
        px, py, start = x + random.uniform(-2, 2), y + random.uniform(-2, 2), random.uniform(0, 72)
        for turn in range(5):
            canvas.solid(leaf(px, py, radius * 0.55, 1.3, start + turn * 72), rgb("#4f8a35"), bulge=0.5)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "selada-hidroponik": ("Selada di talang hidroponik", selada),
    "pakcoy": ("Pakcoy segar hasil kebun hidroponik", pakcoy),
    "kangkung": ("Seikat kangkung segar", kangkung),
    "bayam-merah": ("Seikat bayam merah segar", red_spinach),
    "tomat-ceri": ("Tomat ceri merah di atas tampah", tomatoes),
}
