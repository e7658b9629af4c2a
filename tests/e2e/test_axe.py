"""Every page of the table on a small phone: axe finds no fault, nothing sticks out, pictures below the fold wait."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import PHONE
from tests.e2e.pages import Windows, walk
from tests.e2e.servers import serve_here
from tests.pages_row import FILLED

pytestmark = pytest.mark.browser
# The widest element that sticks out, to find the culprit by.
SIDEWAYS = """() => {
    const page = document.scrollingElement;
    if (page.scrollWidth <= innerWidth) return null;
    const wide = [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
    const last = wide.at(-1);
    return `${page.scrollWidth} px wide, by ${last ? last.outerHTML.slice(0, 200) : "nobody"}`;
}"""
EAGER_BELOW_THE_FOLD = """() => [...document.images]
    .filter(image => image.loading !== "lazy" && image.getBoundingClientRect().top >= innerHeight)
    .map(image => image.src)"""
FAULTY = """<!doctype html><title>?</title><div style="width: 500px; height: 700px">
    <p style="color: #eee">Murah</p></div><img src="/foto/a.webp">"""


@pytest.mark.markup
@pytest.mark.timeout(400)
def test_every_page_can_be_used_by_everyone(app: Flask, chrome: Browser) -> None:
    axe, breaches = Axe(), []
    with serve_here(app) as url:
        for row, page in walk(app, Windows(chrome, url, PHONE)):
            breaches += [f"{row.name}: {breach}" for breach in _breaches(axe, page)]
            breaches += [f"{row.name}: {breach}" for breach in _eager(page) if row.state == FILLED]
    assert not breaches, "\n".join(breaches)


def test_each_kind_of_fault_is_noticed(chrome: Browser) -> None:
    page = chrome.new_page(viewport=PHONE)  # type: ignore[arg-type]
    page.set_content(FAULTY)
    breaches = "\n".join([*_breaches(Axe(), page), *_eager(page)])
    page.close()
    for fault in ("508 px wide", "not lazy", "color-contrast", "image-alt", "html-has-lang", "landmark-one-main"):
        assert fault in breaches


def _breaches(axe: Axe, page: Page) -> Iterator[str]:
    if wide := page.evaluate(SIDEWAYS):
        yield wide
    for found in axe.run(page).response["violations"]:
        places = "; ".join(node["html"][:200] for node in found["nodes"][:3])
        yield f"{found['id']} ({len(found['nodes'])} times): {places}"


def _eager(page: Page) -> Iterator[str]:
    yield from (f"not lazy: {source}" for source in page.evaluate(EAGER_BELOW_THE_FOLD))
