"""Shows what the demo market's drawing programs draw: a sheet of every kind, or pictures to be named by a fresh eye.

Usage: python -m bench.drawings
           writes docs/img/drawings.webp, one picture of each kind with its name.
       python -m bench.drawings blind FOLDER [HOW_MANY [SEED]]
           writes pictures of the demo goods under neutral names, and key.txt, to be opened after they were named.
"""

import sys
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

from marketplace.demo.content import products
from marketplace.demo.drawings import KINDS, draw

SHEET = Path(__file__).resolve().parent.parent / "docs" / "img" / "drawings.webp"
ACROSS, SIDE, NAME = 8, 120, 16  # pictures in a row; pixels of a picture, of the line below it
DRAWN, GAP, PAPER, INK = 300, 4, "#fdf8f1", "#3a2a20"


def main(arguments: list[str]) -> None:
    """Write the sheet, or the pictures without their names."""
    match arguments:
        case []:
            sheet().save(SHEET, "WEBP", quality=55, method=6)
            print(f"{SHEET.stat().st_size:,} bytes, {len(KINDS)} kinds")
        case ["blind", folder, *more]:
            count, seed = [*map(int, more), *(30, 1)[len(more) :]]
            blind(Path(folder), count, seed)
        case _:
            sys.exit(__doc__)


def sheet() -> Image.Image:
    """Every kind once, with the name that the data files call it by."""
    down = -(-len(KINDS) // ACROSS)
    page = Image.new("RGB", (ACROSS * (SIDE + GAP) + GAP, down * (SIDE + NAME + GAP) + GAP), PAPER)
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(10)
    for place, (kind, number) in enumerate(chosen()):
        left = GAP + place % ACROSS * (SIDE + GAP)
        top = GAP + place // ACROSS * (SIDE + NAME + GAP)
        page.paste(draw(kind, number, DRAWN).resize((SIDE, SIDE), Image.Resampling.LANCZOS), (left, top))
        pen.text((left + SIDE / 2, top + SIDE + NAME / 2), kind, INK, font, anchor="mm")
    return page


def chosen() -> list[tuple[str, int]]:
    """Of each kind the first picture that a product shows."""
    named = [name.split() for _, entry in products() for name in entry["pictures"]]
    numbers = {kind: int(number) for kind, number in reversed(named)}
    return [(kind, numbers.get(kind, 1)) for kind in KINDS]


def blind(folder: Path, count: int, seed: int) -> None:
    """Pictures 01.png, 02.png ... as the pages show them; key.txt tells what they are."""
    names = sorted({name for _, entry in products() for name in entry["pictures"]})
    picked = Random(seed).sample(names, count)
    folder.mkdir(parents=True, exist_ok=True)
    for place, name in enumerate(picked, 1):
        kind, number = name.split()
        draw(kind, int(number), 640).save(folder / f"{place:02}.png")
    key = "".join(f"{place:02} {name}\n" for place, name in enumerate(picked, 1))
    (folder / "key.txt").write_text(key, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
