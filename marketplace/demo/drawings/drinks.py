"""Things in bottles and glasses: sambal, coffee, herbal drinks."""

from collections.abc import Callable

from marketplace.demo.drawings.canvas import Canvas, Program
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb
from marketplace.demo.drawings.meals import chilli
from marketplace.demo.drawings.shapes import (
    Shape,
    arc,
    box,
    curve,
    ellipse,
    leaf,
    lump,
    smooth,
    symmetric,
    turned,
)
from marketplace.demo.drawings.snacks import pouch
from marketplace.demo.drawings.surfaces import room, standing_shadow

WHITE = (255, 255, 255)


def shine(canvas: Canvas, x: float, top: float, bottom: float, within: Shape) -> None:
    """The reflection of a window on glass, and the dark edge opposite."""
    canvas.haze(box(x, top, x + 2.6, bottom, 1.3), WHITE, 0.7, 0.65, within=within)
    canvas.haze(box(x + 3.8, top + 2, x + 4.4, bottom - 5), WHITE, 0.5, 0.4, within=within)


def glass_jar(canvas: Canvas, sauce: Colour, words: str) -> None:
    """A jar of sambal with a screw lid and a paper label."""
    random = canvas.random
    glass = symmetric(curve("50,28 65,28 69,36 70,56 69,77 64,80 50,80", closed=False, steps=6))
    standing_shadow(canvas, 50, 79, 40)
    canvas.solid(glass, sauce, bulge=5, rough=0.55)
    for _ in range(60):
        x, y = random.uniform(34, 66), random.uniform(34, 76)
        seed = ellipse(x, y, 0.7, 0.45, random.uniform(0, 180), 10)
        canvas.fill(seed, random.choice((rgb("#f3d08a"), lighter(sauce, 0.3), darker(sauce, 0.4))))
    tin = random.choice((rgb("#d0a243"), rgb("#2b2a28"), rgb("#b3b0a8"), rgb("#a5392c")))
    canvas.solid(box(33.5, 17, 66.5, 29, 1.6), tin, bulge=2.5, depth=1.2)
    for ridge in range(35, 66, 2):
        canvas.line([(ridge, 21), (ridge, 27.5)], darker(tin, 0.3), 0.3)
    label = [*arc(50, 43.6, 19.6, 2, 180, 0), *arc(50, 69, 19.6, 2, 0, 180)]
    canvas.solid(label, rgb("#f8efdc"), bulge=4, depth=0.55)
    canvas.write(50, 54.6, "SAMBAL", 7, rgb("#a5231a"))
    canvas.write(50, 63, words, 5.4, rgb("#3d2415"))
    shine(canvas, 33, 33, 75, glass)


def sambal(canvas: Canvas) -> None:
    """A jar of sambal with chillies, garlic and a bowl of the sauce."""
    random = canvas.random
    room(canvas, 60)
    sauce, words = random.choice(
        ((rgb("#b5271a"), "BAWANG"), (rgb("#9c5a2a"), "PECEL"), (rgb("#8e1f16"), "TERASI"), (rgb("#c03a1c"), "MATAH"))
    )
    with canvas.posed(random.uniform(-8, 0), 1, 1.15):
        glass_jar(canvas, sauce, words)
    bowl = curve("66,80 95,80 92,90 86,94 75,94 69,90", steps=6)
    standing_shadow(canvas, 81, 93, 26)
    canvas.solid(bowl, rgb("#5a4a42"), bulge=3)
    canvas.solid(ellipse(80.5, 80, 15, 4.4), rgb("#74635a"), bulge=1)
    canvas.solid(ellipse(80.5, 80.4, 13, 3.5), sauce, bulge=1.5, depth=1, rough=1)
    for place in range(4):
        chilli(canvas, 10 + place * 9, 88 + (place % 2) * 5, random.uniform(-25, 25), 17)
    for px, py in ((58, 93), (64, 96)):
        clove = smooth(
            [(px - 4, py), (px - 2, py - 4), (px + 1, py - 6), (px + 3, py - 3), (px + 3, py + 1), (px, py + 2)]
        )
        canvas.shadow(clove, 0.6, 1, 0.8)
        canvas.solid(clove, rgb("#f3e9dd"), bulge=1.5, depth=0.9)


def bottle(canvas: Canvas, drink: Colour, words: str, emblem: Callable[[Canvas], None]) -> None:
    """A bottle, darker below, with a cap and a label of two words under an emblem."""
    glass = symmetric(curve("55,12 55.4,20 59,27 63.5,34 64,46 64,82 61,86", closed=False, steps=6))
    standing_shadow(canvas, 50, 85, 28)
    canvas.solid(glass, drink, bulge=4.5, depth=1.1)
    canvas.haze(box(30, 70, 70, 89), darker(drink, 0.75), 5, 0.85, within=glass)
    canvas.haze(box(44, 10, 56, 23), rgb("#f5efe2"), 1, 0.6, within=glass)
    canvas.solid(box(43.6, 6, 56.4, 15, 1.2), rgb("#2f2a26"), bulge=1.6, depth=1.2)
    canvas.solid(ellipse(50, 54, 10.5, 11), rgb("#f7ecd8"), bulge=1, depth=0.5)
    emblem(canvas)
    canvas.write(50, 57.6, words, 4.4, rgb("#4a2713"))
    shine(canvas, 38, 36, 81, glass)


def coffee_emblem(canvas: Canvas) -> None:
    """A coffee bean for a label."""
    canvas.fill(ellipse(50, 48.6, 3.4, 2.3, -35), rgb("#5a3218"))
    canvas.line(arc(50, 48.6, 3, 0.8, 180, 360, -35), rgb("#f7ecd8"), 0.5)


def turmeric_emblem(canvas: Canvas) -> None:
    """A turmeric root with a leaf for a label."""
    canvas.fill(leaf(50, 49, 6, 3, -50), rgb("#4f7a3a"))
    canvas.fill(ellipse(49.4, 49.4, 3.4, 1.5, 14), rgb("#d9861f"))


def iced_glass(
    canvas: Canvas, x: float, foot: float, width: float, height: float, drink: Colour, milk: float = 0.8
) -> None:
    """A tumbler with ice cubes; `milk` 0 to 1 says how white the drink is at the top."""
    random = canvas.random
    w, top = width / 2, foot - height
    glass = [(x - w, top), (x + w, top), (x + w * 0.78, foot), (x - w * 0.78, foot)]
    standing_shadow(canvas, x, foot - 0.5, width)
    canvas.solid(glass, drink, bulge=3, depth=0.9)
    canvas.haze(box(x - w, top - 3, x + w, top + height * 0.3), rgb("#fbf3e2"), 4, milk, within=glass)
    for place in range(4):
        cx, cy = x + (place % 2 - 0.5) * w * 0.8, top + 4.5 + (place // 2) * 6.4
        cube = turned(box(cx - 3.2, cy - 3, cx + 3.2, cy + 3, 0.8), random.uniform(-25, 25), (cx, cy))
        canvas.solid(cube, mix(drink, rgb("#fdfaf2"), 0.72), bulge=1.4, depth=0.9, within=glass)
    canvas.line([glass[3], glass[0], glass[1], glass[2]], rgb("#eee8de"), 0.6)
    canvas.haze(box(x - w * 0.72, top + 3, x - w * 0.5, foot - 3, 0.4), WHITE, 0.5, 0.7)


def kopi(canvas: Canvas) -> None:
    """A bottle and a glass of iced milk coffee with coffee beans."""
    random = canvas.random
    room(canvas, 60)
    drink = random.choice((rgb("#b07a4a"), rgb("#9c683b"), rgb("#c2925f")))
    with canvas.posed(random.uniform(-15, -11)):
        bottle(canvas, drink, "KOPI\nSUSU", coffee_emblem)
    iced_glass(canvas, 71, 89, 27, 40, drink)
    beans(canvas, 18)


def black_coffee(canvas: Canvas) -> None:
    """A bottle and a glass of iced black coffee with coffee beans."""
    random = canvas.random
    room(canvas, 60)
    drink = random.choice((rgb("#3a1d10"), rgb("#2d160c"), rgb("#47260f")))
    with canvas.posed(random.uniform(-15, -11)):
        bottle(canvas, drink, "KOPI\nHITAM", coffee_emblem)
    iced_glass(canvas, 71, 89, 27, 40, drink, milk=0.1)
    beans(canvas, 18)


def sinom(canvas: Canvas) -> None:
    """A bottle and a glass of sinom, the turmeric and tamarind drink, with roots of turmeric."""
    random = canvas.random
    room(canvas, 60)
    drink = random.choice((rgb("#e09a24"), rgb("#d88a1c"), rgb("#e6ab3a")))
    with canvas.posed(random.uniform(-15, -11)):
        bottle(canvas, drink, "JAMU\nSINOM", turmeric_emblem)
    iced_glass(canvas, 71, 89, 27, 40, drink, milk=0.25)
    for place in range(4):
        root = lump(random, 12 + place * 11 + random.uniform(-2, 2), 92 + place % 2 * 3, 6, 2.8, 0.22, 8)
        canvas.shadow(root, 0.8, 1.2, 1)
        canvas.solid(root, rgb("#c9781f"), bulge=1.4, rough=0.15)
    for place in range(3):
        young = leaf(62 + place * 10, 96 - place % 2 * 2, 13, 4.6, random.uniform(-25, 15))
        canvas.shadow(young, 0.5, 0.8, 0.6)
        canvas.solid(young, rgb("#5f8f3c"), bulge=1)


def ground_coffee(canvas: Canvas) -> None:
    """A pouch of ground coffee with beans in its window and on the table."""
    pouch(canvas, ("KOPI", "BUBUK"), bean_heap)


def bean_heap(canvas: Canvas, x: float, y: float, radius: float) -> None:
    """Some coffee beans that lie together."""
    for place in range(7):
        far = radius * (0.6 if place else 0)
        bx, by = turned([(x + far, y)], place * 60 + x * 7, (x, y))[0]
        bean(canvas, bx, by, canvas.random.uniform(0, 180))


def beans(canvas: Canvas, count: int) -> None:
    """Coffee beans strewn along the front of the table."""
    random = canvas.random
    for _ in range(count):
        x, y, turn = random.uniform(6, 94), random.uniform(90, 98), random.uniform(0, 180)
        bean(canvas, x, y, turn)


def bean(canvas: Canvas, x: float, y: float, turn: float) -> None:
    """One roasted coffee bean."""
    body = ellipse(x, y, 2.3, 1.5, turn, 24)
    canvas.shadow(body, 0.3, 0.5, 0.5)
    canvas.solid(body, rgb("#4a2814"), bulge=0.8, depth=1.3)
    canvas.line(turned([(x - 2, y), (x, y + 0.3), (x + 2, y)], turn, (x, y)), rgb("#24110a"), 0.35)


def wedang(canvas: Canvas) -> None:
    """A hot herbal drink in a glass mug with ginger, lemongrass and a cinnamon stick."""
    random = canvas.random
    room(canvas, 58)
    drink = random.choice((rgb("#c4501f"), rgb("#b3302a"), rgb("#c9812a")))
    _mug(canvas, drink)
    for place in range(3):
        canvas.solid(lump(random, 36 + place * 11, 35 + place % 2, 5, 2.2, 0.1), rgb("#ecd08b"), bulge=0.8)
    for (foot, tip), width, colour in (
        (((57, 37), (66, 12)), 2.6, rgb("#7a4322")),
        (((40, 37), (31, 8)), 2, rgb("#a9b86a")),
    ):
        canvas.line([foot, tip], colour, width)
        canvas.line([(foot[0] - 0.5, foot[1] - 1), (tip[0] - 0.5, tip[1])], lighter(colour, 0.5), width * 0.3)
    for sway in (-8, 0, 7):
        with canvas.posed(dx=sway):
            canvas.haze(curve("48,28 51,21 46,14 50,5 51,6 48,14 53,21"), WHITE, 1.6, 0.5)
    for place in range(3):
        root = lump(random, 13 + place * 9, 89 + place % 2 * 4, 6.5, 3.6, 0.22, 8)
        bay = leaf(66 + place * 7, 93 - place * 2, 19, 6, random.uniform(-30, 20))
        for shape, colour in ((root, rgb("#c9a064")), (bay, rgb("#4f7a3a"))):
            canvas.shadow(shape, 0.8, 1.2, 1)
            canvas.solid(shape, colour, bulge=1.3, rough=0.1)


def _mug(canvas: Canvas, drink: Colour) -> None:
    standing_shadow(canvas, 47, 82, 42)
    canvas.line(arc(68, 56, 11, 14, -80, 80), rgb("#d9d2c6"), 3)
    canvas.line(arc(68, 56, 11, 14, -80, 80), rgb("#f4f0e8"), 1)
    glass = curve("25,34 69,34 68.5,60 66.5,78 60,83 34,83 28,78 25.5,60", steps=4)
    canvas.solid(glass, drink, bulge=5)
    canvas.haze(box(20, 26, 75, 40), rgb("#fbf3e6"), 2, 0.75, within=glass)
    canvas.solid(ellipse(47, 35, 22, 5), lighter(drink, 0.35), bulge=1.4, depth=0.8)
    shine(canvas, 30, 42, 77, glass)


PROGRAMS: dict[str, tuple[str, Program]] = {
    "sambal": ("Sambal dalam stoples kaca, dengan cabai dan bawang putih", sambal),
    "kopi": ("Kopi susu botolan dan segelas es kopi susu", kopi),
    "kopi-hitam": ("Kopi hitam botolan dan segelas es kopi hitam", black_coffee),
    "kopi-bubuk": ("Kopi bubuk dalam kemasan, dengan biji kopi", ground_coffee),
    "sinom": ("Jamu sinom botolan dengan kunyit", sinom),
    "wedang": ("Wedang rempah hangat dengan jahe, serai, dan kayu manis", wedang),
}
