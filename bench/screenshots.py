"""Takes pictures of every page of the table, on a phone and on a desk, light and dark, for people to look at.

python -m bench.screenshots FOLDER [WORD ...]: only rows whose name holds one of the words. FOLDER/sheets then holds
contact sheets of what stands above the fold, small enough to be kept with the documents.
"""

import re
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Page, sync_playwright

from marketplace import create_app
from tests import chromium
from tests.conftest import settings_for
from tests.e2e.conftest import FLAGS
from tests.e2e.pages import Windows, walk
from tests.e2e.servers import serve

SIZES = {"phone": (360, 640), "desk": (1280, 800)}
SCHEMES = ("light", "dark")
# On a sheet: how wide one page is and how many stand side by side; at most so many pages and bytes.
THUMBS = {"phone": (140, 10), "desk": (260, 5)}
PAGES_A_SHEET = 40
SHEET_BYTES = 110_000
GAP, LABEL = 8, 12


def main(folder: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as instance:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=FLAGS)
        app = create_app(settings_for(Path(instance), f"sqlite:///{instance}/pasar.db"))
        with app.app_context():
            upgrade()
        with serve(app) as servers:
            windows = Windows(chrome, servers.url, {"width": 360, "height": 640})
            for row, page in walk(app, windows, words or [""]):
                names.append(re.sub(r"\W+", "-", row.name))
                take(page, folder, names[-1])
        chrome.close()
    make_sheets(folder, names)


def take(page: Page, folder: Path, name: str) -> None:
    """The open page in both sizes and both schemes; what it says does not change in between."""
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
            page.screenshot(path=folder / f"{name}-{size}-{scheme}.png", full_page=True)


def make_sheets(folder: Path, names: list[str]) -> None:
    """Contact sheets of the pictures, into the folder `sheets`."""
    target = folder / "sheets"
    target.mkdir(exist_ok=True)
    for size in SIZES:
        for scheme in SCHEMES:
            pictures = [(name, folder / f"{name}-{size}-{scheme}.png") for name in names]
            for n, first in enumerate(range(0, len(pictures), PAGES_A_SHEET), 1):
                sheet = contact_sheet(pictures[first : first + PAGES_A_SHEET], size)
                save_small(sheet, target / f"{size}-{scheme}-{n}.webp")


def contact_sheet(pictures: list[tuple[str, Path]], size: str) -> Image.Image:
    """What stands above the fold of each, with its name below."""
    width, columns = THUMBS[size]
    full_width, full_height = SIZES[size]
    height = round(full_height * width / full_width)
    rows = -(-len(pictures) // columns)
    across, down = width + GAP, height + GAP + LABEL
    sheet = Image.new("RGB", (columns * across + GAP, rows * down + GAP), "#8f8f8f")
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(10)
    for n, (name, path) in enumerate(pictures):
        left, top = GAP + n % columns * across, GAP + n // columns * down
        with Image.open(path) as picture:
            fold = picture.convert("RGB").crop((0, 0, full_width, full_height))
        sheet.paste(fold.resize((width, height), Image.Resampling.LANCZOS), (left, top))
        draw.text((left, top + height), name[: width // 6], "#fff", font)
    return sheet


def save_small(picture: Image.Image, path: Path, most: int = SHEET_BYTES) -> None:
    """As WebP, in the best quality that takes no more than so many bytes."""
    for quality in range(48, 0, -8):
        picture.save(path, quality=quality, method=4)
        if path.stat().st_size <= most:
            return


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
