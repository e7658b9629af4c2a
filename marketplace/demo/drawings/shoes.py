"""Shoes from the workshops of Surodinawan, Miji and Blooto, seen from the side or, the flat ones, from above."""

from functools import partial

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import Shape, along, box, curve, ellipse, outline, smooth, turned
from marketplace.demo.drawings.surfaces import linen, room, table

LEATHERS = [rgb("#5a2f1a"), rgb("#1f1a18"), rgb("#8a4f26"), rgb("#3b1d16"), rgb("#a86a36")]
CANVASES = [
    rgb("#f0ece4"),
    rgb("#b8342f"),
    rgb("#2f4f86"),
    rgb("#d9a02f"),
    rgb("#4d7a58"),
    rgb("#3a3a3d"),
    rgb("#d98a94"),
]
SOLE = rgb("#f4f0e6")


def pair(canvas: Canvas, shoe: Program, foot: float = 80) -> None:
    """One shoe in front and its fellow behind it, half hidden."""
    for dx, dy, scale in ((7, -13, 0.86), (-2, 4, 0.98)):
        with canvas.posed(dx, dy, scale):
            canvas.haze(ellipse(53, foot + 1.5, 46, 4), (25, 13, 6), 2.5, 0.6)
            canvas.haze(ellipse(52, foot, 40, 1.6), (14, 7, 3), 0.8, 0.8)
            shoe(canvas)


def dress_shoe(canvas: Canvas, leather: Colour, laced: bool) -> None:
    """A man's leather shoe: polished upper, toe cap, welt, stacked heel, laces or a strap."""
    upper = smooth(_DRESS_UPPER)
    canvas.solid(box(10, 74, 31, 82.5, 0.8), rgb("#20140e"), bulge=1.2)
    outsole = outline("9,73.4 50,75 90,74 95,74.4 92,78 78,80.4 58,80 44,77.4 32,78 9.4,77")
    canvas.solid(smooth(outsole, steps=4), rgb("#2b1a10"), bulge=1)
    canvas.fill(curve("13,52 19,47 31,48 45,44 42,52 25,57"), darker(leather, 0.7))
    canvas.solid(upper, leather, bulge=5, depth=1.25, rough=0.04)
    canvas.line([(9.5, 74.6), (50, 76.4), (93.6, 75.2)], lighter(rgb("#a9763f"), 0.1), 0.7)
    canvas.haze(smooth([(78, 63), (86, 65), (91, 69), (84, 68)]), rgb("#fff4e4"), 0.9, 0.75, within=upper)
    canvas.haze(smooth([(14, 56), (19, 56), (18, 67), (14, 68)]), rgb("#fff4e4"), 1.4, 0.4, within=upper)
    canvas.haze(smooth([(54, 53), (61, 57), (68, 60.5), (60, 60)]), rgb("#fff4e4"), 1, 0.5, within=upper)
    if laced:
        _oxford(canvas, leather)
    else:
        _loafer(canvas, leather, upper)


_DRESS_UPPER = [
    *outline("10.5,74 10,65 10.5,57 12,51 15.5,49.5 24,53 33,53.5 41,48 46,45 51,48"),
    *outline("60,54.5 71,59 82,61 90,65 94,71 92.5,75.5 70,77 40,76.5"),
]


def _oxford(canvas: Canvas, leather: Colour) -> None:
    cap = smooth([(74, 59), (77, 67), (75.6, 77)], closed=False)
    quarter = curve("35,53 39,59 48,63 60,64.5 64,69 61,76.4", closed=False)
    for seam in (cap, quarter):
        canvas.line(seam, darker(leather, 0.55), 0.6)
        canvas.stitches([(x - 1.1, y + 0.2) for x, y in seam], lighter(leather, 0.35), 0.3, 1)
    for step in range(4):
        x, y = 42.5 + step * 4.6, 48.6 + step * 3
        canvas.dot(x - 1.4, y + 5, 0.7, darker(leather, 0.8))
        canvas.line([(x - 1.4, y + 5), (x + 3, y + 0.4)], darker(leather, 0.65), 1.5)
        canvas.line([(x - 1.5, y + 4.6), (x + 2.9, y)], lighter(leather, 0.25), 0.4)


def _loafer(canvas: Canvas, leather: Colour, upper: Shape) -> None:
    apron = curve("52,59 62,64 75,67.4 86,67.6 89,65.4", closed=False)
    canvas.line(apron, darker(leather, 0.5), 1)
    canvas.stitches([(x, y + 1.2) for x, y in apron], lighter(leather, 0.4), 0.5, 1)
    strap = curve("41,47 47,43 56,50 62,60 63,77 53,77 51,65 47,56", steps=5)
    canvas.solid(strap, lighter(leather, 0.04), bulge=0.8, depth=1, within=upper)
    canvas.stitches(smooth([(49, 57), (53, 65), (54.6, 76)], closed=False), lighter(leather, 0.45), 0.4, 1)
    canvas.solid(turned(box(51.4, 55, 58.6, 59.4, 1), 55, (55, 57)), rgb("#d3a544"), bulge=0.8, depth=1.3)


def pantofel(canvas: Canvas) -> None:
    """A pair of leather dress shoes."""
    room(canvas, 54)
    pair(canvas, partial(dress_shoe, leather=canvas.random.choice(LEATHERS), laced=canvas.random.random() < 0.6))


def sneaker(canvas: Canvas, cloth: Colour, trim: Colour, toe: Colour) -> None:
    """A low sneaker: thick rubber sole, toe cap, laces, a stripe on the side."""
    points = outline("11,72 10,60 9,48 12,39 17,39 24,44 33,45 40,38 45,35 49,38")
    upper = smooth([*points, (57, 48), (67, 55), (80, 59), (90, 63), (94, 70), (92, 74), (50, 74)])
    canvas.fill(curve("13,42 18,36 32,37 44,35 40,44 25,47"), darker(cloth, 0.65))
    tongue = curve("37,42 39,31 44,28.5 48,31 52,41 46,44")
    canvas.solid(tongue, lighter(cloth, 0.12), bulge=1.6)
    canvas.solid(upper, cloth, bulge=4, depth=0.85, rough=0.04)
    cap = curve("77,57 84,59.5 91,63 95,70 93,75 76,75 73.5,66")
    canvas.solid(cap, toe, bulge=2, depth=1)
    counter = curve("10,72 9.4,55 13,52 21,56 25,65 26,74 12,75")
    canvas.solid(counter, trim, bulge=1.5, depth=0.9)
    for shift in (0, 5.5):
        band = smooth(
            [
                (33 + shift, 73),
                (42 + shift, 61),
                (51 + shift, 52),
                (54 + shift, 54.5),
                (46 + shift, 63),
                (37.4 + shift, 73),
            ],
            steps=5,
        )
        canvas.solid(band, trim, bulge=0.7, depth=0.8)
    canvas.stitches(smooth([(33, 50), (40, 58), (52, 63), (68, 64)], closed=False), lighter(cloth, 0.6), 0.35, 1)
    stay = curve("35,46 40,40 45,37 52,44 61,51.5 70,56 66,61 54,57 43,52", steps=6)
    canvas.solid(stay, darker(cloth, 0.09), bulge=0.6, depth=0.7)
    for step in range(5):
        x, y = 41.4 + step * 5, 42.6 + step * 3.5
        canvas.dot(x - 1.6, y + 5.4, 0.9, darker(cloth, 0.6))
        canvas.line([(x - 1.6, y + 5.4), (x + 3.8, y - 1.8)], rgb("#8b8378"), 2.3)
        canvas.line([(x - 1.7, y + 5), (x + 3.7, y - 2.2)], rgb("#fdfbf5"), 1.7)
    _rubber_sole(canvas, trim)


def _rubber_sole(canvas: Canvas, trim: Colour) -> None:
    sole = curve(
        "9,72 30,73 60,73.5 86,72 96,70.5 97,75 93,80 60,81.5 12,81 8,77",
        steps=6,
    )
    canvas.solid(sole, SOLE, bulge=2, depth=0.9)
    canvas.line(smooth([(8.6, 77), (30, 78), (60, 78.4), (96, 76.4)], closed=False), mix(trim, SOLE, 0.15), 0.9)
    for x, y, _ in along([(78, 79.5), (95, 77.4)], 1.8):
        canvas.line([(x, y - 1), (x, y + 1.3)], darker(SOLE, 0.3), 0.4)


def sneakers(canvas: Canvas) -> None:
    """A pair of casual sneakers."""
    cloth, trim = canvas.random.sample(CANVASES, 2)
    room(canvas, 54)
    pair(canvas, partial(sneaker, cloth=cloth, trim=trim, toe=canvas.random.choice((SOLE, trim, darker(cloth, 0.2)))))


def school_shoes(canvas: Canvas) -> None:
    """A pair of black school shoes."""
    black = rgb("#26252a")
    trim = canvas.random.choice((rgb("#3a393f"), rgb("#f0ece4"), rgb("#4a4a52")))
    room(canvas, 54, wall=canvas.random.choice((rgb("#d7dfe0"), rgb("#e9dcc0"), rgb("#cfd8c4"))))
    pair(canvas, partial(sneaker, cloth=black, trim=trim, toe=rgb("#333238")))


def child_shoe(canvas: Canvas, cloth: Colour, trim: Colour) -> None:
    """A child's shoe: short and round, with a hook-and-loop strap and a star."""
    upper = curve("17,72 15,58 16,45 21,41 30,46 40,46 48,38 54,38 62,45 76,47 87,55 90,68 86,75 50,75")
    canvas.fill(curve("18,46 24,39 38,39 51,38 45,47 30,49"), darker(cloth, 0.6))
    canvas.solid(upper, cloth, bulge=6, depth=1.1, rough=0.08)
    canvas.solid(curve("72,47 82,50 90,58 91,72 72,75 68,60"), trim, bulge=3, depth=0.9)
    canvas.solid(curve("15,73 14.5,58 20,54 27,60 29,75"), trim, bulge=2, depth=0.9)
    strap = curve("45,46 50,40 58,42 61,52 62,64 53,66 48,57", steps=6)
    canvas.shadow(strap, 0.6, 1, 1)
    canvas.solid(strap, trim, bulge=1.5)
    canvas.stitches([*curve("47,46 51,42 57,43.6 59.4,52 60,62", closed=False)], lighter(trim, 0.7), 0.4, 1)
    star = [turned([(38, 62 - (6 if tip % 2 == 0 else 2.6))], tip * 36, (38, 62))[0] for tip in range(10)]
    canvas.solid(star, rgb("#ffd65a"), bulge=0.8)
    sole = curve("14,71 40,73 70,73 92,69 93,76 86,81.5 20,81.5 13,77", steps=6)
    canvas.solid(sole, SOLE, bulge=2.4, depth=0.9)
    canvas.line(smooth([(14, 77), (40, 78), (70, 78), (92.6, 75)], closed=False), trim, 1)


def sepatu_anak(canvas: Canvas) -> None:
    """A pair of children's shoes in bright colours."""
    cloth, trim = canvas.random.choice(
        (
            (rgb("#3f86c9"), rgb("#f0b63a")),
            (rgb("#e0708c"), rgb("#8f5fb0")),
            (rgb("#49a078"), rgb("#e8743b")),
            (rgb("#c93d3d"), rgb("#2f4f86")),
        )
    )
    room(canvas, 54)
    pair(canvas, partial(child_shoe, cloth=cloth, trim=trim))


def flat_shoe(canvas: Canvas, leather: Colour, lining: Colour, bow: Colour) -> None:
    """A right ballet flat from above, its toe at the top."""
    sole = curve("50,8 61,14 67,28 66,44 61,60 62,78 58,90 50,94 42,90 38,78 39,60 35,42 36,24 41,13")
    opening = curve("51,33 59,39 60,48 57,62 58,78 55,87 50,89.5 45,87 42,78 43,62 41,48 43,38")
    canvas.shadow(sole, 2.5, 3, 2.5, 0.65)
    canvas.solid(sole, leather, bulge=4, depth=1.2, rough=0.06)
    canvas.haze(ellipse(46, 20, 5, 6, 20), rgb("#fff6e8"), 2, 0.5, within=sole)
    canvas.line([*opening, opening[0]], darker(leather, 0.35), 1.6)
    canvas.solid(opening, lining, bulge=3.5, depth=-0.9)
    canvas.haze(box(38, 30, 62, 42), (30, 16, 8), 3, 0.6, within=opening)
    canvas.write(50, 79, "Majapahit", 3, darker(lining, 0.5))
    for side in (-1, 1):
        loop = smooth(
            [(51, 31), (51 + side * 5, 26.5), (51 + side * 9.5, 28), (51 + side * 9, 34), (51 + side * 4.5, 35)]
        )
        canvas.shadow(loop, 0.6, 0.9, 0.8)
        canvas.solid(loop, bow, bulge=1.4, depth=1.2)
    canvas.solid(ellipse(51, 31, 2.2, 2), bow, bulge=1, depth=1.2)


def sepatu_flat(canvas: Canvas) -> None:
    """A pair of women's flats with bows, from above."""
    random = canvas.random
    (table if random.random() < 0.5 else linen)(canvas)
    leather = random.choice(
        (rgb("#c98f7a"), rgb("#a8323a"), rgb("#2a2626"), rgb("#d9b98c"), rgb("#6f86a8"), rgb("#8a5a3a"))
    )
    bow, lean = random.choice((darker(leather, 0.2), rgb("#e9d9bd"), rgb("#d3a544"))), random.uniform(3, 9)
    for mirror, dx in ((True, -21), (False, 21)):
        with canvas.posed(dx, 0, 0.98, -lean if mirror else lean, mirror):
            flat_shoe(canvas, leather, rgb("#e8d6b8"), bow)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "sepatu-pantofel": ("Sepasang sepatu pantofel kulit", pantofel),
    "sepatu-sneakers": ("Sepasang sepatu sneakers", sneakers),
    "sepatu-sekolah": ("Sepasang sepatu sekolah hitam", school_shoes),
    "sepatu-anak": ("Sepasang sepatu anak dengan perekat", sepatu_anak),
    "sepatu-flat": ("Sepasang sepatu flat wanita berpita", sepatu_flat),
}
