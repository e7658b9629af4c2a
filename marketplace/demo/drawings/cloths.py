"""Cloth that is tied and dyed, or embroidered: shibori, a tablecloth, a mukena."""

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import arc, box, curve, ellipse, leaf, ruffle, symmetric, turned
from marketplace.demo.drawings.surfaces import ground, room, standing_shadow, table

INDIGOS = [rgb("#22386e"), rgb("#2c5a7a"), rgb("#5f2c50"), rgb("#2f5a48"), rgb("#7a3326")]
LINENS = [rgb("#f6f1e6"), rgb("#efe6d4"), rgb("#e6ecec")]
THREADS = [rgb("#c03a4a"), rgb("#d98a2e"), rgb("#3f6fa8"), rgb("#8a4a96"), rgb("#c9527a")]


def tied_ring(canvas: Canvas, x: float, y: float, radius: float, dye: Colour) -> None:
    """The mark that a tied knot leaves: pale, uneven rings around a dark heart."""
    for step, reach in enumerate((1, 0.72, 0.42)):
        edge = ruffle(canvas.random, x, y, radius * reach, 11, 0.07)
        canvas.haze(edge, lighter(dye, 0.9) if step % 2 == 0 else dye, 0.7, 0.85)
    for turn in range(0, 360, 24):
        ray = turned([(x + radius * 0.35, y), (x + radius * 0.95, y + 0.4)], turn, (x, y))
        canvas.line(ray, mix(dye, lighter(dye, 0.8), 0.3), 0.45)


def shibori(canvas: Canvas) -> None:
    """A spread cloth with rings of tied dyeing, its rolled end in front."""
    random = canvas.random
    ground(canvas)
    dye = random.choice(INDIGOS)
    sheet = box(7, 6, 93, 76, 1)
    canvas.shadow(sheet, 2, 3, 3, 0.6)
    canvas.solid(sheet, dye, bulge=1, depth=0.7, rough=0.1)
    columns = random.choice((3, 4))
    wide = 80 / columns
    for row in range(columns):
        for column in range(columns):
            x, y = 10 + (column + 0.5) * wide, 9 + (row + 0.5) * wide * 0.8
            tied_ring(canvas, x + random.uniform(-1, 1), y + random.uniform(-1, 1), wide * 0.36, dye)
    for y in (78, 89):
        roll = box(7, y - 6, 93, y + 6, 5.5)
        canvas.shadow(roll, 1.5, 2.5, 2, 0.6)
        canvas.solid(roll, dye, bulge=5, depth=1.1, rough=0.1)
        for place in range(columns * 2):
            stripe = ellipse(14 + place * 72 / (columns * 2 - 1), y - 1, 3.6, 3.4)
            canvas.haze(stripe, lighter(dye, 0.85), 0.9, 0.75, within=roll)
        for ring in (4.2, 2.8, 1.4):
            canvas.line([*ellipse(90.5, y, ring * 0.6, ring), (90.5 + ring * 0.6, y)], lighter(dye, 0.45), 0.45)


def blossom(canvas: Canvas, x: float, y: float, size: float, colour: Colour) -> None:
    """An embroidered flower with two leaves, the threads to be seen."""
    for turn in (-150, -30):
        blade = leaf(x, y, size * 2, size * 0.9, turn + canvas.random.uniform(-15, 15))
        canvas.solid(blade, rgb("#5f8f4a"), bulge=0.5, depth=1.1)
    for turn in range(0, 360, 60):
        petal = leaf(x, y, size * 1.15, size * 0.95, turn)
        canvas.solid(petal, mix(colour, lighter(colour, 0.4), (turn % 120) / 240), bulge=0.6, depth=1.3)
        canvas.line(turned([(x + size * 0.2, y), (x + size, y)], turn, (x, y)), darker(colour, 0.25), 0.25)
    canvas.solid(ellipse(x, y, size * 0.32, size * 0.32), rgb("#f0c04a"), bulge=0.6, depth=1.4)


def tablecloth(canvas: Canvas) -> None:
    """A square tablecloth with scalloped edges and wreaths of embroidered flowers."""
    random = canvas.random
    table(canvas)
    cloth, colours = random.choice(LINENS), random.sample(THREADS, 2)
    with canvas.posed(turn=random.choice((0, 8, 45, 38)), scale=0.86):
        edge = [point for place in range(9) for point in arc(10 + place * 10, 6, 5, 4, 180, 360, steps=8)]
        edge += [point for place in range(9) for point in arc(94, 10 + place * 10, 4, 5, 270, 450, steps=8)]
        edge += [point for place in range(9) for point in arc(90 - place * 10, 94, 5, 4, 0, 180, steps=8)]
        edge += [point for place in range(9) for point in arc(6, 90 - place * 10, 4, 5, 90, 270, steps=8)]
        canvas.shadow(edge, 2, 3, 3, 0.6)
        canvas.solid(edge, cloth, bulge=1.2, depth=0.7, rough=0.05)
        canvas.line([*edge, edge[0]], colours[0], 0.7)
        for turn in (0, 90, 180, 270):
            corner = turned([(20, 20), (33, 15), (15, 33)], turn)
            for (x, y), size in zip(corner, (7, 4.5, 4.5), strict=True):
                blossom(canvas, x, y, size, colours[0 if size == 7 else 1])
        wreath = [*ellipse(50, 50, 18, 18), (68, 50)]
        canvas.line(wreath, rgb("#5f8f4a"), 0.8)
        for turn in range(0, 360, 45):
            x, y = turned([(68, 50)], turn)[0]
            blossom(canvas, x, y, 4.6, colours[turn // 45 % 2])


def mukena(canvas: Canvas) -> None:
    """A mukena (prayer dress) on a stand: its hood, falling wide over the skirt, with embroidered borders."""
    random = canvas.random
    room(canvas, 88)
    cloth, colour = random.choice(LINENS), random.choice(THREADS)
    standing_shadow(canvas, 50, 95, 70)
    skirt = symmetric(curve("50,60 68,62 76,78 80,95 64,96.5 50,95.5", closed=False, steps=6))
    canvas.solid(skirt, darker(cloth, 0.08), bulge=4, depth=0.9)
    veil = symmetric(curve("50,5 59,7.5 64,15 65,25 72,36 84,56 92,76 78,81 64,79 50,82", closed=False, steps=6))
    canvas.shadow(veil, 3, 3, 4, 0.5)
    canvas.solid(veil, cloth, bulge=5, depth=0.95)
    for side in (-1, 1):
        for foot, bend in ((8, 3), (19, 8), (30, 15)):
            top = 50 + side * bend, 36 + bend * 0.7
            fold = [top, (50 + side * (bend + foot) / 2, 58), (50 + side * foot, 79), (52 + side * foot, 79)]
            canvas.haze(fold, darker(cloth, 0.55), 1.3, 0.35, within=veil)
    opening = curve("50,11.5 56.5,15 58,22 55.5,29 50,33 44.5,29 42,22 43.5,15", steps=6)
    canvas.solid(opening, darker(cloth, 0.5), bulge=4, depth=-1.2)
    canvas.line([*opening, opening[0]], colour, 0.9)
    for x, y in opening[::3]:
        canvas.dot(50 + (x - 50) * 1.2, 22 + (y - 22) * 1.18, 0.9, colour)
    for x, y in ((14, 73), (26, 75), (38, 74.5), (50, 76), (62, 74.5), (74, 75), (86, 73)):
        blossom(canvas, x, y, 4.6, colour)
    for x in (27, 38.5, 50, 61.5, 73):
        blossom(canvas, x, 90.5, 3.4, colour)
    blossom(canvas, 50, 42, 4.2, colour)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "shibori-kain": ("Kain shibori bercorak lingkaran celup ikat", shibori),
    "bordir-taplak": ("Taplak meja bersulam bunga", tablecloth),
    "bordir-mukena": ("Mukena putih bersulam bunga", mukena),
}
