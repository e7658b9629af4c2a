"""Moist and dry cakes: klepon, kue lapis, cookies in jars, roti bluder, salted eggs beside them."""

import math

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import box, curve, egg, ellipse, lump, moved, turned
from marketplace.demo.drawings.surfaces import banana_leaf, ground, linen, plate, room, standing_shadow, table

WHITE = rgb("#fbf6ea")
COOKIES = [rgb("#e0ad5c"), rgb("#d39a4a"), rgb("#edc67c"), rgb("#8a5530")]


def coconut(canvas: Canvas, x: float, y: float, reach: float, flakes: int) -> None:
    """Grated coconut strewn around a point."""
    random = canvas.random
    for _ in range(flakes):
        far, angle = reach * math.sqrt(random.random()), random.uniform(0, 6.283)
        px, py, turn = x + far * math.cos(angle), y + far * math.sin(angle), random.uniform(0, 3.14)
        dx, dy = 0.9 * math.cos(turn), 0.9 * math.sin(turn)
        canvas.line([(px - dx + 0.2, py - dy + 0.3), (px + dx + 0.2, py + dy + 0.3)], rgb("#8f9a6a"), 0.35)
        canvas.line([(px - dx, py - dy), (px + dx, py + dy)], random.choice((WHITE, rgb("#efe9d6"))), 0.45)


def klepon_ball(canvas: Canvas, x: float, y: float, radius: float, colour: Colour) -> None:
    """A green rice ball rolled in grated coconut."""
    body = lump(canvas.random, x, y, radius, radius * 0.93, 0.03)
    canvas.shadow(body, 1, 1.6, 1.6, 0.6)
    canvas.solid(body, colour, bulge=radius * 0.6, depth=1.15)
    canvas.haze(ellipse(x - radius * 0.3, y - radius * 0.4, radius * 0.3, radius * 0.18), WHITE, 0.8, 0.6)
    coconut(canvas, x - 0.3, y - 0.4, radius * 0.97, 46)


def klepon(canvas: Canvas) -> None:
    """Klepon on a banana leaf, one bitten open so that the palm sugar runs."""
    random = canvas.random
    ground(canvas)
    plate(canvas, 50, 54, 44, 38, random.choice((WHITE, rgb("#8a5a34"), rgb("#5d6b58"))))
    banana_leaf(canvas, 10, 56, 80, 50, random.uniform(-16, 12))
    colour = random.choice((rgb("#5f9a3f"), rgb("#4f8d45"), rgb("#78a848")))
    for y, places in ((36, (38, 55)), (49, (28, 46, 64)), (62, (36, 71))):
        for x in places:
            klepon_ball(canvas, x + random.uniform(-1, 1), y + random.uniform(-1, 1), 9.3, colour)
    with canvas.posed(4 + random.uniform(-2, 2), 15):
        _bitten_klepon(canvas, colour)


def _bitten_klepon(canvas: Canvas, colour: Colour) -> None:
    """A klepon on the middle of the sheet, its palm sugar running out."""
    random = canvas.random
    klepon_ball(canvas, 50, 50, 10, colour)
    canvas.solid(lump(random, 51, 60, 7.5, 3.4, 0.12), rgb("#5a2c12"), bulge=1, depth=1.4)
    canvas.solid(lump(random, 50, 51.5, 7, 7, 0.04), lighter(colour, 0.35), bulge=1, depth=0.8)
    canvas.solid(lump(random, 50, 52, 4.2, 4, 0.08), rgb("#4a220d"), bulge=1, depth=-0.8)
    canvas.solid(curve("48,53 52.4,53 52,58 54,61 48,61 49,58"), rgb("#5a2c12"))
    canvas.haze(ellipse(49, 60, 2.6, 0.6), WHITE, 0.4, 0.8)
    canvas.haze(ellipse(50.4, 55.5, 0.5, 2), WHITE, 0.4, 0.6)


def layered_slice(canvas: Canvas, x: float, y: float, colours: list[Colour], width: float = 25) -> None:
    """A block of kue lapis: layers in front, a glossy top."""
    height, deep = 21.0, 7.0
    outline = [(x, y), (x + deep, y - deep), (x + width + deep, y - deep), (x + width + deep, y + height - deep)]
    canvas.shadow([*outline, (x + width, y + height), (x, y + height)], 1.5, 2, 2, 0.6)
    layers = 9
    thick = height / layers
    for layer in range(layers):
        top = y + layer * thick
        colour = colours[layer % len(colours)]
        canvas.solid(box(x, top, x + width, top + thick + 0.1), colour, bulge=0.5, depth=0.45)
        side = [
            (x + width, top),
            (x + width + deep, top - deep),
            (x + width + deep, top - deep + thick),
            (x + width, top + thick),
        ]
        canvas.fill(side, darker(colour, 0.3))
    lid = [(x, y), (x + deep, y - deep), (x + width + deep, y - deep), (x + width, y)]
    canvas.solid(lid, lighter(colours[0], 0.15), bulge=0.8, depth=0.7)
    canvas.haze(moved(lid, -1, 0, 0.5, (x + width / 2, y - 3)), WHITE, 1, 0.4)


def kue_lapis(canvas: Canvas) -> None:
    """Slices of steamed layer cake in stripes of two or three colours on a leaf."""
    random = canvas.random
    ground(canvas)
    plate(canvas, 50, 55, 45, 38, random.choice((WHITE, rgb("#dfe6e6"), rgb("#4a5a52"))))
    banana_leaf(canvas, 8, 60, 84, 50, random.uniform(-10, 8))
    cream = rgb("#f6ead2")
    colours = random.choice(
        (
            [rgb("#d94f5c"), cream],
            [rgb("#5c9a48"), cream],
            [rgb("#6b3d22"), cream],
            [rgb("#d94f5c"), cream, rgb("#5c9a48")],
        )
    )
    for x, y in ((24, 36), (50, 34), (15, 56), (42, 58)):
        layered_slice(canvas, x + random.uniform(-1, 1), y + random.uniform(-1, 1), colours)


def cookie(canvas: Canvas, x: float, y: float, radius: float, sort: int, colour: Colour) -> None:
    """One cookie: nastar (with clove), kastengel (with cheese), putri salju (sugared) or choco chip."""
    random = canvas.random
    turn = random.uniform(-70, 70)
    body = lump(random, x, y, radius, radius * 0.92, 0.03)
    if sort == 1:
        body = turned(box(x - radius * 1.15, y - radius * 0.5, x + radius * 1.15, y + radius * 0.5, 1), turn, (x, y))
    canvas.shadow(body, 0.6, 1, 0.9, 0.5)
    canvas.solid(
        body, WHITE if sort == 2 else colour, bulge=radius * 0.45, depth=0.8, rough=0.08 if sort == 2 else 0.15
    )
    if sort == 0:
        canvas.haze(ellipse(x - radius * 0.2, y - radius * 0.3, radius * 0.4, radius * 0.25), rgb("#ffe9a8"), 0.6, 0.7)
        canvas.line([(x, y - radius * 0.5), (x + 0.5, y - radius * 0.05)], rgb("#4a2a14"), 0.7)
        canvas.dot(x, y - radius * 0.55, 0.75, rgb("#38200f"))
    for _ in range(9 if sort in (1, 3) else 0):
        px, py = x + random.uniform(-0.6, 0.6) * radius, y + random.uniform(-0.45, 0.45) * radius
        speck = lump(random, px, py, 0.8, 0.6, 0.2, 6) if sort == 3 else ellipse(px, py, 1, 0.25, turn, 10)
        canvas.fill(speck, rgb("#3a1f12") if sort == 3 else rgb("#fbe3a0"))


def jar(canvas: Canvas, x: float, foot: float, width: float, height: float, sort: int, lid: Colour) -> None:
    """A clear jar (toples) full of cookies, with a coloured lid."""
    random = canvas.random
    left, right, top = x - width / 2, x + width / 2, foot - height
    glass = box(left, top, right, foot, 4)
    standing_shadow(canvas, x, foot, width)
    canvas.fill(glass, rgb("#8c6a48"))
    colour = COOKIES[3] if sort == 3 else random.choice(COOKIES[:3])
    radius = 5.4
    rows = int((height - 7) / 6.4)
    for row in range(rows):
        shift = 0 if row % 2 else 3.6
        for column in range(int((width - 3) / 7.2)):
            cx = left + radius + 0.6 + shift + column * 7.4
            if cx < right - radius + 0.5:
                cookie(canvas, cx, foot - 6.4 - (rows - 1 - row) * 6.4, radius, sort, colour)
    canvas.haze(box(left, top, left + width * 0.16, foot), rgb("#fffdf5"), 2, 0.5, within=glass)
    canvas.haze(box(right - width * 0.1, top, right, foot), rgb("#2a170b"), 2.4, 0.55, within=glass)
    canvas.haze(box(left + width * 0.14, top + 4, left + width * 0.2, foot - 5, 1), (255, 255, 255), 0.6, 0.75)
    canvas.line([*glass, glass[0]], rgb("#e9e4da"), 0.7)
    canvas.solid(box(left - 1.5, top - 6, right + 1.5, top + 3, 2.2), lid, bulge=2.2, depth=1.1)
    canvas.solid(box(left - 0.5, top - 7.5, right + 0.5, top - 4.6, 1.4), lighter(lid, 0.2), bulge=1)


def kue_kering(canvas: Canvas) -> None:
    """Two jars of cookies on a table, some cookies in front."""
    random = canvas.random
    room(canvas, 56)
    lid = random.choice((rgb("#b5312c"), rgb("#d7a13a"), rgb("#2f6b50"), rgb("#e9e2d4"), rgb("#7a4a86")))
    first, second = random.sample(range(4), 2)
    jar(canvas, 70, 74, 37, 46, second, lid)
    jar(canvas, 33, 83, 44, 56, first, lid)
    for place, sort in enumerate((first, first, first, second, second)):
        x, y = 46 + place * 9.5 + random.uniform(-1.5, 1.5), 88 + (place % 2) * 4
        cookie(canvas, x, y, 6, sort, COOKIES[3 if sort == 3 else 0])


def bun(canvas: Canvas, x: float, y: float, scale: float) -> None:
    """A soft bun in a paper cup, brushed with butter and sprinkled with cheese or chocolate."""
    random = canvas.random
    colour = random.choice((rgb("#c9802f"), rgb("#b96f28"), rgb("#d38f3d")))
    topping = random.choice((rgb("#ffe9a6"), rgb("#3d1f12")))
    with canvas.posed(x - 50, y - 50, scale):
        cup = curve("35,50 65,50 61.4,66 38.6,66", steps=4)
        canvas.shadow(cup, 2, 2, 2, 0.6)
        canvas.solid(cup, rgb("#f0e3cc"), bulge=2)
        for fold in range(-7, 8):
            canvas.line([(50 + fold * 1.9, 52), (50 + fold * 1.5, 65)], rgb("#c8ad85"), 0.45)
        canvas.solid(_BUN, colour, bulge=7, depth=1.1, rough=0.07)
        canvas.haze(ellipse(45.5, 42, 7, 3, -20), rgb("#ffe7b5"), 1.5, 0.65)
        for _ in range(34):
            crumb = ellipse(50 + random.gauss(0, 5), 42 + random.gauss(0, 2.4), 1.3, 0.35, random.uniform(0, 180), 10)
            canvas.fill(crumb, mix(topping, colour, random.uniform(0, 0.3)))


_BUN = curve("33,52 36,42 45.5,35 56,35 65,42.5 67,52 57.5,54 42.5,54")


def bluder(canvas: Canvas) -> None:
    """Roti bluder, soft buns in paper cups, on a wooden board."""
    random = canvas.random
    room(canvas, 50)
    board = box(6, 72, 94, 92, 4)
    canvas.shadow(board)
    canvas.solid(board, rgb("#b07b48"), bulge=1.5, rough=0.1)
    for x, y in ((36, 52), (66, 53)):
        bun(canvas, x, y, 1)
    for x, y in ((23, 69), (51, 71), (79, 69)):
        bun(canvas, x + random.uniform(-1, 1), y, 1.04)


def telur_asin(canvas: Canvas) -> None:
    """Blue-green salted eggs in a nest of straw, two halves showing the orange yolk."""
    random = canvas.random
    (table if random.random() < 0.7 else linen)(canvas)
    plate(canvas, 50, 54, 43, 37, random.choice((rgb("#8a5a34"), rgb("#e8dcc4"), rgb("#574538"))))
    for _ in range(170):
        x, y, turn = random.gauss(50, 15), random.gauss(50, 11), random.uniform(0, 180)
        straw = turned([(x - 9, y), (x, y + random.uniform(-2, 2)), (x + 9, y)], turn, (x, y))
        canvas.line(straw, mix(rgb("#d8b46a"), rgb("#96702f"), random.random()), 0.4)
    shell = random.choice((rgb("#a9c9bd"), rgb("#9fc4c4"), rgb("#b5cdb4")))
    for x, y, turn in ((34, 39, -20), (55, 35, 15), (72, 46, 60), (27, 58, -70)):
        whole = egg(x, y, 25, turn)
        canvas.shadow(whole)
        canvas.solid(whole, shell, bulge=6, depth=1, rough=0.06)
        canvas.haze(ellipse(x - 3, y - 4, 2.6, 2), (255, 255, 255), 1.3, 0.6)
    for x, y, turn in ((44, 63, -35), (64, 66, 20)):
        white = egg(x, y, 25, turn)
        canvas.shadow(white)
        canvas.solid(moved(white, 0.6, 0.9), shell, bulge=2)
        canvas.solid(white, rgb("#f8f5ea"), bulge=1.2, depth=0.6)
        yolk = lump(random, x, y + 0.5, 5.8, 5.6, 0.03)
        canvas.haze(yolk, rgb("#c4662a"), 0.6, 0.8)
        canvas.solid(yolk, rgb("#ea8a1f"), bulge=2, depth=0.8, rough=0.35)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "klepon": ("Klepon hijau bertabur kelapa parut di atas daun pisang", klepon),
    "kue-lapis": ("Potongan kue lapis di atas daun pisang", kue_lapis),
    "kue-kering": ("Kue kering dalam dua toples", kue_kering),
    "roti-bluder": ("Roti bluder dalam cup kertas di atas talenan", bluder),
    "telur-asin": ("Telur asin, dua di antaranya dibelah", telur_asin),
}
