"""Takes a picture of every page of the table on a phone and on a desk, for people to look at.

python -m bench.screenshots FOLDER [WORD ...]: only rows whose name holds one of the words.
"""

import re
import sys
import tempfile
from pathlib import Path

from flask_migrate import upgrade
from playwright.sync_api import Page, sync_playwright

from marketplace import create_app
from tests import chromium
from tests.conftest import settings_for
from tests.e2e.conftest import FLAGS
from tests.e2e.pages import Windows, walk
from tests.e2e.servers import serve

WIDTHS = {360: 640, 1280: 800}


def main(folder: Path, words: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium.executable(), args=FLAGS)
        for width, height in WIDTHS.items():
            with tempfile.TemporaryDirectory() as instance:
                app = create_app(settings_for(Path(instance), f"sqlite:///{instance}/pasar.db"))
                with app.app_context():
                    upgrade()
                with serve(app) as servers:
                    for row, page in walk(
                        app, Windows(chrome, servers, {"width": width, "height": height}), words or [""]
                    ):
                        take(page, folder / f"{re.sub(r'[^a-z0-9]+', '-', row.name)}-{width}.png")
        chrome.close()


def take(page: Page, file: Path) -> None:
    """The whole page: its window is made as tall as the page, so that late pictures come and bars stand below."""
    usual = page.viewport_size
    assert usual is not None
    tall = max(usual["height"], page.evaluate("document.scrollingElement.scrollHeight"))
    page.set_viewport_size({"width": usual["width"], "height": tall})
    page.wait_for_load_state("networkidle")
    page.screenshot(path=file)
    page.set_viewport_size(usual)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2:])
