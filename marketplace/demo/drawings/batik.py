"""Batik cloth: four motifs of Mojokerto, folded on a table or hanging in pleats, and a shirt made of it."""

import math
from functools import partial

from PIL import Image, ImageChops

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import darker, lighter, rgb
from marketplace.demo.drawings.motifs import (
    DYES,
    Dye,
    Motif,
    alas_majapahit,
    mrico_bolong,
    sisik_gringsing,
    surya_majapahit,
    woven,
)
from marketplace.demo.drawings.shapes import Shape, box, curve, outline, smooth, symmetric, turned
from marketplace.demo.drawings.surfaces import room, table


def pleated(cloth: Image.Image, side: int, folds: int, phase: float) -> Image.Image:
    """The cloth hanging in soft pleats: squeezed, shifted and shaded column by column."""
    steps = folds * 8
    mesh, shade = [], Image.new("L", (steps, 1))
    for step in range(steps):
        first, last = (math.tau * (step + edge) / 8 + phase for edge in (0, 1))
        left, right = side * step // steps, side * (step + 1) // steps
        x1, x2 = (
            edge * side / steps + side * 0.006 * math.sin(wave) + 20 for edge, wave in ((step, first), (step + 1, last))
        )
        y1, y2 = (side * 0.03 + side * 0.005 * math.cos(wave) for wave in (first, last))
        mesh.append(((left, 0, right, side), (x1, y1, x1, y1 + side, x2, y2 + side, x2, y2)))
        shade.putpixel((step, 0), round(128 + 62 * math.sin(first) + 20 * math.sin(first * 0.37 + 1)))
    hung = cloth.transform((side, side), Image.Transform.MESH, mesh, Image.Resampling.BILINEAR)
    light = shade.resize((side, side), Image.Resampling.BICUBIC)
    return ImageChops.overlay(hung, Image.merge("RGB", (light, light, light)))


def folded(canvas: Canvas, cloth: Image.Image, dye: Dye, turn: float) -> None:
    """A folded length of cloth: layers below, the motif on top, a border of triangles (tumpal) along one side."""
    faces = {name: turned(shape, turn) for name, shape in _LAYERS.items()}
    canvas.shadow(faces["stack"], 3, 4, 4, 0.7)
    for layer in range(5, 0, -1):
        lower = [(x + layer * 0.5, y + layer * 1.15) for x, y in faces["stack"]]
        canvas.solid(lower, lighter(dye.ground, 0.12 if layer % 2 else 0.3), bulge=0.9, depth=1.2)
    turned_cloth = cloth.rotate(-turn, Image.Resampling.BILINEAR)
    canvas.paste(_part(turned_cloth, faces["stack"]), faces["stack"], bulge=1.6, depth=0.7)
    canvas.shadow(faces["flap"], 0.3, 1.6, 1.6, 0.65)
    canvas.paste(_part(turned_cloth.rotate(90), faces["flap"]), faces["flap"], bulge=1.5, depth=0.8)
    tumpal(canvas, dye, 13.5, 86.5, 54, turn)
    for place in (34, 63):
        crease = turned(box(place, 15, place + 1.2, 83), turn)
        canvas.haze(crease, (20, 8, 4), 1.4, 0.3)
        canvas.haze([(x - 2.2, y) for x, y in crease], (255, 244, 220), 1.4, 0.2)


_LAYERS = {"stack": box(14, 14, 86, 84, 1), "flap": box(13.5, 13, 86.5, 62, 1)}


def _part(cloth: Image.Image, shape: Shape) -> Image.Image:
    """The piece of cloth that lies under a shape."""
    scale, edge = cloth.width / 120, 10
    left, right = min(x for x, _ in shape) + edge, max(x for x, _ in shape) + edge
    top, bottom = min(y for _, y in shape) + edge, max(y for _, y in shape) + edge
    return cloth.crop((round(left * scale), round(top * scale), round(right * scale), round(bottom * scale)))


def batik(motif: Motif, canvas: Canvas) -> None:
    """Cloth with a motif: hanging in pleats behind a folded length of it, or folded on a table."""
    random = canvas.random
    dye, repeats = random.choice(DYES), random.randint(5, 7)
    cloth = woven(motif, dye, canvas, repeats)
    if random.random() < 0.35:
        hanging(canvas, cloth, dye)
    else:
        table(canvas)
        folded(canvas, cloth, dye, random.uniform(-14, 14))


def hanging(canvas: Canvas, cloth: Image.Image, dye: Dye) -> None:
    """Cloth over a wooden rack (gawangan), with a border along its hem."""
    room(canvas, 88)
    wood = rgb("#6b4326")
    for x in (6, 94):
        canvas.shadow(box(x - 1.6, 6, x + 1.6, 97))
        canvas.solid(box(x - 1.6, 6, x + 1.6, 97, 1), wood, bulge=1.2)
    hung = curve(
        "12,11 50,10.6 88,11 89,50 88,92 69,91.2 50,92 31,91.2 12,92 11,50",
        steps=5,
    )
    canvas.shadow(hung, 2.5, 3, 3, 0.6)
    pleats = pleated(cloth, canvas.side, canvas.random.randint(4, 7), canvas.random.uniform(0, 6))
    canvas.paste(pleats, hung, bulge=2, depth=0.8)
    tumpal(canvas, dye, 12, 88, 83)
    canvas.solid(box(2, 8, 98, 12, 1.5), wood, bulge=1.6, depth=1.2)


def tumpal(canvas: Canvas, dye: Dye, left: float, right: float, top: float, turn: float = 0) -> None:
    """A border with a row of triangles."""
    canvas.fill(turned(box(left, top, right, top + 7), turn), dye.body)
    wide = (right - left) / 15
    for place in range(15):
        x = left + (place + 0.5) * wide
        for reach, height, colour in ((wide * 0.45, 5.6, dye.line), (wide * 0.18, 2.4, dye.ground)):
            canvas.fill(turned([(x - reach, top + 6.4), (x + reach, top + 6.4), (x, top + 6.4 - height)], turn), colour)
    for y in (top, top + 7):
        canvas.line(turned([(left, y), (right, y)], turn), dye.accent, 0.7)


def kemeja(canvas: Canvas) -> None:
    """A short-sleeved batik shirt on a hanger."""
    random = canvas.random
    room(canvas, 97)
    dye = random.choice(DYES)
    cloth = woven(random.choice((surya_majapahit, alas_majapahit, mrico_bolong)), dye, canvas, random.randint(7, 9))
    canvas.line(curve("50,17 50,12 53,9 51,5 47.5,6.5", closed=False), rgb("#6d6a66"), 1.1)
    half = outline("50,22 58,17 70,21 81,27 93,47 80,54 74,44 73,60 74,92 62,94 50,94")
    body = symmetric(half)
    canvas.shadow(body, 3, 3, 4, 0.55)
    canvas.paste(_part(cloth, body), body, bulge=4, depth=1)
    for x, sway in ((34, 2), (41, -1), (62, 1), (68, -2)):
        fold = smooth([(x, 50), (x + sway, 70), (x + 1, 94), (x + 2.6, 94), (x + sway + 2, 70)])
        canvas.haze(fold, (20, 10, 5), 1.5, 0.35, within=body)
    canvas.fill([(46, 17), (50, 31), (54, 17), (50, 15)], darker(dye.ground, 0.5))
    for side in (-1, 1):
        collar = [(50 + side * 4, 15.5), (50 + side * 9.5, 17.5), (50 + side * 8.5, 29), (50 + side * 0.4, 32)]
        canvas.shadow(collar, 0.5, 1, 0.8)
        canvas.paste(_part(cloth, collar), collar, bulge=1, depth=0.9)
        canvas.line([(50 + side * 27, 27), (50 + side * 24, 44)], darker(dye.ground, 0.5), 0.4)
    canvas.line([(50, 32), (50, 94)], darker(dye.ground, 0.6), 0.6)
    for height in range(36, 92, 11):
        canvas.dot(51.4, height, 1.1, rgb("#efe3cc"))
    canvas.solid(box(57, 40, 69, 53, 1), dye.ground, bulge=0.5)
    canvas.paste(_part(cloth, box(57, 40, 69, 53)), box(57.3, 40.3, 68.7, 52.7), bulge=0.6, depth=0.8)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "batik-mrico-bolong": ("Kain batik motif mrico bolong", partial(batik, mrico_bolong)),
    "batik-sisik-gringsing": ("Kain batik motif sisik gringsing", partial(batik, sisik_gringsing)),
    "batik-surya-majapahit": ("Kain batik motif surya Majapahit", partial(batik, surya_majapahit)),
    "batik-alas-majapahit": ("Kain batik motif alas Majapahit", partial(batik, alas_majapahit)),
    "kemeja-batik": ("Kemeja batik lengan pendek di gantungan", kemeja),
}
