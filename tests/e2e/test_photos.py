"""A seller's photos from the upload until they are ready: the page follows by itself, and only while it is seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page
from sqlalchemy import select

from marketplace.catalog.models import Photo
from marketplace.catalog.picture_names import WHOLE
from marketplace.db import db
from tests.catalog.photos import jpeg
from tests.e2e.conftest import Phones

pytestmark = [pytest.mark.browser, pytest.mark.markup]
PATH = "/jualan/produk/onde-onde-isi-10/foto"


def made(phones: Phones) -> bool:
    with phones.app.app_context():
        return db.session.scalar(select(Photo.edition)) == WHOLE


def test_a_photo_becomes_ready_before_the_sellers_eyes(phones: Phones, run_jobs: Callable[[], int]) -> None:
    page = phones.phone("bu_ani")
    asked = looks_of(page)
    if phones.javascript:
        page.clock.install()
    page.goto(PATH)
    page.set_input_files("input[type=file]", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()})
    page.get_by_role("button", name="Unggah foto").click()
    page.get_by_text("Menunggu giliran").wait_for()
    assert run_jobs() and made(phones)
    if not phones.javascript:
        page.get_by_role("link", name="Muat ulang").click()
    else:
        page.clock.run_for(5_000)  # htmx comes after the page
        page.wait_for_function("window.htmx")
        hide(page, True)
        asked.clear()
        page.clock.run_for(60_000)
        assert asked == [], "nobody looks at a hidden page"
        hide(page, False)
        page.clock.run_for(21_000)
    page.get_by_text("Sampul", exact=True).wait_for()
    assert "c" in (page.locator("#photo-list img").get_attribute("class") or "")
    if phones.javascript:
        asked.clear()
        page.clock.run_for(90_000)
        assert asked == [], "what is ready is not asked for again"


def hide(page: Page, hidden: bool) -> None:
    getter = f"{{ configurable: true, get: () => {str(hidden).lower()} }}"
    page.evaluate(f"Object.defineProperty(document, 'hidden', {getter})")


def looks_of(page: Page) -> list[str]:
    """Every request for the list of photos, as they come."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith(PATH) else None)
    return asked
