"""Sandals, seen from above: leather, rubber flip-flops, wooden clogs."""

from functools import partial

from PIL import Image

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.motifs import DYES, surya_majapahit, woven
from marketplace.demo.drawings.shapes import Shape, along, curve, ellipse, outline, smooth
from marketplace.demo.drawings.shoes import LEATHERS
from marketplace.demo.drawings.surfaces import ground, linen, timber

RUBBERS = [rgb("#2f6fb0"), rgb("#c63a34"), rgb("#2f8a5b"), rgb("#e0a52f"), rgb("#2b2b2f"), rgb("#d7698c")]
FOOT = outline("49,7 59,10 66,21 67,36 62,52 61,66 62,80 58,91 50,95 42,91")
FOOTBED = smooth([*FOOT, (38, 80), (38, 64), (36, 48), (34, 32), (36, 17), (42, 9)])


def pair_from_above(canvas: Canvas, sandal: Program) -> None:
    """The left and the right sandal side by side."""
    lean = canvas.random.uniform(2, 10)
    for mirror, dx in ((True, -20), (False, 20)):
        with canvas.posed(dx, 0, 0.98, -lean if mirror else lean, mirror):
            sandal(canvas)


def sole(canvas: Canvas, upper: Colour, lower: Colour) -> None:
    """A footbed on a thick outer sole, stitched around."""
    outer = [(50 + (x - 50) * 1.06, 51 + (y - 51) * 1.03) for x, y in FOOTBED]
    canvas.shadow(outer, 2.5, 3.4, 2.5, 0.65)
    canvas.solid([(x + 0.4, y + 1) for x, y in outer], darker(lower, 0.3), bulge=1)
    canvas.solid(outer, lower, bulge=1.4)
    canvas.solid(FOOTBED, upper, bulge=2.5, depth=0.8, rough=0.14)
    seam = [(50 + (x - 50) * 0.94, 51 + (y - 51) * 0.97) for x, y in FOOTBED]
    canvas.stitches(seam, lighter(upper, 0.55), 0.35, 1)
    canvas.haze(ellipse(50, 80, 7, 8), darker(upper, 0.5), 3, 0.35)
    canvas.haze(ellipse(51, 22, 11, 9), darker(upper, 0.5), 3, 0.3)


def band(canvas: Canvas, shape: Shape, leather: Colour) -> None:
    """A strap over the foot, stitched along its edges."""
    canvas.shadow(shape, 1, 2.6, 1.8, 0.7)
    canvas.solid(shape, leather, bulge=3, depth=1.2, rough=0.08)


def leather_sandal(canvas: Canvas, leather: Colour, bed: Colour, crossed: bool) -> None:
    """A slip-on sandal with crossed straps or one broad strap with a buckle."""
    sole(canvas, bed, rgb("#2a1a12"))
    if crossed:
        for sweep in (
            outline("34,26 44,30 66,47 63,58 52,50 33,38"),
            outline("67,24 56,30 34,46 36,57 48,50 68,36"),
        ):
            band(canvas, smooth(sweep, steps=6), leather)
        return
    strap = curve("32,26 50,22 69,26 68,38 64.5,50 50,46 34.5,50 32,38", steps=6)
    band(canvas, strap, leather)
    for height in (26.4, 45.4):
        canvas.stitches(
            smooth([(34, height + 2.4), (50, height - 1), (67, height + 2.4)], closed=False),
            lighter(leather, 0.6),
            0.4,
            1,
        )
    canvas.solid(smooth([(56, 30), (63, 31), (62.4, 42), (55.4, 41)], steps=5), rgb("#c9a04a"), bulge=0.8, depth=1.3)
    canvas.solid(smooth([(57.6, 32.4), (61.4, 33), (61, 40), (57.2, 39.4)], steps=5), leather, bulge=0.7)


def sandal_kulit(canvas: Canvas) -> None:
    """A pair of leather sandals."""
    random = canvas.random
    ground(canvas)
    bed = random.choice((rgb("#c08a55"), rgb("#a8703f"), rgb("#7d4a2a"), rgb("#d3a873")))
    pair_from_above(
        canvas, partial(leather_sandal, leather=random.choice(LEATHERS), bed=bed, crossed=random.random() < 0.5)
    )


def flip_flop(canvas: Canvas, rubber: Colour, bed: Colour) -> None:
    """A rubber flip-flop: ribbed footbed, thong from the toes to both sides."""
    outer = [(50 + (x - 50) * 1.05, 51 + (y - 51) * 1.03) for x, y in FOOTBED]
    canvas.shadow(outer, 2.5, 3.4, 2.5, 0.65)
    canvas.solid([(x + 0.4, y + 1.2) for x, y in outer], darker(rubber, 0.35), bulge=1)
    canvas.solid(outer, rubber, bulge=1.4)
    canvas.solid(FOOTBED, bed, bulge=1.6, depth=0.7)
    for x, y, _ in [place for row in range(12, 93, 3) for place in along([(39, row), (62, row)], 2.6)]:
        if abs(x - 50) < 8 or 14 < y < 44:
            canvas.dot(x, y, 0.42, darker(bed, 0.18))
    thong = outline("50,21 56,27 63,40 66,55 62.5,56 58,43 50,30 42,43 37.5,56 34,55 37,40 44,27")
    strap = smooth(thong, steps=6)
    canvas.shadow(strap, 1, 2.4, 1.4, 0.7)
    canvas.solid(strap, rubber, bulge=1.4, depth=1.4)
    canvas.solid(ellipse(50, 22, 2.4, 2.8), rubber, bulge=1.2, depth=1.3)


def sandal_jepit(canvas: Canvas) -> None:
    """A pair of rubber flip-flops."""
    random = canvas.random
    ground(canvas)
    rubber = random.choice(RUBBERS)
    bed = random.choice((rgb("#f4f0e6"), mix(rubber, rgb("#ffffff"), 0.75), rgb("#3a3a3e"), rgb("#e9d59a")))
    pair_from_above(canvas, partial(flip_flop, rubber=rubber, bed=bed))


def clog(canvas: Canvas, wood: Colour, sun: Image.Image, cloth: Image.Image) -> None:
    """A wooden clog with a Majapahit sun printed on it and a broad strap."""
    outer = [(50 + (x - 50) * 1.04, 51 + (y - 51) * 1.02) for x, y in FOOTBED]
    canvas.shadow(outer, 3, 5, 2.5, 0.7)
    for layer in (3.4, 2.2, 1):
        canvas.solid([(x + layer * 0.4, y + layer) for x, y in outer], darker(wood, 0.35), bulge=0.9)
    canvas.paste(timber(canvas.random, 500, 200, wood).rotate(90, expand=True), FOOTBED, bulge=2, depth=0.9)
    canvas.paste(sun, ellipse(50, 79, 8, 9), bulge=0.8, depth=0.6)
    strap = curve("31,28 50,23 70,28 68.6,40 65,52 50,47 34.4,52 31,40", steps=6)
    canvas.shadow(strap, 1, 3, 1.8, 0.7)
    canvas.paste(cloth, strap, bulge=3, depth=1.1)
    for edge in (1.2, 22.5):
        path = smooth([(32.6, 28 + edge), (50, 23 + edge), (68.4, 28 + edge)], closed=False)
        canvas.line(path, rgb("#2a1a12"), 1.6)
    for x, y in ((33.6, 33), (33.6, 44), (67.4, 33), (67.4, 44)):
        canvas.solid(ellipse(x, y, 1.3, 1.3), rgb("#d3a544"), bulge=0.8, depth=1.3)


def klompen(canvas: Canvas) -> None:
    """A pair of wooden clogs (klompen, bakiak) with Majapahit motifs."""
    random = canvas.random
    linen(canvas, random.choice((rgb("#e9dfcb"), rgb("#9fae9a"), rgb("#7f95a6"), rgb("#b8563f"))))
    wood = random.choice((rgb("#d0a468"), rgb("#b98350"), rgb("#e0bd86")))
    dye = random.choice(DYES)
    sun, cloth = (woven(surya_majapahit, dye, canvas, repeats) for repeats in (1, 3))
    pair_from_above(canvas, partial(clog, wood=wood, sun=sun, cloth=cloth))


PROGRAMS: dict[str, tuple[str, Program]] = {
    "sandal-kulit": ("Sepasang sandal kulit", sandal_kulit),
    "sandal-jepit": ("Sepasang sandal jepit", sandal_jepit),
    "klompen": ("Sepasang klompen kayu bermotif surya Majapahit", klompen),
}
