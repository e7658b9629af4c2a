"""What the goods lie on and stand before: wood, cloth, banana leaf, plates, a shop's wall with a table."""

from random import Random

from PIL import Image, ImageChops

from marketplace.demo.drawings.canvas import Canvas
from marketplace.demo.drawings.colours import Colour, darker, lighter, mix, rgb, tinted
from marketplace.demo.drawings.grains import noise, streaks
from marketplace.demo.drawings.shapes import Shape, arc, ellipse, leaf, turned

WOODS = [rgb("#8a5a34"), rgb("#a9764a"), rgb("#6b4326"), rgb("#c09468"), rgb("#7d6450")]
CLOTHS = [
    rgb("#e9dfcb"),
    rgb("#d9c9a8"),
    rgb("#9fae9a"),
    rgb("#b8563f"),
    rgb("#33506b"),
    rgb("#d8a24a"),
    rgb("#e8e4dc"),
]
WALLS = [
    rgb("#e6d9c3"),
    rgb("#cfd8cf"),
    rgb("#d9c2a6"),
    rgb("#b9c4c6"),
    rgb("#e3cdbb"),
    rgb("#8fa79b"),
    rgb("#d9b36c"),
    rgb("#7f9bb0"),
    rgb("#d09a86"),
]
_FAINT = [100 + level // 4 for level in range(256)]
LEAF = rgb("#3f7d3a")
PLATES = [rgb("#f3eee4"), rgb("#dfe6e6"), rgb("#e8dcc4"), rgb("#51626b"), rgb("#b9c7b4")]


def timber(random: Random, across: int, down: int, colour: Colour) -> Image.Image:
    """A board with grain along its length."""
    sheet = Image.new("L", (across, down), 128)
    for cells, rows, share in ((3, 14, 0.5), (5, 60, 0.45), (14, 240, 0.4)):
        sheet = Image.blend(sheet, streaks(cells, rows, random.randrange(6), (across, down)), share)
    return tinted(sheet, darker(colour, 0.65), lighter(colour, 0.4), colour)


def table(canvas: Canvas, colour: Colour | None = None, planks: int = 5) -> None:
    """Wooden planks seen from above."""
    random, side = canvas.random, canvas.side
    colour = colour or random.choice(WOODS)
    boards = Image.new("RGB", (side, side))
    height = side // planks + 1
    for plank in range(planks):
        shade = mix(colour, random.choice(WOODS), random.uniform(0, 0.2))
        boards.paste(timber(random, side, height, shade), (0, plank * height))
        boards.paste(darker(colour, 0.75), (0, plank * height, side, plank * height + max(1, side // 240)))
    canvas.spread(boards.rotate(90) if random.random() < 0.4 else boards)


def linen(canvas: Canvas, colour: Colour | None = None) -> None:
    """A tablecloth with a fine weave and soft folds."""
    random, side = canvas.random, canvas.side
    colour = colour or random.choice(CLOTHS)
    weave = streaks(side // 3, side // 3, 3, (side, side))
    folds = noise(14, 3, random.randrange(100)).resize((256, 256), Image.Resampling.BICUBIC)
    folds = folds.rotate(random.uniform(20, 70), Image.Resampling.BILINEAR)
    folds = folds.resize((side, side), Image.Resampling.BICUBIC, (64, 64, 192, 192))
    sheet = Image.blend(folds, weave, 0.12)
    canvas.spread(tinted(sheet, darker(colour, 0.38), lighter(colour, 0.45), colour))


def ground(canvas: Canvas) -> None:
    """Wood or linen, seen from above."""
    if canvas.random.random() < 0.6:
        table(canvas)
    else:
        linen(canvas)


def room(canvas: Canvas, horizon: float = 62, wall: Colour | None = None, wood: Colour | None = None) -> None:
    """A softly blurred wall with spots of light, and a wooden table in front of it."""
    random, side = canvas.random, canvas.side
    wall, wood = wall or random.choice(WALLS), wood or random.choice(WOODS)
    edge = round(side * horizon / 100)
    glow = Image.linear_gradient("L").rotate(random.choice((90, 180))).resize((side, edge))
    picture = Image.new("RGB", (side, side))
    picture.paste(tinted(glow, darker(wall, 0.28), lighter(wall, 0.35)))
    board = timber(random, side, side - edge, wood)
    fall = Image.linear_gradient("L").resize(board.size)
    far = Image.new("RGB", board.size, mix(wood, wall, 0.55))
    picture.paste(Image.composite(board, far, fall.point([min(255, 90 + level) for level in range(256)])), (0, edge))
    canvas.spread(picture)
    for _ in range(random.randint(3, 6)):
        x, y, radius = random.uniform(5, 95), random.uniform(4, horizon * 0.7), random.uniform(4, 11)
        canvas.haze(ellipse(x, y, radius, radius), lighter(wall, 0.8), 1.2, 0.16)


def standing_shadow(canvas: Canvas, x: float, y: float, width: float, height: float = 3) -> None:
    """The shadow under something that stands on the table, its foot at (x, y)."""
    canvas.haze(ellipse(x + width * 0.12, y + height * 0.2, width * 0.62, height), (30, 16, 8), 2.5, 0.6)
    canvas.haze(ellipse(x, y, width * 0.5, height * 0.35), (18, 9, 4), 0.7, 0.75)


def banana_leaf(
    canvas: Canvas, x: float = 4, y: float = 60, length: float = 95, width: float = 52, turn: float = -14
) -> None:
    """A piece of banana leaf with its midrib and veins."""
    shape = leaf(x, y, length, width, turn)
    colour = mix(LEAF, rgb("#6fa044"), canvas.random.uniform(0, 0.6))
    canvas.shadow(shape)
    canvas.solid(shape, colour, bulge=2.5, depth=0.7, rough=0.12)
    veins = int(length / 1.6)
    for vein in range(2, int(veins * 0.9)):
        along = vein / veins
        reach = width * 0.47 * min(1.0, along * 3, (0.94 - along) * 1.9)
        for side in (-1, 1):
            start, end = (x + along * length, y), (x + along * length + reach * 0.3, y + side * reach * 0.92)
            canvas.line(turned([start, end], turn, (x, y)), darker(colour, 0.12 if vein % 2 else 0.22), 0.18)
    canvas.line(turned([(x, y), (x + length, y)], turn, (x, y)), lighter(rgb("#a8c26a"), 0.2), 1)


def plate(
    canvas: Canvas, x: float = 50, y: float = 54, rx: float = 40, ry: float = 33, colour: Colour | None = None
) -> Shape:
    """A plate; returns the outline of its inner part."""
    colour = colour or canvas.random.choice(PLATES)
    rim, well = ellipse(x, y, rx, ry), ellipse(x, y + 0.4, rx * 0.74, ry * 0.72)
    canvas.shadow(rim, 2, 3.5, 3, 0.6)
    canvas.solid(rim, colour, bulge=2, depth=0.8)
    canvas.line([*ellipse(x, y, rx * 0.95, ry * 0.95), (x + rx * 0.95, y)], mix(colour, rgb("#8b5b33"), 0.5), 0.35)
    canvas.solid(well, lighter(colour, 0.15), bulge=2, depth=-0.5)
    return well


def tray(canvas: Canvas, x: float = 50, y: float = 54, rx: float = 42, ry: float = 36) -> Shape:
    """A round tray of woven bamboo (tampah); returns the outline of its inner part."""
    colour = rgb("#c79a58")
    rim, floor = ellipse(x, y, rx, ry), ellipse(x, y, rx * 0.9, ry * 0.89)
    canvas.shadow(rim, 2, 3.5, 3, 0.6)
    canvas.solid(rim, colour, bulge=1.6)
    canvas.paste(wickerwork(canvas.random, colour, 22), floor, bulge=3, depth=-0.7)
    for start in range(0, 360, 12):
        canvas.line(arc(x, y, rx * 0.95, ry * 0.945, start, start + 3, steps=3), darker(colour, 0.5), 2.2)
    return floor


def wickerwork(random: Random, colour: Colour, strands: int, second: Colour | None = None) -> Image.Image:
    """A square sheet of flat strands woven over and under each other."""
    cell = 24
    tile = Image.new("RGB", (cell * 2, cell * 2))
    lying = tinted(Image.linear_gradient("L").resize((cell, cell)), lighter(colour, 0.3), darker(colour, 0.25))
    upright = tinted(
        Image.linear_gradient("L").rotate(90).resize((cell, cell)),
        darker(second or colour, 0.35),
        lighter(second or colour, 0.15),
    )
    for column in range(2):
        for row in range(2):
            tile.paste(upright if (column + row) % 2 else lying, (column * cell, row * cell))
    sheet = tiled(tile.resize((2 * 960 // strands, 2 * 960 // strands), Image.Resampling.BOX), 960)
    wear = noise(strands, strands, random.randrange(50)).resize(sheet.size).point(_FAINT)
    return ImageChops.soft_light(sheet, Image.merge("RGB", (wear, wear, wear)))


def tiled(tile: Image.Image, side: int) -> Image.Image:
    """A square sheet covered with repetitions of a tile."""
    sheet = Image.new("RGB", (side, side))
    for left in range(0, side, tile.width):
        for top in range(0, side, tile.height):
            sheet.paste(tile, (left, top))
    return sheet
