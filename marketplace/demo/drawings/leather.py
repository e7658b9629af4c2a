"""Sewn leather: handbags, wallets, belts."""

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import darker, lighter, mix, rgb
from marketplace.demo.drawings.shapes import arc, box, curve, ellipse, smooth, turned
from marketplace.demo.drawings.shoes import LEATHERS
from marketplace.demo.drawings.surfaces import ground, room, standing_shadow

BRASS = rgb("#d3a544")


def handbag(canvas: Canvas) -> None:
    """A leather handbag with a flap, a brass clasp and stitched edges."""
    random = canvas.random
    room(canvas, 70)
    leather = random.choice(LEATHERS)
    standing_shadow(canvas, 50, 91, 74)
    handle = curve("31,42 32,24 40,13 50,10.5 60,13 68,24 69,42", closed=False)
    canvas.line(handle, darker(leather, 0.55), 5)
    canvas.line([(x - 0.4, y - 0.5) for x, y in handle], leather, 3.6)
    canvas.line([(x - 0.9, y - 1) for x, y in handle], lighter(leather, 0.45), 0.7)
    body = curve(
        "20,42 35,39.4 65,39.4 80,42 84,60 87,84 82,91 50,92.4 18,91 13,84 16,60",
        steps=7,
    )
    canvas.solid(body, leather, bulge=5, depth=1.15, rough=0.09)
    canvas.stitches(
        curve("17.5,62 15.6,83 20,88.6 50,90 80,88.6 84.4,83 82.5,62", closed=False),
        lighter(leather, 0.55),
        0.5,
        1,
    )
    flap = curve(
        "19,41 35,38 65,38 81,41 82,54 78,64 60,69 50,70 40,69 22,64 18,54",
        steps=7,
    )
    canvas.shadow(flap, 0.6, 2.4, 1.8, 0.7)
    canvas.solid(flap, lighter(leather, 0.05), bulge=3, depth=1.1, rough=0.09)
    canvas.stitches([(50 + (x - 50) * 0.95, 53 + (y - 53) * 0.92) for x, y in flap], lighter(leather, 0.55), 0.45, 1)
    canvas.haze(smooth([(26, 43), (44, 41), (42, 47), (27, 52)]), rgb("#fff2dd"), 2.5, 0.3, within=flap)
    for x in (31, 69):
        canvas.solid(ellipse(x, 42.6, 3.4, 3.4), rgb("#d3a544"), bulge=1, depth=1.5)
        canvas.dot(x, 42.6, 1.8, darker(leather, 0.4))
    canvas.solid(box(45.6, 62, 54.4, 75, 1.6), rgb("#d3a544"), bulge=1.2, depth=1.5)
    canvas.solid(box(47.6, 67.4, 52.4, 72.4, 1), darker(rgb("#d3a544"), 0.35), bulge=0.8, depth=-1)


def wallet(canvas: Canvas) -> None:
    """A folded leather wallet and an open one with cards."""
    random = canvas.random
    ground(canvas)
    leather = random.choice(LEATHERS)
    lean = random.uniform(-10, 2)
    with canvas.posed(0, -14, 0.94, lean):
        canvas.shadow(box(8, 26, 92, 74, 4), 2, 3.5, 3, 0.7)
        canvas.solid(box(8, 26, 92, 74, 4), leather, bulge=2, rough=0.09)
        for left, right in ((11, 48), (52, 89)):
            for place, card in enumerate((rgb("#3f6b9a"), rgb("#d3a544"), rgb("#b5433a"))):
                top = 32 + place * 8
                canvas.solid(
                    box(left + 3, top, right - 3, top + 20, 1), mix(card, rgb("#ffffff"), 0.15), bulge=0.5, depth=0.6
                )
                pocket = box(left, top + 5, right, 71, 1.5)
                canvas.solid(pocket, lighter(leather, 0.04), bulge=0.9, rough=0.08)
                canvas.stitches(
                    [(left + 1 + step * 1.2, top + 6.3) for step in range(30)], lighter(leather, 0.5), 0.35, 1
                )
        canvas.haze(box(49, 27, 51, 73), (18, 9, 4), 1.2, 0.7)
    with canvas.posed(10, 24, 0.82, lean + 8):
        closed = box(22, 28, 78, 72, 5)
        canvas.shadow(closed, 2.5, 4, 3, 0.75)
        canvas.solid([(x + 0.8, y + 2) for x, y in closed], darker(leather, 0.3), bulge=1.5)
        canvas.solid(closed, leather, bulge=3, depth=1.15, rough=0.09)
        canvas.stitches(
            [(50 + (x - 50) * 0.94, 50 + (y - 50) * 0.92) for x, y in closed], lighter(leather, 0.55), 0.5, 1
        )
        canvas.solid(ellipse(50, 50, 6, 6), darker(leather, 0.15), bulge=1, depth=-1)
        for turn in range(0, 360, 45):
            canvas.line(turned([(52, 50), (55, 50)], turn, (50, 50)), darker(leather, 0.55), 0.8)


def belt(canvas: Canvas) -> None:
    """A rolled leather belt with a brass buckle, its end lying straight."""
    random = canvas.random
    ground(canvas)
    leather = random.choice(LEATHERS)
    with canvas.posed(turn=random.uniform(-12, 12)):
        tail = box(40, 66, 97, 80, 3)
        canvas.shadow(tail, 1.5, 3, 2, 0.7)
        canvas.solid(tail, leather, bulge=2, depth=1.1, rough=0.09)
        for y in (68.2, 77.8):
            canvas.stitches([(42 + step * 1.5, y) for step in range(34)], lighter(leather, 0.55), 0.45, 1)
        for place in range(5):
            canvas.dot(58 + place * 6, 73, 1, darker(leather, 0.7))
        coil = ellipse(42, 46, 34, 33)
        canvas.shadow(coil, 2.5, 4, 3, 0.7)
        for ring in range(5):
            reach = 34 - ring * 6
            canvas.solid(ellipse(42, 46, reach, reach * 0.97), darker(leather, 0.4), bulge=1)
            canvas.solid(ellipse(42, 46, reach - 0.8, (reach - 0.8) * 0.97), leather, bulge=2.2, depth=1.2, rough=0.09)
            canvas.stitches(arc(42, 46, reach - 2.4, (reach - 2.4) * 0.97, 0, 360, steps=60), lighter(leather, 0.5))
        canvas.fill(ellipse(42, 46, 5, 4.8), darker(leather, 0.75))
        frame = box(70, 24, 94, 50, 4)
        canvas.shadow(frame, 1.5, 2.5, 1.5, 0.7)
        canvas.solid(frame, BRASS, bulge=2, depth=1.6, polish=30)
        canvas.solid(box(75, 29, 89, 45, 2), leather, bulge=1, depth=-0.8, rough=0.09)
        canvas.solid(box(66, 35.6, 92, 38.6, 1.4), lighter(BRASS, 0.1), bulge=1, depth=1.5)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "tas-kulit": ("Tas tangan kulit dengan gesper kuningan", handbag),
    "dompet-kulit": ("Dompet kulit, terbuka dan terlipat", wallet),
    "sabuk-kulit": ("Sabuk kulit tergulung dengan gesper kuningan", belt),
}
