"""Goods of cast brass: a bell, a statue, a key ring, an ashtray."""

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, rgb
from marketplace.demo.drawings.shapes import (
    Shape,
    arc,
    box,
    curve,
    ellipse,
    leaf,
    mirrored,
    outline,
    smooth,
    symmetric,
    turned,
)
from marketplace.demo.drawings.surfaces import ground, room, standing_shadow

BRASSES = [rgb("#d3961f"), rgb("#be8420"), rgb("#dda62e"), rgb("#c08a3a")]
GLINT = rgb("#fff3c4")


def brass(canvas: Canvas, shape: Shape, colour: Colour, bulge: float = 3) -> None:
    """A piece of polished brass."""
    canvas.solid(shape, colour, bulge, depth=1.9, polish=46)


def bell(canvas: Canvas) -> None:
    """A brass hand bell (genta) with bands of relief and a crowned handle."""
    room(canvas, 66)
    colour = canvas.random.choice(BRASSES)
    standing_shadow(canvas, 50, 88, 56)
    handle = symmetric(outline("50,6 52.6,10 51.6,14 55,18 52.4,22 54.8,28 52.4,34 55.6,39 50,42"))
    brass(canvas, smooth(handle, steps=5), colour, 2)
    for y in (14, 22, 34):
        brass(canvas, ellipse(50, y, 5, 1.3), lighter(colour, 0.1), 0.9)
    half = outline("50,40 57,41 62,47 64.5,57 67,68 72,78 78,85 76,88.4 50,90")
    body = smooth(symmetric(half), steps=6)
    brass(canvas, body, colour, 7)
    for y, reach in ((50, 13.2), (54, 14.2), (70, 18.6), (74, 20.8), (84, 27.5)):
        path = arc(50, y - 2, reach, 3, 4, 176)
        canvas.line(path, darker(colour, 0.55), 0.9)
        canvas.line([(x, py - 0.7) for x, py in path], lighter(colour, 0.5), 0.5)
    for place in range(-3, 4):
        flower = leaf(50 + place * 4.7, 69.4 - abs(place) * 0.7, 10, 5, -90 + place * 3)
        canvas.solid(flower, lighter(colour, 0.12), bulge=0.9, depth=1.5)
    canvas.haze(curve("39,46 42,46 38,70 32,82 29,82 35,66"), GLINT, 1.2, 0.85, within=body)
    canvas.haze(curve("62,52 66,66 72,80 66,80 61,66"), rgb("#3a2208"), 2.5, 0.55, within=body)


def statue(canvas: Canvas) -> None:
    """A seated Buddha of cast brass on a lotus throne."""
    room(canvas, 68)
    colour = canvas.random.choice(BRASSES)
    standing_shadow(canvas, 50, 91, 66)
    _glory(canvas, colour)
    brass(canvas, symmetric([(50, 84), (76, 84), (80, 92), (50, 92)]), darker(colour, 0.1), 2)
    for place in range(-4, 5):
        brass(canvas, leaf(50 + place * 6.6, 87.6, 12, 8, -90 + place * 3), lighter(colour, 0.05), 1.3)
    brass(
        canvas,
        curve("50,66 66,66 80,73 82,79 74,82 26,82 18,79 20,73 34,66"),
        colour,
        4,
    )
    torso = smooth(symmetric(outline("50,40 58,42 66,47 64,56 60,72 50,74")))
    brass(canvas, torso, colour, 5)
    robe = curve("37,45 43,43 52,56 60,70 50,74 41,72 38,58")
    canvas.solid(robe, lighter(colour, 0.12), bulge=1.2, depth=1.4)
    for fold in range(4):
        canvas.line(
            smooth([(38 + fold, 50 + fold * 5), (46 + fold, 60 + fold * 4), (55, 71 + fold)], closed=False),
            darker(colour, 0.45),
            0.5,
        )
    _statue_limbs(canvas, colour)
    _statue_head(canvas, colour)


def _glory(canvas: Canvas, colour: Colour) -> None:
    glory = ellipse(50, 33, 21, 23)
    brass(canvas, glory, darker(colour, 0.12), 2)
    canvas.solid(ellipse(50, 33, 17.5, 19.5), darker(colour, 0.35), bulge=1.5, depth=-1)
    for turn in range(0, 360, 20):
        ray = turned(leaf(50, 15.2, 4.6, 3, -90), turn, (50, 33))
        brass(canvas, ray, colour, 0.9)


def _statue_limbs(canvas: Canvas, colour: Colour) -> None:
    for side in (-1, 1):
        arm = curve("63,46 67.4,48 71,58 71.4,67 60,74.5 52,74 53,70 63,65 63.5,57")
        brass(canvas, arm if side > 0 else mirrored(arm), lighter(colour, 0.04), 2.8)
    brass(canvas, curve("26,76 40,72 56,76 74,80 64,83 44,81 30,82"), colour, 2.6)
    brass(canvas, ellipse(50, 74, 7.5, 2.6), lighter(colour, 0.1), 1.5)


def _statue_head(canvas: Canvas, colour: Colour) -> None:
    brass(canvas, box(46, 36, 54, 43, 2), darker(colour, 0.1), 2)
    for side in (-1, 1):
        brass(
            canvas,
            smooth([(50 + side * 8, 27), (50 + side * 10.4, 29), (50 + side * 9.6, 38), (50 + side * 7.6, 38)]),
            colour,
            1.2,
        )
    brass(
        canvas,
        smooth(symmetric(outline("50,17 57,19.5 59,26 57.5,33 54,38 50,39.6"))),
        lighter(colour, 0.06),
        4,
    )
    brass(
        canvas,
        smooth(symmetric(outline("50,12 53.6,13 55,16 59,21 59.4,25.6 55,22.6 50,21.6"))),
        darker(colour, 0.35),
        2,
    )
    for x in (45.8, 54.2):
        canvas.line(arc(x, 27.6, 2.5, 1.6, 20, 160), darker(colour, 0.7), 0.6)
        canvas.line(arc(x, 26.6, 3, 2, 200, 340), darker(colour, 0.5), 0.5)
    canvas.line(smooth([(50.6, 26), (51.4, 31), (49.6, 31.8)], closed=False), darker(colour, 0.5), 0.6)
    canvas.line(arc(50, 33.6, 2.8, 1.5, 15, 165), darker(colour, 0.7), 0.7)
    canvas.dot(50, 24, 0.8, lighter(colour, 0.7))


def key_ring(canvas: Canvas) -> None:
    """A key ring with a pendant of cast brass: the sun of Majapahit."""
    random = canvas.random
    ground(canvas)
    colour, steel = random.choice(BRASSES), rgb("#c9c6be")
    with canvas.posed(turn=random.uniform(-22, 22)):
        hoop = [*ellipse(50, 20, 14, 14), (64, 20)]
        canvas.line([(x + 1.5, y + 2.2) for x, y in hoop], rgb("#3a2413"), 2.2)
        for reach, tone in ((0, darker(steel, 0.35)), (-0.4, lighter(steel, 0.3))):
            canvas.line([(x + reach, y + reach) for x, y in hoop], tone, 2.4 + reach * 2)
        for link in range(4):
            chain = ellipse(50, 36 + link * 4.4, 1.6 if link % 2 else 2.6, 3)
            canvas.line([*chain, chain[0]], darker(steel, 0.45), 1.5)
            canvas.line([*chain, chain[0]], lighter(steel, 0.2), 0.7)
        for turn in range(0, 360, 45):
            ray = turned(leaf(50, 62, 19, 16, -90), turn, (50, 72))
            canvas.shadow(ray, 1.4, 2.2, 1.5, 0.5)
            brass(canvas, ray, colour, 2)
        brass(canvas, ellipse(50, 72, 17, 17), colour, 3)
        canvas.solid(ellipse(50, 72, 12.6, 12.6), darker(colour, 0.35), bulge=1.2, depth=-1.2)
        for turn in range(0, 360, 45):
            brass(canvas, turned(leaf(50, 70, 9, 5, -90), turn, (50, 72)), lighter(colour, 0.1), 1)
        brass(canvas, ellipse(50, 72, 4, 4), lighter(colour, 0.2), 1.5)


def ashtray(canvas: Canvas) -> None:
    """A round ashtray of cast brass with lotus petals around its rim."""
    random = canvas.random
    ground(canvas)
    colour = random.choice(BRASSES)
    canvas.shadow(ellipse(50, 54, 41, 38), 3, 5, 4, 0.7)
    petals, start = random.choice((12, 14, 16)), random.uniform(0, 30)
    for petal in range(petals):
        brass(canvas, turned(leaf(50, 30, 18, 13, -90), start + petal * 360 / petals, (50, 53)), colour, 2)
    brass(canvas, ellipse(50, 53, 31, 30), lighter(colour, 0.08), 4)
    canvas.solid(ellipse(50, 53.6, 25, 24), darker(colour, 0.4), bulge=6, depth=-1.5, polish=20)
    canvas.haze(ellipse(58, 62, 12, 8, -30), GLINT, 3, 0.4)
    for turn in (0, 120, 240):
        notch = turned(box(47, 22, 53, 32, 2.4), turn + start, (50, 53))
        canvas.solid(notch, darker(colour, 0.45), bulge=1.6, depth=-1.2)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "kuningan-genta": ("Genta dari cor kuningan", bell),
    "kuningan-arca": ("Arca Buddha duduk dari cor kuningan", statue),
    "kuningan-gantungan": ("Gantungan kunci surya dari cor kuningan", key_ring),
    "kuningan-asbak": ("Asbak bundar dari cor kuningan", ashtray),
}
