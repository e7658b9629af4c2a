"""Crafts: model ships, plaques, and souvenirs of the temples in fibreglass and brass."""

from collections.abc import Sequence
from functools import partial

from marketplace.demo.drawings.brass import BRASSES
from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, rgb
from marketplace.demo.drawings.shapes import (
    Point,
    box,
    curve,
    ellipse,
    leaf,
    outline,
    smooth,
    symmetric,
    turned,
)
from marketplace.demo.drawings.surfaces import room, standing_shadow

STONES = [rgb("#a8553a"), rgb("#8d8478"), rgb("#b5753f"), rgb("#6f675f")]
WHITE = (255, 255, 255)


def sail(canvas: Canvas, corners: list[Point], colour: Colour) -> None:
    """A sail full of wind, with its seams."""
    shape = smooth(corners, steps=6) if len(corners) > 4 else corners
    canvas.shadow(shape, 1, 1, 1.4, 0.3)
    canvas.solid(shape, colour, bulge=4, depth=0.7)
    left, right = min(x for x, _ in shape), max(x for x, _ in shape)
    top, bottom = min(y for _, y in shape), max(y for _, y in shape)
    for part in (0.25, 0.5, 0.75):
        seam = top + (bottom - top) * part
        canvas.haze(box(left, seam, right, seam + 0.45), darker(colour, 0.5), 0.15, 0.5, within=shape)


def ship(canvas: Canvas) -> None:
    """A wooden model of a two-masted pinisi on its stand."""
    random = canvas.random
    room(canvas, 72)
    wood = random.choice((rgb("#8a4f26"), rgb("#6b3a1e"), rgb("#a8713c")))
    cloth = random.choice((rgb("#f2e6cd"), rgb("#e9d5ae"), rgb("#c9543c"), rgb("#f4efe4")))
    standing_shadow(canvas, 50, 92, 62)
    _rigging(canvas, wood, cloth)
    _hull(canvas, wood)


def _rigging(canvas: Canvas, wood: Colour, cloth: Colour) -> None:
    for x, foot in ((40, 10), (62, 63)):
        canvas.line([(x, 18 if foot == 63 else 10), (x, 72)], darker(wood, 0.4), 1.5)
        canvas.line([(x - 0.4, 18 if foot == 63 else 10), (x - 0.4, 72)], lighter(wood, 0.2), 0.4)
    canvas.line([(78, 66), (97, 52)], darker(wood, 0.3), 1.3)
    for start, end in (
        ((40, 11), (96, 53)),
        ((40, 11), (14, 66)),
        ((62, 19), (96, 53)),
        ((62, 19), (20, 66)),
        ((40, 11), (62, 19)),
    ):
        canvas.line([start, end], rgb("#4a3a2c"), 0.3)
    sail(canvas, outline("39,14 39,40 38.6,60 26,61.5 12,60 18,46 28,30 36,17"), cloth)
    sail(canvas, outline("61,22 61,42 60.6,60 52,61.5 42.6,60 46,48 52,36 58,25"), cloth)
    for tip, foot in ((64, 60), (72, 59), (81, 58)):
        sail(
            canvas,
            [(tip, 25 + (tip - 64) * 1.1), (foot + (tip - 64) * 1.4, 62), (tip + 8, 51 + (tip - 64) * 0.3)],
            lighter(cloth, 0.1),
        )


def _hull(canvas: Canvas, wood: Colour) -> None:
    for x in (34, 64):
        canvas.solid([(x - 5, 93), (x + 5, 93), (x + 3, 82), (x - 3, 82)], darker(wood, 0.35), bulge=1)
    canvas.solid(box(22, 91.5, 78, 95, 1), darker(wood, 0.25), bulge=1)
    canvas.solid(box(18, 60, 32, 69), lighter(wood, 0.15), bulge=1)
    hull = curve(
        "10,62 14,66 30,69 55,69.5 74,67 90,61 84,71 76,81 68,86 34,86 20,82 13,73",
        steps=7,
    )
    canvas.solid(hull, wood, bulge=5, depth=1.2, rough=0.12)
    for plank in range(1, 5):
        path = smooth(
            [
                (12 + plank, 66 + plank * 3.4),
                (32, 69.6 + plank * 3.3),
                (56, 70 + plank * 3.3),
                (87 - plank * 2.8, 65 + plank * 3.6),
            ],
            closed=False,
        )
        canvas.line(path, darker(wood, 0.5), 0.35)
    rail = curve("10,62 14,65.4 30,68.4 55,69 74,66.4 90,60.6", closed=False)
    canvas.line(rail, rgb("#e9d9b5"), 1.3)
    canvas.line([(x, y + 2.4) for x, y in rail], darker(wood, 0.6), 0.5)
    for place in range(7):
        canvas.dot(28 + place * 7, 74 + abs(place - 3) * -0.2, 0.9, rgb("#e0b860"))


def bottled_ship(canvas: Canvas) -> None:
    """A small sailing ship in a corked bottle that lies on a wooden stand."""
    random = canvas.random
    room(canvas, 64)
    wood = random.choice((rgb("#8a4f26"), rgb("#6b3a1e"), rgb("#a8713c")))
    cloth = random.choice((rgb("#f2e6cd"), rgb("#e9d5ae"), rgb("#c9543c"), rgb("#f4efe4")))
    standing_shadow(canvas, 48, 88, 74)
    glass = curve("7,50 9,33 16,28 60,28 69,32 76,42 88,43.5 88,56.5 76,58 69,69 60,73 16,73 9,68", steps=6)
    canvas.haze(glass, rgb("#e4efee"), 0.3, 0.6)
    canvas.haze(box(8, 60, 72, 74), rgb("#3f7fa8"), 1.5, 0.85, within=glass)
    for y in (61, 65, 69):
        canvas.haze(
            curve(f"8,{y} 24,{y - 1} 40,{y + 1} 56,{y - 1} 72,{y}", closed=False), WHITE, 0.5, 0.7, within=glass
        )
    with canvas.posed(-12, -1, 0.42):
        _rigging(canvas, wood, cloth)
        _hull(canvas, wood)
    canvas.line([*glass, glass[0]], rgb("#8fa9a8"), 0.7)
    canvas.haze(box(14, 32, 60, 34.6, 1.3), WHITE, 0.6, 0.85)
    canvas.haze(box(20, 69, 58, 70.4, 0.7), WHITE, 0.6, 0.5)
    canvas.haze(box(76, 45.4, 87, 47, 0.7), WHITE, 0.5, 0.8)
    canvas.solid(box(86, 44.6, 95, 55.4, 1.4), rgb("#c39a63"), bulge=1.6, rough=0.4)
    canvas.solid(box(12, 84, 72, 89, 1.5), darker(wood, 0.2), bulge=1.4, rough=0.1)
    for x in (20, 62):
        cradle = [(x - 6, 85), (x + 6, 85), (x + 4.5, 71), (x, 74.5), (x - 4.5, 71)]
        canvas.solid(cradle, darker(wood, 0.1), bulge=1.2, rough=0.1)


def plaque(canvas: Canvas) -> None:
    """An award plaque of fibreglass: a sun in relief over a brass plate, on a wooden foot."""
    random = canvas.random
    room(canvas, 74)
    body = random.choice((rgb("#7a2a22"), rgb("#22405f"), rgb("#2a5a44"), rgb("#3a3734")))
    gold = rgb("#d9ab48")
    standing_shadow(canvas, 50, 92, 62)
    shield = symmetric(curve("50,6 62,9 74,8 76,30 74,60 68,74 60,84 50,86", closed=False, steps=6))
    canvas.shadow(shield, 3, 3, 3, 0.5)
    canvas.solid(shield, gold, bulge=2.4, depth=1.5)
    canvas.solid([(50 + (x - 50) * 0.9, 45 + (y - 45) * 0.91) for x, y in shield], body, bulge=2, depth=0.8)
    for turn in range(0, 360, 45):
        canvas.solid(turned(leaf(50, 27, 14, 9, -90), turn, (50, 33)), gold, bulge=1.4, depth=1.5)
    canvas.solid(ellipse(50, 33, 8.5, 8.5), lighter(gold, 0.2), bulge=2, depth=1.3)
    canvas.solid(box(31, 55, 69, 69, 1.4), lighter(gold, 0.15), bulge=0.9, depth=1.2)
    canvas.write(50, 59.4, "PENGHARGAAN", 4.2, rgb("#3a230e"))
    canvas.shadow(box(22, 79, 78, 92), 0.5, -1.5, 1.5, 0.4)
    canvas.solid(box(22, 79, 78, 92, 1.5), rgb("#4a2a18"), bulge=2, rough=0.1)
    for y, reach in ((63.4, 14), (66, 10)):
        canvas.line([(50 - reach, y), (50 + reach, y)], rgb("#6b4a22"), 0.6)


def temple(stones: Sequence[Colour], canvas: Canvas) -> None:
    """A model of a Majapahit gate (Bajang Ratu) on a wooden base with a plate."""
    room(canvas, 70)
    stone = canvas.random.choice(stones)
    standing_shadow(canvas, 50, 93, 74)
    canvas.solid(box(15, 86, 85, 95, 1.5), rgb("#4a2a18"), bulge=1.5)
    canvas.solid(box(35, 88.4, 65, 92.8, 0.6), rgb("#d3a545"), bulge=0.6, depth=1.4)
    canvas.write(50, 90.6, "MOJOKERTO", 2.9, rgb("#3a230e"))
    for step, reach in enumerate((34, 31, 28)):
        _course(canvas, 50 - reach, 82.8 - step * 3.4, 50 + reach, 86.4 - step * 3.4, stone, 1)
    for side in (-1, 1):
        for step in range(4):
            inner, outer = 50 + side * 12, 50 + side * (27 - step * 2.6)
            _course(canvas, min(inner, outer), 71 - step * 5, max(inner, outer), 76.4 - step * 5, stone)
    _course(canvas, 34.5, 48, 65.5, 76.4, stone, 8)
    for level in range(7):
        overhang, foot = 20.5 - level * 2.5, 48.6 - level * 5.2
        _course(canvas, 50 - overhang, foot - 2.2, 50 + overhang, foot, lighter(stone, 0.14), 1)
        _course(canvas, 50 - overhang + 3, foot - 5.3, 50 + overhang - 3, foot - 2.1, darker(stone, 0.12), 1)
        for place in (-1, -0.5, 0, 0.5, 1):
            tip = 50 + place * (overhang - 1.4)
            canvas.solid(
                [(tip - 1.5, foot - 2), (tip + 1.5, foot - 2), (tip, foot - 5)], lighter(stone, 0.2), bulge=0.6
            )
    canvas.solid(smooth(symmetric([(50, 3.5), (51.6, 7), (52.6, 11.4), (50, 12.6)])), stone, bulge=1.4)
    canvas.fill(box(43.6, 56, 56.4, 83), rgb("#1d120c"))
    canvas.haze(box(43.6, 54, 50, 83), rgb("#6b4a36"), 2, 0.5, within=box(43.6, 56, 56.4, 83))
    for step in range(3):
        _course(canvas, 43 - step * 1.5, 78 + step * 2.8, 57 + step * 1.5, 81 + step * 2.8, lighter(stone, 0.12), 1)
    canvas.solid(symmetric([(50, 50.6), (56, 53), (59, 57), (50, 57)]), lighter(stone, 0.15), bulge=1)


def _course(canvas: Canvas, left: float, top: float, right: float, bottom: float, stone: Colour, rows: int = 2) -> None:
    """A block of masonry with the joints of its bricks."""
    canvas.solid(box(left, top, right, bottom), stone, bulge=0.8, depth=1.1, rough=0.3)
    height = (bottom - top) / rows
    for row in range(rows):
        y = top + row * height
        if row:
            canvas.line([(left, y), (right, y)], darker(stone, 0.35), 0.22)
        for joint in range(int((right - left - 2) / 4) if rows > 1 else 0):
            across = left + 2.4 + row % 2 * 2 + joint * 4
            canvas.line([(across, y), (across, y + height)], darker(stone, 0.3), 0.2)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "miniatur-perahu": ("Miniatur perahu layar pinisi dari kayu", ship),
    "perahu-botol": ("Miniatur kapal layar di dalam botol kaca", bottled_ship),
    "suvenir-candi": ("Suvenir fiber miniatur gapura Majapahit", partial(temple, STONES)),
    "kuningan-candi": ("Replika gapura Majapahit dari cor kuningan", partial(temple, BRASSES)),
    "plakat": ("Plakat penghargaan bergambar surya", plaque),
}
