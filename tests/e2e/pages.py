"""Walks the table of pages in Chromium: every row in its scene, each person in a window of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Page

from tests.pages_row import EMPTY, ERROR, FILLED, LONG, MACHINES, PIECES, Row
from tests.pages_scenes import Scene, empty, filled, lengthened
from tests.pages_table import rows_of

# Sends a form as the page itself would, whatever its fields look like.
SEND = """([action, fields]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    for (const [name, value] of Object.entries(fields)) {
        const input = document.createElement("input");
        input.name = name;
        input.value = value;
        form.append(input);
    }
    document.body.append(form);
    HTMLFormElement.prototype.submit.call(form);
}"""


@dataclass
class Windows:
    """One window per person and scene, all of the same size."""

    chrome: Browser
    url: str
    size: dict[str, int]
    scene: Scene | None = None
    pages: dict[str, Page] = field(default_factory=dict)

    def enter(self, scene: Scene) -> None:
        """Close the windows of the scene before."""
        self.leave()
        self.scene = scene

    def of(self, who: str) -> Page:
        """The window of one person."""
        assert self.scene is not None
        if who not in self.pages:
            context = self.chrome.new_context(viewport=self.size, base_url=self.url, locale="id-ID")  # type: ignore[arg-type]
            if who in self.scene.cookies:
                context.add_cookies([{"name": "sesi", "value": self.scene.cookies[who], "url": self.url}])
            self.pages[who] = context.new_page()
        return self.pages[who]

    def leave(self) -> None:
        """Close them all."""
        for page in self.pages.values():
            page.context.close()
        self.pages.clear()


def walk(app: Flask, windows: Windows, words: Sequence[str] = ("",)) -> Iterator[tuple[Row, Page]]:
    """Every page with a face whose name holds one of the words, one after the other; the market fills up by the way."""
    scene = empty(app)
    yield from _rows(app, windows, scene, words, EMPTY)
    scene = filled(app)
    yield from _rows(app, windows, scene, words, FILLED, ERROR)
    yield from _rows(app, windows, lengthened(app, scene), words, LONG)
    windows.leave()


def _rows(app: Flask, windows: Windows, scene: Scene, words: Sequence[str], *states: str) -> Iterator[tuple[Row, Page]]:
    windows.enter(scene)
    for row in rows_of(*states):
        is_seen = row.endpoint not in MACHINES | PIECES and row.status not in {302, 303}
        if is_seen and any(word in row.name for word in words):
            page = windows.of(row.who)
            _open(page, row.path(app, scene), row.sent)
            yield row, page


def _open(page: Page, path: str, sent: dict[str, Any] | None) -> None:
    if sent is None:
        page.goto(path)
        return
    page.goto("/tentang")
    with page.expect_navigation():
        page.evaluate(SEND, [path, sent])
