"""Snacks for guests: lumpia, a tray of mixed snacks, a snack box."""

import math

from marketplace.demo.drawings.cakes import klepon_ball, layered_slice
from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.meals import chilli
from marketplace.demo.drawings.shapes import box, curve, ellipse, lump, smooth, turned
from marketplace.demo.drawings.snacks import sesame_ball
from marketplace.demo.drawings.surfaces import banana_leaf, ground, plate, tray

CREAM = rgb("#f6ead2")
STRIPES = ([rgb("#d94f5c"), CREAM], [rgb("#5c9a48"), CREAM], [rgb("#6b3d22"), CREAM])
CRUSTS = [rgb("#d79a45"), rgb("#c98635"), rgb("#e0aa58")]


def spring_roll(canvas: Canvas, x: float, y: float, length: float, turn: float, colour: Colour) -> None:
    """A fried spring roll (lumpia) with a blistered skin and folded ends."""
    random = canvas.random
    half, wide = length / 2, length * 0.17
    body = turned(box(x - half, y - wide, x + half, y + wide, wide * 0.9), turn, (x, y))
    canvas.shadow(body, 1, 1.8, 1.5, 0.6)
    canvas.solid(body, colour, bulge=wide * 0.8, depth=1.2, rough=0.22)
    seam = [(x - half * 0.8, y - wide * 0.2), (x, y - wide * 0.5), (x + half * 0.8, y - wide * 0.1)]
    canvas.line(turned(seam, turn, (x, y)), darker(colour, 0.35), 0.5)
    for _ in range(14):
        spot = x + random.uniform(-0.85, 0.85) * half, y + random.uniform(-0.7, 0.7) * wide
        px, py = turned([spot], turn, (x, y))[0]
        canvas.haze(ellipse(px, py, 0.9, 0.7), random.choice((darker(colour, 0.3), lighter(colour, 0.5))), 0.3, 0.5)


def lumpia(canvas: Canvas) -> None:
    """A heap of spring rolls with green chillies, one cut through so that the filling shows."""
    random = canvas.random
    ground(canvas)
    plate(canvas, 50, 54, 45, 38)
    banana_leaf(canvas, 8, 58, 84, 50, random.uniform(-14, 10))
    colour = random.choice(CRUSTS)
    for x, y in ((26, 40), (42, 40), (58, 40), (74, 41), (34, 54), (52, 53), (68, 55)):
        tone = mix(colour, rgb("#a8601f"), random.uniform(0, 0.3))
        spring_roll(canvas, x, y, 36, 62 + random.uniform(-7, 7), tone)
    for x in (36, 58):
        spring_roll(canvas, x, 72, 24, random.uniform(-8, 8), colour)
        face = ellipse(x + 12, 72, 2.6, 4)
        canvas.solid(face, rgb("#f0dfb0"), bulge=0.6)
        for _ in range(14):
            shred = x + 12 + random.uniform(-1.6, 1.6), 72 + random.uniform(-2.8, 2.8)
            canvas.dot(*shred, 0.45, random.choice((rgb("#d9822a"), rgb("#8fae4a"), rgb("#b98d55"))))
    for place in range(3):
        chilli(canvas, 74 + place * 3, 72 + place * 4, random.uniform(-40, 10), 11, rgb("#4f8f2f"))


def tofu(canvas: Canvas, x: float, y: float, size: float) -> None:
    """A fried tofu triangle with its filling at the cut side."""
    corners = [(x - size, y + size * 0.7), (x + size, y + size * 0.7), (x + size * 0.1, y - size)]
    body = smooth(corners, steps=2)
    canvas.shadow(body, 1, 1.8, 1.4, 0.6)
    canvas.solid(body, rgb("#cf9040"), bulge=size * 0.35, depth=1.1, rough=0.35)
    cut = box(x - size * 0.8, y + size * 0.2, x + size * 0.8, y + size * 0.82, size * 0.25)
    canvas.solid(cut, rgb("#f6ecd0"), bulge=0.8)
    for _ in range(20):
        shred = x + canvas.random.uniform(-0.6, 0.6) * size, y + canvas.random.uniform(0.36, 0.66) * size
        colour = canvas.random.choice((rgb("#e07f22"), rgb("#7f9a42"), rgb("#f4f0dc")))
        canvas.fill(ellipse(*shred, 1, 0.4, canvas.random.uniform(0, 180), 8), colour)


def mixed_tray(canvas: Canvas) -> None:
    """Five kinds of snacks in segments on a bamboo tray."""
    random = canvas.random
    ground(canvas)
    tray(canvas, 50, 52, 48, 45)
    for turn in range(0, 360, 60):
        banana_leaf(canvas, 50, 52, 42, 30, turn + random.uniform(-8, 8))
    stripes, crust = random.choice(STRIPES), random.choice(CRUSTS)
    for x, y in ((32, 22), (45, 19), (39, 31), (52, 29), (26, 34)):
        sesame_ball(canvas, x, y, 7, rgb("#c98a34"), 55)
    for x, y in ((67, 25), (76, 34), (64, 36), (80, 46), (69, 47)):
        klepon_ball(canvas, x, y, 6.4, rgb("#5f9a3f"))
    for x, y in ((17, 48), (31, 52)):
        with canvas.posed(x - 15, y - 46, 0.62):
            layered_slice(canvas, 24, 40, stripes)
    for x, y in ((62, 64), (70, 68), (78, 62)):
        spring_roll(canvas, x, y, 22, 70 + random.uniform(-6, 6), crust)
    for x, y in ((32, 76), (46, 82), (44, 69), (59, 83)):
        tofu(canvas, x, y, 7)
    for place in range(4):
        angle = random.uniform(0, math.tau)
        chilli(canvas, 50 + 5 * math.cos(angle), 54 + place * 1.5, random.uniform(0, 360), 8, rgb("#4f8f2f"))


def snack_box(canvas: Canvas) -> None:
    """An open snack box with a spring roll, layer cake, klepon and a napkin."""
    random = canvas.random
    ground(canvas)
    carton = random.choice((rgb("#f4efe4"), rgb("#d9b98a"), rgb("#f0d9c8")))
    case = box(8, 28, 92, 94, 3)
    canvas.shadow(case, 2, 3, 3, 0.65)
    canvas.solid(box(10, 4, 90, 32, 2), darker(carton, 0.1), bulge=1.5, depth=0.7)
    canvas.write(50, 17, random.choice(("KUDAPAN", "SNACK BOX")), 6.5, mix(carton, rgb("#a5392c"), 0.85))
    canvas.solid(case, carton, bulge=1.5)
    canvas.solid(box(12, 32, 88, 90, 2), darker(carton, 0.25), bulge=4, depth=-1)
    canvas.solid(turned(box(56, 34, 86, 58, 1), 4, (70, 46)), rgb("#fbfaf4"), bulge=1, depth=0.6)
    for fold in range(3):
        canvas.line([(59, 40 + fold * 5), (83, 41 + fold * 5)], rgb("#dcd8cc"), 0.4)
    for x, y in ((24, 44), (38, 43)):
        spring_roll(canvas, x, y + 4, 30, 74 + random.uniform(-5, 5), random.choice(CRUSTS))
    cup = curve("54,62 86,62 82,86 58,86", steps=4)
    canvas.shadow(cup, 1, 1.5, 1.4)
    canvas.solid(cup, rgb("#f7f2e6"), bulge=2)
    for x, y in ((62, 68), (75, 67), (69, 76)):
        klepon_ball(canvas, x, y, 7.2, rgb("#5f9a3f"))
    with canvas.posed(2, 18, 0.82):
        layered_slice(canvas, 12, 62, random.choice(STRIPES))
    chilli(canvas, 46, 62, random.uniform(50, 80), 10, rgb("#4f8f2f"))


def stuffed_tofu(canvas: Canvas) -> None:
    """Fried stuffed tofu on a leaf-lined plate, with green chillies."""
    random = canvas.random
    ground(canvas)
    plate(canvas, 50, 54, 45, 38)
    banana_leaf(canvas, 8, 58, 84, 50, random.uniform(-14, 10))
    for x, y in ((30, 36), (52, 32), (72, 39), (24, 56), (46, 52), (68, 58), (35, 72), (58, 74)):
        tofu(canvas, x + random.uniform(-1.5, 1.5), y + random.uniform(-1, 1), random.uniform(12, 13.5))
    for place in range(4):
        crumb = lump(random, 30 + place * 13, 84 + place % 2 * 2, 2, 1.2, 0.2, 7)
        canvas.fill(crumb, rgb("#c98a3a"))
        chilli(canvas, 34 + place * 11, 81 + place % 2 * 3, random.uniform(-40, 40), 10, rgb("#4f8f2f"))


PROGRAMS: dict[str, tuple[str, Program]] = {
    "lumpia": ("Lumpia goreng di atas piring", lumpia),
    "tahu-isi": ("Tahu isi goreng dengan cabai rawit hijau", stuffed_tofu),
    "jajanan-campur": ("Jajanan basah campur di atas tampah", mixed_tray),
    "kotak-kudapan": ("Kotak kudapan berisi lumpia, kue lapis, dan klepon", snack_box),
}
