"""Woven and printed goods: bamboo baskets, boxes and trays, ecoprint."""

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import (
    Point,
    Shape,
    along,
    arc,
    box,
    curve,
    ellipse,
    leaf,
    smooth,
    turned,
)
from marketplace.demo.drawings.surfaces import ground, room, standing_shadow, wickerwork

BAMBOOS = [rgb("#d8b06a"), rgb("#c99a52"), rgb("#e3c48a"), rgb("#b98748")]
STRANDS = [rgb("#8a4a2a"), rgb("#3f6b4a"), rgb("#2f4a6e"), rgb("#7a2f2a"), rgb("#a97b3c")]
PLANTS = [rgb("#7a5a2c"), rgb("#4f6b3a"), rgb("#8a4a52"), rgb("#5c6f52"), rgb("#a5763a"), rgb("#3f4a3c")]


def basket(canvas: Canvas) -> None:
    """A basket of woven bamboo with a handle."""
    random = canvas.random
    room(canvas, 62)
    colour, second = random.choice(BAMBOOS), random.choice(STRANDS)
    standing_shadow(canvas, 50, 90, 66)
    for shift, tone in ((-1.6, darker(colour, 0.35)), (1.2, colour)):
        hoop = arc(50, 52 + shift, 36, 42, 182, 358)
        canvas.line(hoop, darker(tone, 0.3), 3)
        canvas.line([(x - 0.4, y - 0.5) for x, y in hoop], lighter(tone, 0.2), 1.5)
    for x, y, turn in along(arc(50, 51, 36, 42, 240, 300), 2.2):
        canvas.line(turned([(x, y - 2.4), (x, y + 2.4)], turn + 12, (x, y)), second, 1.3)
    canvas.solid(ellipse(50, 52, 40, 10), darker(colour, 0.55), bulge=3, depth=-1)
    canvas.haze(ellipse(50, 55, 34, 6), (25, 13, 6), 3, 0.7)
    body = curve(
        "10,52 30,60 50,62 70,60 90,52 86,72 79,88 64,92 36,92 21,88 14,72",
        steps=7,
    )
    canvas.paste(wickerwork(random, colour, random.choice((12, 14, 16)), second), body, bulge=7, depth=1.1)
    rim = arc(50, 52, 39.4, 10, 2, 178)
    canvas.line(rim, darker(colour, 0.4), 4.4)
    canvas.line([(x, y - 0.5) for x, y in rim], lighter(colour, 0.1), 3)
    for x, y, turn in along(rim, 2.6):
        canvas.line(turned([(x - 1, y - 2.1), (x + 1, y + 2.1)], turn, (x, y)), darker(colour, 0.4), 0.5)
    canvas.line(arc(50, 52, 40, 10, 180, 360), lighter(colour, 0.05), 1.6)


def besek(canvas: Canvas) -> None:
    """Square bamboo boxes (besek): an open one lined with banana leaf, a closed one with its lid."""
    random = canvas.random
    ground(canvas)
    colour, strands = random.choice(BAMBOOS), random.choice((18, 22, 26))
    lean = random.uniform(-10, 10)
    for dx, dy, lid in ((-17, -17, False), (15, 13, True)):
        with canvas.posed(dx, dy, 0.62, lean + (6 if lid else 0)):
            tone = lighter(colour, 0.12) if lid else colour
            case = box(4, 4, 96, 96, 4)
            canvas.shadow(case, 4, 7, 4, 0.75)
            canvas.solid([(x + 1.5, y + 4) for x, y in case], darker(tone, 0.4), bulge=2)
            canvas.paste(
                wickerwork(random, tone, strands, mix(tone, random.choice(STRANDS), 0.25)), case, bulge=4, depth=1
            )
            _besek_rim(canvas, case, tone)
            if not lid:
                inner = box(13, 13, 87, 87, 2)
                canvas.solid(inner, rgb("#3a6a30"), bulge=6, depth=-1.3, rough=0.05)
                for vein in range(17, 86, 3):
                    canvas.line([(14, vein), (86, vein - 3)], rgb("#2f5a29"), 0.35)
                canvas.haze(box(10, 10, 90, 22), (20, 12, 5), 4, 0.6, within=inner)
                canvas.haze(box(10, 10, 20, 90), (20, 12, 5), 4, 0.5, within=inner)


def _besek_rim(canvas: Canvas, case: Shape, tone: Colour) -> None:
    edge = [(50 + (x - 50) * 0.96, 50 + (y - 50) * 0.96) for x, y in [*case, case[0]]]
    canvas.line(edge, darker(tone, 0.4), 3.4)
    canvas.line(edge, lighter(tone, 0.15), 2.2)
    for x, y, turn in along(edge, 4):
        canvas.line(turned([(x, y - 2), (x, y + 2)], turn + 20, (x, y)), darker(tone, 0.45), 0.7)


def printed_leaf(canvas: Canvas, x: float, y: float, length: float, turn: float, within: Shape) -> None:
    """The print that a leaf leaves on cloth: pale inside, a darker edge, veins."""
    colour = canvas.random.choice(PLANTS)
    width = length * canvas.random.uniform(0.4, 0.75)
    shape = leaf(x, y, length, width, turn)
    canvas.haze(shape, colour, 0.25, 0.8, within=within)
    canvas.haze(
        leaf(*turned([(x + length * 0.1, y)], turn, (x, y))[0], length * 0.8, width * 0.75, turn),
        lighter(colour, 0.55),
        0.8,
        0.45,
        within=within,
    )
    canvas.line(turned([(x - length * 0.12, y), (x + length * 0.95, y)], turn, (x, y)), darker(colour, 0.15), 0.35)
    for part in (0.2, 0.36, 0.52, 0.68):
        for side in (-1, 1):
            vein: list[Point] = [
                (x + length * part, y),
                (x + length * (part + 0.14), y + side * width * 0.38 * (1.1 - part * 0.7)),
            ]
            canvas.line(turned(vein, turn, (x, y)), darker(colour, 0.1), 0.22)


def tote(canvas: Canvas) -> None:
    """A canvas tote bag printed with leaves (ecoprint)."""
    random = canvas.random
    room(canvas, 80)
    cloth = random.choice((rgb("#f1e8d6"), rgb("#e6dcc0"), rgb("#e9d9c9"), rgb("#dfe0cf")))
    standing_shadow(canvas, 50, 92, 62)
    for tone, shift in ((darker(cloth, 0.25), 2), (darker(cloth, 0.06), 0)):
        strap = smooth(
            [(34, 37), (35, 20), (42, 8 + shift), (50, 5.5 + shift), (58, 8 + shift), (65, 20), (66, 37)], closed=False
        )
        canvas.line([(x + 0.6, y + 0.8) for x, y in strap], darker(tone, 0.5), 3.4)
        canvas.line(strap, tone, 3.2)
    bag = box(18, 34, 82, 91.5, 2)
    canvas.shadow(bag, 2.5, 2.5, 3, 0.45)
    canvas.solid(bag, cloth, bulge=2.2, depth=0.7, rough=0.06)
    for place in range(12):
        x, y = 30 + place % 4 * 13.5 + random.uniform(-3, 3), 61 + place // 4 * 13 + random.uniform(-3, 3)
        printed_leaf(canvas, x, y, random.uniform(14, 20), -90 + random.uniform(-40, 40), bag)
    for x, sway in ((30, 3), (58, -3), (72, 2)):
        canvas.haze(
            smooth([(x, 38), (x + sway, 62), (x - 1, 90), (x + 2, 90), (x + sway + 2.5, 62)]),
            darker(cloth, 0.6),
            1.8,
            0.25,
            within=bag,
        )
    canvas.stitches(smooth([(19, 39), (50, 39.6), (81, 39)], closed=False), darker(cloth, 0.3), 0.4, 1)
    for x in (34, 66):
        canvas.solid(box(x - 1.8, 34, x + 1.8, 42), darker(cloth, 0.06), bulge=0.6)


def ecoprint(canvas: Canvas) -> None:
    """Rolled and spread cloth printed with leaves."""
    random = canvas.random
    ground(canvas)
    cloth = random.choice((rgb("#efe6d0"), rgb("#e3d7b4"), rgb("#ead5c4"), rgb("#d5dcc8")))
    sheet = box(7, 6, 93, 74, 1)
    canvas.shadow(sheet, 2, 3, 3, 0.6)
    canvas.solid(sheet, cloth, bulge=1, depth=0.7, rough=0.06)
    for row in range(4):
        for column in range(5):
            x, y = 18 + column * 16 + random.uniform(-2.5, 2.5), 24 + row * 16 + random.uniform(-1.5, 3)
            printed_leaf(canvas, x, y, random.uniform(12, 17), random.uniform(-125, -55), sheet)
    for y in (76, 88):
        roll = box(7, y - 6.5, 93, y + 6.5, 6)
        canvas.shadow(roll, 1.5, 2.5, 2, 0.6)
        canvas.solid(roll, cloth, bulge=5.5, depth=1.1, rough=0.06)
        for place in range(7):
            printed_leaf(canvas, 14 + place * 12, y + 4, random.uniform(7, 9), random.uniform(-120, -60), roll)
        for ring in (4.6, 3, 1.5):
            canvas.line([*ellipse(90.5, y, ring * 0.6, ring), (90.5 + ring * 0.6, y)], darker(cloth, 0.4), 0.45)


def tampah(canvas: Canvas) -> None:
    """A round, flat tray of woven bamboo (tampah), a smaller one leaning on it."""
    random = canvas.random
    ground(canvas)
    colour, second = random.choice(BAMBOOS), random.choice(STRANDS)
    for x, y, radius in ((45, 44, 39), (70, 72, 24)):
        rim = ellipse(x, y, radius, radius * 0.97)
        canvas.shadow(rim, 3, 4.5, 3, 0.7)
        canvas.solid(rim, darker(colour, 0.15), bulge=2)
        weave = wickerwork(random, colour, random.choice((18, 22)), mix(colour, second, 0.3))
        canvas.paste(weave, ellipse(x, y, radius * 0.9, radius * 0.87), bulge=5, depth=-0.8)
        for px, py, turn in along([*ellipse(x, y, radius * 0.95, radius * 0.92)], 4.5):
            canvas.line(turned([(px, py - 2.2), (px, py + 2.2)], turn + 24, (px, py)), second, 0.9)
        canvas.haze(arc(x, y, radius * 0.86, radius * 0.83, 190, 290), rgb("#fff2d0"), 3, 0.18)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "anyaman-keranjang": ("Keranjang anyaman bambu bergagang", basket),
    "anyaman-besek": ("Besek anyaman bambu", besek),
    "anyaman-tampah": ("Tampah anyaman bambu", tampah),
    "ecoprint-tas": ("Tas kain ecoprint bercorak daun", tote),
    "ecoprint-kain": ("Kain ecoprint bercorak daun", ecoprint),
}
