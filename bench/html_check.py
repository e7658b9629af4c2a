"""Lets the Nu HTML checker of the W3C read every page of the table, in both languages.

python -m bench.html_check: prints each complaint with its page and fails if there is one. Needs Java, and npm for the
checker itself; without them it says so and checks nothing.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from bench import _node
from marketplace import create_app
from marketplace.config import ROOT
from tests.conftest import settings_for
from tests.pages_row import MACHINES, PIECES, SCENE_OF
from tests.pages_scenes import SCENES
from tests.pages_table import rows_of

RESULT = ROOT / "bench" / "results" / "html_check.json"
VERSION = "26.9.27"
# What the checker's CSS reader does not know yet, though browsers do.
TOO_NEW = re.compile(r"text-wrap|color-scheme|light-dark")


def checker() -> Path | None:
    """The checker's archive, or None where Java or npm is missing."""
    place = _node.package("vnu-jar", VERSION) if shutil.which("java") else None
    return place / "build" / "dist" / "vnu.jar" if place else None


def save_pages(app: Flask, scene_name: str, folder: Path) -> int:
    """Every whole page of one scene as a file, without the pieces that scripts ask for; returns how many."""
    scene = SCENES[scene_name](app)
    saved = 0
    for row in rows_of(*(state for state, its in SCENE_OF.items() if its == scene_name)):
        if row.endpoint in MACHINES | PIECES:
            continue
        for language, path in row.paths(app, scene).items():
            page = row.open(scene.browser(app, row.who), path)
            if not page.location:
                name = re.sub(r"\W+", "-", f"{row.name} {language}")
                (folder / f"{name}.html").write_text(page.html)
                saved += 1
    return saved


def complaints(jar: Path, folder: Path) -> Iterator[str]:
    """What the checker says about the files: each sentence once, with the first page and how many have it."""
    command = ["java", "-jar", jar, "--stdout", "--exit-zero-always", "--format", "json", "--skip-non-html", folder]
    said = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)["messages"]
    judged = [each for each in said if each["type"] == "error" and not TOO_NEW.search(each["message"])]
    counts = Counter(each["message"] for each in judged)
    first = {each["message"]: each for each in reversed(judged)}
    for message, count in counts.most_common():
        page = Path(first[message]["url"]).stem
        yield f"{page} ({count} times): {message} {first[message].get('extract', '')!r}"


def check(app: Flask, jar: Path, scene_name: str) -> tuple[int, list[str]]:
    """How many pages of the scene were read, and what is wrong with them."""
    with tempfile.TemporaryDirectory() as folder:
        saved = save_pages(app, scene_name, Path(folder))
        return saved, list(complaints(jar, Path(folder)))


def main() -> None:
    jar = checker()
    if jar is None:
        print("Java or npm is missing: the Nu checker did not run.")
        return
    pages, found = 0, []
    for scene_name in SCENES:
        with tempfile.TemporaryDirectory() as instance:
            app = create_app(settings_for(Path(instance), f"sqlite:///{instance}/pasar.db"))
            with app.app_context():
                upgrade()
            saved, wrong = check(app, jar, scene_name)
        pages, found = pages + saved, found + wrong
    result = {
        "date": datetime.now(UTC).date().isoformat(),
        "conditions": f"Nu checker {VERSION}, every page of the table",
    }
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({**result, "pages": pages, "errors": len(found)}, indent=2) + "\n")
    print("\n".join(found) or f"{pages} pages, nothing to complain of.")
    if found:
        sys.exit(1)


if __name__ == "__main__":
    main()
