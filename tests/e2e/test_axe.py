"""Every page of the table on a small phone: nothing that axe finds fault with, and no scrolling to the side."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import PHONE
from tests.e2e.pages import Windows, walk
from tests.e2e.servers import serve

pytestmark = pytest.mark.browser
# The widest element that sticks out, to find the culprit by.
SIDEWAYS = """() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return null;
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
    const last = wide.at(-1);
    return `${page.scrollWidth} px wide, by ${last ? last.outerHTML.slice(0, 200) : "nobody"}`;
}"""


@pytest.mark.timeout(400)
def test_every_page_can_be_used_by_everyone(app: Flask, chrome: Browser) -> None:
    axe, breaches = Axe(), []
    with serve(app) as servers:
        for row, page in walk(app, Windows(chrome, servers, PHONE)):
            breaches += [f"{row.name}: {breach}" for breach in _breaches(axe, page)]
    assert not breaches, "\n".join(breaches)


def _breaches(axe: Axe, page: Page) -> Iterator[str]:
    if wide := page.evaluate(SIDEWAYS):
        yield wide
    for found in axe.run(page).response["violations"]:
        places = "; ".join(node["html"][:200] for node in found["nodes"][:3])
        yield f"{found['id']} ({len(found['nodes'])} times): {places}"
