"""Whole meals: nasi kotak and tumpeng."""

import math

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import (
    Shape,
    arc,
    box,
    curve,
    ellipse,
    leaf,
    lump,
    moved,
    outline,
    ruffle,
    smooth,
    turned,
)
from marketplace.demo.drawings.surfaces import ground, linen, table, tray

CHILLI = rgb("#c9281c")


def rice(canvas: Canvas, body: Shape, colour: Colour, grains: int = 380) -> None:
    """A heap of rice with single grains to see."""
    random = canvas.random
    canvas.solid(body, colour, bulge=5, depth=0.75, rough=0.06)
    left, right = min(x for x, _ in body), max(x for x, _ in body)
    top, bottom = min(y for _, y in body), max(y for _, y in body)
    places = [(random.uniform(left, right), random.uniform(top, bottom)) for _ in range(grains)]
    heap = [(x, y, random.uniform(0, 180)) for x, y in places if inside(x, y, body[::4])]
    canvas.strew([ellipse(x + 0.15, y + 0.25, 0.95, 0.4, turn, 8) for x, y, turn in heap], darker(colour, 0.22))
    for share in range(4):
        layer = [ellipse(x, y, 0.9, 0.36, turn, 8) for x, y, turn in heap[share::4]]
        canvas.strew(layer, lighter(colour, 0.1 + share * 0.2))


def inside(x: float, y: float, shape: Shape) -> bool:
    """Whether a point lies in a shape (even-odd rule)."""
    hit = False
    for (x1, y1), (x2, y2) in zip(shape, [*shape[1:], shape[0]], strict=True):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            hit = not hit
    return hit


def chicken(canvas: Canvas, x: float, y: float, scale: float, turn: float) -> None:
    """A grilled drumstick with a shine of sweet soy sauce."""
    meat = outline("-14,2 -9,-8 2,-10 12,-5 16,0 12,5 2,9 -9,9")
    bone = outline("14,-2 24,-2.4 27,-4 29,-1 27.5,0.5 29,2 27,4 24,2.2 14,2")
    place = [
        turned([(x + px * scale, y + py * scale) for px, py in smooth(part)], turn, (x, y)) for part in (bone, meat)
    ]
    canvas.shadow(place[1])
    canvas.solid(place[0], rgb("#ead9bd"), bulge=1.2)
    canvas.solid(place[1], rgb("#8f4517"), bulge=4 * scale, depth=1.2, rough=0.25)
    for mark in range(-2, 3):
        left = x + mark * 4.6 * scale
        stripe = turned(box(left - 0.7, y - 9 * scale, left + 0.7, y + 9 * scale), 18, (left, y))
        canvas.haze(turned(stripe, turn, (x, y)), rgb("#2a0f05"), 0.5, 0.6, within=place[1])
    canvas.haze(
        turned(ellipse(x - 3, y - 5 * scale, 6 * scale, 1.6 * scale), turn, (x, y)),
        rgb("#ffd9a0"),
        1,
        0.6,
        within=place[1],
    )


def egg_half(canvas: Canvas, x: float, y: float, radius: float = 6) -> None:
    """Half a boiled egg."""
    white = lump(canvas.random, x, y, radius, radius * 0.85, 0.02)
    canvas.shadow(white, 0.7, 1, 1)
    canvas.solid(white, rgb("#faf6ec"), bulge=1.2, depth=0.8)
    canvas.solid(ellipse(x + 0.3, y, radius * 0.52, radius * 0.48), rgb("#f0a92b"), bulge=1.5, depth=0.9, rough=0.2)


def cucumber(canvas: Canvas, x: float, y: float, radius: float = 4.2) -> None:
    """A slice of cucumber."""
    canvas.shadow(ellipse(x, y, radius, radius * 0.9), 0.5, 0.8, 0.7)
    canvas.solid(ellipse(x, y, radius, radius * 0.9), rgb("#3f7f38"), bulge=0.8)
    canvas.fill(ellipse(x, y, radius * 0.86, radius * 0.77), rgb("#cfe3a4"))
    for seed in range(8):
        angle = seed * 0.785
        canvas.fill(
            ellipse(x + radius * 0.45 * math.cos(angle), y + radius * 0.4 * math.sin(angle), 0.7, 0.35, seed * 45, 10),
            rgb("#eef3cf"),
        )


def chilli(canvas: Canvas, x: float, y: float, turn: float, length: float = 14, colour: Colour = CHILLI) -> None:
    """A red chilli with its green stalk."""
    path = [(x, y - 1.4), (x + length * 0.5, y - 2), (x + length, y + 0.6), (x + length * 0.5, y + 1.2), (x, y + 1.4)]
    pod = turned(smooth(path), turn, (x, y))
    canvas.shadow(pod, 0.6, 1, 0.8)
    canvas.solid(pod, colour, bulge=1.1, depth=1.3)
    canvas.line(turned([(x + 0.5, y), (x - 2, y - 0.4), (x - 4, y - 1.6)], turn, (x, y)), rgb("#5c8a35"), 1)


def greens(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A lettuce leaf under the side dishes."""
    shape = ruffle(canvas.random, x, y, radius, 7, 0.08, 0.85)
    canvas.shadow(shape, 0.6, 1, 1)
    canvas.solid(shape, rgb("#7db34a"), bulge=2, depth=1.1)
    for turn in range(0, 360, 40):
        tip = turned([(x + radius * 0.8, y)], turn, (x, y))[0]
        canvas.line([(x, y), tip], rgb("#b4d488"), 0.4)


def noodles(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A small heap of fried noodles."""
    random = canvas.random
    canvas.solid(lump(random, x, y, radius, radius * 0.8, 0.08), rgb("#a8682a"), bulge=2)
    for _ in range(60):
        reach, turn = radius * random.uniform(0.2, 0.75), random.uniform(0, 360)
        strand = arc(
            x + random.uniform(-2, 2),
            y + random.uniform(-2, 2),
            reach,
            reach * 0.6,
            turn,
            turn + 110,
            random.uniform(0, 180),
            8,
        )
        canvas.line(strand, random.choice((rgb("#e0a852"), rgb("#c98b3a"), rgb("#8d5622"))), 0.6)


def nasi_kotak(canvas: Canvas) -> None:
    """An open lunch box seen from above: rice, grilled chicken, noodles, egg, vegetables, sambal."""
    random = canvas.random
    ground(canvas)
    carton = random.choice((rgb("#f4efe4"), rgb("#d9b98a"), rgb("#e9dfc8")))
    lid, case = box(10, 3, 90, 26, 2), box(8, 22, 92, 94, 3)
    canvas.shadow(case, 2, 3, 3, 0.65)
    canvas.solid(lid, darker(carton, 0.1), bulge=1.5, depth=0.7)
    canvas.write(
        50,
        14,
        random.choice(("NASI KOTAK", "SELAMAT MENIKMATI", "NASI AYAM BAKAR")),
        5,
        mix(carton, rgb("#a5392c"), 0.85),
    )
    canvas.solid(case, carton, bulge=1.5)
    canvas.solid(box(12, 26, 88, 90, 2), rgb("#4d8a3c"), bulge=3, depth=-0.8, rough=0.08)
    for vein in range(29, 90, 2):
        canvas.line([(13, vein), (87, vein - 2)], rgb("#417a33"), 0.25)
    canvas.shadow(ellipse(34, 49, 19, 18))
    rice(canvas, lump(random, 34, 48, 19, 18, 0.03), rgb("#f5f1e6"))
    canvas.solid(ellipse(34, 45, 2.2, 1.8), CHILLI, bulge=0.8)
    noodles(canvas, 72, 38, 12)
    greens(canvas, 66, 72, 20)
    chicken(canvas, 60, 66, 1.1, random.uniform(12, 34))
    egg_half(canvas, 22, 78)
    egg_half(canvas, 35, 80)
    for x, y in ((46, 83), (52, 79), (80, 54)):
        cucumber(canvas, x, y)
    chilli(canvas, 72, 56, -30)


def tumpeng(canvas: Canvas) -> None:
    """A cone of yellow or white rice on a tray, ringed with side dishes."""
    random = canvas.random
    (table if random.random() < 0.5 else linen)(canvas)
    tray(canvas, 50, 66, 46, 29)
    for turn in range(0, 360, 30):
        banana = leaf(50, 66, 0, 0, 0)[0]
        x, y = banana[0] + 33 * math.cos(math.radians(turn)), banana[1] + 19 * math.sin(math.radians(turn))
        tip = leaf(x, y, 11, 9, turn)
        canvas.solid(tip, rgb("#3f7d3a"), bulge=1, depth=0.8)
    colour = random.choice((rgb("#e9b52d"), rgb("#edc040"), rgb("#f3eee2")))
    for angle, dish in zip(range(-170, 0, 34), ("egg", "noodles", "greens", "egg", "noodles", "greens"), strict=False):
        _side_dish(canvas, dish, 50 + 32 * math.cos(math.radians(angle)), 64 + 16 * math.sin(math.radians(angle)))
    cone = curve("50,8 53,14 61,38 70,66 66,74 50,77 34,74 30,66 39,38 47,14", steps=8)
    canvas.shadow(moved(cone, 4, 1), 2, 2, 3, 0.4)
    rice(canvas, cone, colour, 750)
    canvas.haze([(51, 14), (70, 64), (60, 76), (56, 60)], rgb("#6d3f0a"), 4, 0.4, within=cone)
    hat = curve("50,4 52.5,10 56,21 50,23.5 44,21 47.5,10", steps=6)
    canvas.solid(hat, rgb("#3f7d3a"), bulge=2)
    chilli(canvas, 51, 8, -60, 7)
    chilli(canvas, 49, 8, -125, 7)
    chicken(canvas, 28, 76, 0.75, random.uniform(140, 170))
    chicken(canvas, 74, 77, 0.75, random.uniform(10, 30))
    for place, dish in enumerate(("egg", "greens", "noodles", "egg")):
        _side_dish(canvas, dish, 33 + place * 11.5, 84 + (1.5 if place in (1, 2) else 0))


def _side_dish(canvas: Canvas, dish: str, x: float, y: float) -> None:
    if dish == "egg":
        egg_half(canvas, x, y, 5.4)
    elif dish == "noodles":
        noodles(canvas, x, y, 7)
    else:
        greens(canvas, x, y, 7)
        cucumber(canvas, x, y, 3.4)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "nasi-kotak": ("Nasi kotak: nasi, ayam bakar, mi goreng, telur, dan lalapan", nasi_kotak),
    "tumpeng": ("Tumpeng nasi dengan lauk di atas tampah", tumpeng),
}
