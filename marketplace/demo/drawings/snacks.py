"""Fried and crisp snacks: onde-onde, keciput, rambak, chips of tempe, banana and cassava."""

import math
from collections.abc import Callable, Sequence
from functools import partial

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import Shape, box, curve, ellipse, lump, moved, ruffle, smooth, turned
from marketplace.demo.drawings.surfaces import banana_leaf, ground, plate, room, standing_shadow, tray

Chip = Callable[[Canvas, float, float, float], None]

BOWLS = [rgb("#3f5660"), rgb("#5a3a28"), rgb("#2f5648"), rgb("#8a3f2c")]
MUNG_BEANS = [rgb("#9aa04a"), rgb("#8d8f3e"), rgb("#b0a552")]
CHOCOLATES = [rgb("#5a3018"), rgb("#4a2612"), rgb("#6b3b1e")]
TAROS = [rgb("#8a5aa0"), rgb("#7a4a92"), rgb("#9a6cb0")]
YELLOWS = [rgb("#f0cf6a"), rgb("#ecc456"), rgb("#f4d984")]
SESAME = rgb("#f6e3b4")


def sesame_ball(canvas: Canvas, x: float, y: float, radius: float, colour: Colour, seeds: int) -> None:
    """A fried ball rolled in sesame; the seeds lie closer together towards its edge, as on a sphere."""
    random = canvas.random
    body = lump(random, x, y, radius, radius * 0.97, 0.025)
    canvas.shadow(body, radius * 0.14, radius * 0.24, radius * 0.22, 0.6)
    canvas.solid(body, colour, bulge=radius * 0.62, depth=1.25, rough=0.16)
    canvas.haze(
        ellipse(x - radius * 0.3, y - radius * 0.35, radius * 0.28, radius * 0.2), rgb("#fff3cf"), radius * 0.2, 0.5
    )
    shadows: list[Shape] = []
    lit: dict[int, list[Shape]] = {}
    for seed in range(seeds):
        reach, angle = math.sqrt((seed + 0.5) / seeds) * 1.45, seed * 2.4 + random.uniform(-0.3, 0.3)
        flat = math.sin(reach) * radius * 0.96
        sx, sy = x + flat * math.cos(angle), y + flat * math.sin(angle)
        long, thin = radius * 0.1, radius * 0.055 * max(0.45, math.cos(reach))
        turn = math.degrees(angle) + 90 if reach > 1 else random.uniform(0, 180)
        light = 0.5 - (math.cos(angle) + math.sin(angle)) / 3 * math.sin(reach) + random.uniform(-0.1, 0.1)
        shadows.append(ellipse(sx + 0.15, sy + 0.2, long, thin, turn, 10))
        lit.setdefault(round(light * 5), []).append(ellipse(sx, sy, long, thin, turn, 10))
    canvas.strew(shadows, darker(colour, 0.4))
    for step, grains in lit.items():
        canvas.strew(grains, mix(darker(SESAME, 0.6), lighter(SESAME, 0.3), max(0.0, min(1.0, step / 5))))


def cut_ball(canvas: Canvas, x: float, y: float, radius: float, colour: Colour, filling: Colour) -> None:
    """Half an onde-onde with its cut face towards us: crust, white dough, filling."""
    random = canvas.random
    sesame_ball(canvas, x + radius * 0.12, y + radius * 0.1, radius, colour, 110)
    face = lump(random, x - radius * 0.1, y - radius * 0.05, radius * 0.9, radius * 0.9, 0.02)
    dough = moved(face, 0, 0, 0.93, (x, y))
    core = lump(random, x - radius * 0.1, y - radius * 0.03, radius * 0.68, radius * 0.66, 0.07)
    canvas.solid(face, lighter(colour, 0.25), bulge=0.8)
    canvas.solid(dough, rgb("#f3e2b8"), bulge=0.8, depth=0.6, rough=0.1)
    canvas.haze(core, darker(filling, 0.2), 0.5, 0.9, within=dough)
    canvas.solid(core, filling, bulge=1, depth=-0.5, rough=0.5)
    for _ in range(70):
        reach, angle = radius * 0.56 * math.sqrt(random.random()), random.uniform(0, 6.3)
        bean = random.choice((lighter(filling, 0.45), darker(filling, 0.3), lighter(filling, 0.2)))
        canvas.dot(
            x - radius * 0.1 + reach * math.cos(angle), y + reach * math.sin(angle), random.uniform(0.25, 0.5), bean
        )


def onde_onde(fillings: Sequence[Colour], canvas: Canvas) -> None:
    """A heap of onde-onde on a plate or tray, one cut open in front to show one of the fillings."""
    random = canvas.random
    ground(canvas)
    if random.random() < 0.6:
        banana_leaf(canvas, 2, random.uniform(50, 66), 98, 58, random.uniform(-24, 10))
    (tray if random.random() < 0.5 else plate)(canvas, 50, 54, 41, 35)
    colour = random.choice((rgb("#cf8a34"), rgb("#c47a2b"), rgb("#d99a43"), rgb("#bd7430")))
    filling = random.choice(fillings)
    rows = ((34, (37, 55, 70)), (45, (26, 44, 62, 77)), (58, (29, 71)))
    for y, places in rows:
        for x in places:
            sesame_ball(
                canvas, x + random.uniform(-1.5, 1.5), y + random.uniform(-1, 1), random.uniform(9.4, 10.4), colour, 90
            )
    cut_ball(canvas, 50 + random.uniform(-4, 4), 66, 13, colour, filling)


def keciput(canvas: Canvas) -> None:
    """Small crisp sesame balls on a plate, some rolled onto the table."""
    random = canvas.random
    ground(canvas)
    colour = random.choice((rgb("#b8742f"), rgb("#c98b45"), rgb("#a8652a")))
    well = plate(
        canvas, 50, 50, 38, 34, random.choice((rgb("#e9e2d2"), rgb("#4f6a72"), rgb("#a65a3d"), rgb("#2f5648")))
    )
    canvas.haze(well, (30, 16, 8), 3, 0.35)
    for ring, radius in ((15, 27), (11, 19), (7, 11), (3, 4)):
        for place in range(ring):
            angle = 6.283 * place / ring + ring
            x, y = 50 + radius * math.cos(angle), 50 + radius * 0.87 * math.sin(angle) - (27 - radius) * 0.2
            sesame_ball(canvas, x + random.uniform(-0.8, 0.8), y, random.uniform(5.6, 6.3), colour, 34)
    for _ in range(random.randint(3, 5)):
        sesame_ball(canvas, random.uniform(12, 88), random.uniform(88, 94), 5.2, colour, 34)


def cracker(canvas: Canvas, x: float, y: float, length: float, turn: float, colour: Colour) -> None:
    """One puffed strip of hide: a trough curled along its length, its skin full of bubbles."""
    random = canvas.random
    half, wide = length / 2, length * random.uniform(0.2, 0.27)
    bend = random.uniform(-0.25, 0.25) * length
    steps = [step / 4 - 1 for step in range(9)]
    upper = [(x + step * half, y - wide * random.uniform(0.8, 1.2) + bend * (step**2 - 0.4)) for step in steps]
    lower = [
        (x + step * half, y + wide * random.uniform(0.8, 1.2) + bend * (step**2 - 0.4)) for step in reversed(steps)
    ]
    body = turned(smooth(upper + lower, steps=5), turn, (x, y))
    canvas.shadow(body, 0.9, 1.6, 1.3, 0.6)
    canvas.solid(body, colour, bulge=wide * 0.8, depth=1.15, rough=0.18)
    trough = [(px, py + wide * 0.75) for px, py in upper] + [(px, py - wide * 0.85) for px, py in lower]
    canvas.haze(turned(smooth(trough, steps=3), turn, (x, y)), rgb("#a0602a"), wide * 0.25, 0.5, within=body)
    for _ in range(16):
        px, py = x + random.uniform(-0.9, 0.9) * half, random.uniform(-0.85, 0.85) * wide
        px, py = turned([(px, y + py + bend * (((px - x) / half) ** 2 - 0.4))], turn, (x, y))[0]
        size = random.uniform(0.1, 0.24) * wide
        canvas.fill(ellipse(px + size * 0.35, py + size * 0.35, size, size * 0.85, steps=12), darker(colour, 0.18))
        canvas.fill(ellipse(px, py, size * 0.9, size * 0.75, steps=12), lighter(colour, random.uniform(0.1, 0.6)))


def rambak(canvas: Canvas) -> None:
    """Curled rambak crackers heaped on a plate."""
    random = canvas.random
    ground(canvas)
    plate(canvas, 50, 54, 45, 39, random.choice(BOWLS))
    colour = random.choice((rgb("#f0d096"), rgb("#edc27a"), rgb("#f5e0b4")))
    for layer, reach in ((10, 27), (8, 18), (5, 9), (1, 0)):
        for piece in range(layer):
            angle = 6.283 * piece / layer + random.uniform(-0.2, 0.2)
            x, y = 50 + reach * math.cos(angle), 52 + reach * 0.82 * math.sin(angle)
            tone = mix(colour, rgb("#c98a3c"), random.uniform(0, 0.2))
            cracker(canvas, x, y, random.uniform(19, 25), random.uniform(0, 360), tone)


def tempe_chip(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A thin fried slice of tempe: golden batter with pale soybeans."""
    random = canvas.random
    batter = random.choice((rgb("#d29a45"), rgb("#c98c38"), rgb("#dba955")))
    body = lump(random, x, y, radius, radius * random.uniform(0.75, 0.95), 0.07, 11)
    canvas.shadow(body, 0.8, 1.2, 1, 0.5)
    canvas.solid(body, batter, bulge=1.4, depth=1, rough=0.4)
    for bean in range(20):
        reach, angle = radius * 0.78 * math.sqrt((bean + 0.5) / 20), bean * 2.4 + random.uniform(-0.4, 0.4)
        bx, by = x + reach * math.cos(angle), y + reach * 0.85 * math.sin(angle)
        shape = ellipse(bx, by, radius * 0.13, radius * 0.1, random.uniform(0, 180), 14)
        canvas.solid(shape, random.choice((rgb("#efd9a2"), rgb("#e5c684"), rgb("#f5e6bd"))), bulge=0.5, depth=1)


def banana_chip(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A thin fried round of banana, its dark heart in the middle."""
    random = canvas.random
    body = lump(random, x, y, radius, radius * random.uniform(0.8, 0.95), 0.05, 10)
    canvas.shadow(body, 0.8, 1.2, 1, 0.5)
    canvas.solid(body, random.choice((rgb("#f0c95a"), rgb("#e8bb48"), rgb("#f4d678"))), bulge=1.6, depth=1, rough=0.2)
    canvas.haze(ellipse(x, y, radius * 0.36, radius * 0.32), rgb("#b9782a"), 0.8, 0.6, within=body)
    seeds = [ellipse(*turned([(x + radius * 0.22, y)], turn, (x, y))[0], 0.5, 0.25, turn, 8) for turn in (0, 120, 240)]
    canvas.strew(seeds, rgb("#5a3212"))


def cassava_chip(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """A thin, wavy slice of cassava with a reddish seasoning."""
    random = canvas.random
    body = ruffle(random, x, y, radius, 5, 0.05, random.uniform(0.72, 0.9))
    canvas.shadow(body, 0.8, 1.2, 1, 0.5)
    canvas.solid(body, random.choice((rgb("#f7ebc8"), rgb("#f3e2b4"))), bulge=2, depth=1.2, rough=0.12)
    places = [(random.gauss(0, 0.36) * radius, random.gauss(0, 0.3) * radius) for _ in range(16)]
    specks = [ellipse(x + px, y + py, 0.42, 0.3, 0, 8) for px, py in places]
    canvas.strew(specks, rgb("#c2542a"))


def pouch(canvas: Canvas, words: tuple[str, str], chip: Chip) -> None:
    """A stand-up pouch of chips with a window, chips in front of it; `words` are the two lines of its label."""
    random = canvas.random
    room(canvas, 60)
    colour = random.choice((rgb("#b98d55"), rgb("#2f5d46"), rgb("#a5392c"), rgb("#2c2a29"), rgb("#d8a431")))
    standing_shadow(canvas, 50, 82, 52, 4)
    bag = curve("28,14 50,13 72,14 73,30 75,60 75,82 50,84 25,82 25,60 27,30", steps=6)
    canvas.solid(bag, colour, bulge=4, depth=1, rough=0.06)
    canvas.solid(box(28, 14, 72, 19), darker(colour, 0.12), bulge=0.7, depth=0.6)
    canvas.line([(28, 22), (72, 22)], darker(colour, 0.4), 0.5)
    canvas.solid(box(33, 26, 67, 41, 2), rgb("#f6ecd7"), bulge=0.5, depth=0.4)
    for y, word, ink in zip((31, 37), words, (darker(colour, 0.4), rgb("#a5392c")), strict=True):
        canvas.write(50, y, word, 5.6, ink)
    window = ellipse(50, 60, 18, 15)
    canvas.fill(window, rgb("#6b4420"))
    for x, y in ((41, 53), (58, 53), (39, 65), (60, 66), (50, 60)):
        chip(canvas, x, y, 8)
    canvas.haze(box(29, 24, 33, 78, 2), (255, 255, 250), 1.5, 0.35, within=bag)
    canvas.line([*window, window[0]], rgb("#f6ecd7"), 1)
    for x, y in ((20, 84), (79, 86), (33, 91), (62, 91), (48, 88)):
        chip(canvas, x + random.uniform(-2, 2), y + random.uniform(-1, 2), random.uniform(7.5, 9))


PROGRAMS: dict[str, tuple[str, Program]] = {
    "onde-onde": ("Onde-onde bertabur wijen, satu dibelah: isi kacang hijau", partial(onde_onde, MUNG_BEANS)),
    "onde-onde-cokelat": ("Onde-onde bertabur wijen, satu dibelah: isi cokelat", partial(onde_onde, CHOCOLATES)),
    "onde-onde-ungu": ("Onde-onde bertabur wijen, satu dibelah: isi talas ungu", partial(onde_onde, TAROS)),
    "onde-onde-kuning": ("Onde-onde bertabur wijen, satu dibelah: isi kuning", partial(onde_onde, YELLOWS)),
    "keciput": ("Keciput, bola wijen kecil yang renyah, di atas piring", keciput),
    "rambak": ("Kerupuk rambak yang mengembang di atas piring", rambak),
    "keripik-tempe": (
        "Keripik tempe dalam kemasan berjendela",
        lambda canvas: pouch(canvas, ("KERIPIK", "TEMPE"), tempe_chip),
    ),
    "keripik-pisang": (
        "Keripik pisang dalam kemasan berjendela",
        lambda canvas: pouch(canvas, ("KERIPIK", "PISANG"), banana_chip),
    ),
    "keripik-singkong": (
        "Keripik singkong dalam kemasan berjendela",
        lambda canvas: pouch(canvas, ("KERIPIK", "SINGKONG"), cassava_chip),
    ),
}
