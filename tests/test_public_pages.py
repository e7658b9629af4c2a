"""Public pages are the same bytes and headers for everyone, kept by browsers and asked for again each time (rule 8)."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from marketplace.accounts.access import policy_of
from tests.browser import Browser
from tests.pages_row import FILLED
from tests.pages_scenes import Scene, filled
from tests.pages_table import rows_of

ENCODINGS = ("identity", "br", "gzip")


@pytest.fixture
def scene(app: Flask) -> Scene:
    return filled(app)


def public_paths(app: Flask, scene: Scene) -> Iterator[str]:
    """Every public address that answers with 200, in both languages; pictures are files and not among them."""
    for row in rows_of(FILLED):
        with app.app_context():
            is_public = policy_of(row.endpoint).is_public
        if is_public and row.status == 200 and row.endpoint != "catalog.picture":
            yield from row.paths(app, scene).values()


def files(app: Flask, scene: Scene) -> Iterator[str]:
    """A picture, and every file below /static/ that the home page names."""
    yield scene.path(app, "catalog.picture")
    home = Browser(app).get("/")
    named = [value for element in home.root.iter() for value in element.attrib.values()]
    yield from (path for path in named if path.startswith("/static/"))


def visitors(app: Flask, scene: Scene) -> dict[str, Browser]:
    """Nobody in particular, a member, a guest with a cart, and one with any old cookies."""
    browsers = {who: scene.browser(app, who) for who in ("siti", "bu_rina", "guest")}
    browsers["guest"].client.set_cookie("keranjang", "3")
    stranger = Browser(app)
    for name in ("sesi", "ingat", "keranjang"):
        stranger.client.set_cookie(name, "broken")
    return {"nobody": Browser(app), **browsers, "stranger": stranger}


def answer(browser: Browser, path: str, **headers: str) -> TestResponse:
    """One answer, its body read."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with browser.client.get(path, headers=named) as response:
        response.get_data()
        return response


def seen(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """Everything that a cache would keep."""
    headers = sorted((name, value) for name, value in response.headers.items() if name != "Date")
    return response.status_code, response.get_data(), headers


def test_nobody_is_told_anything_else(app: Flask, scene: Scene) -> None:
    paths = [*public_paths(app, scene), *files(app, scene)]
    assert len(paths) > 30
    for path in paths:
        for encoding in ENCODINGS:
            answers = {who: seen(answer(b, path, Accept_Encoding=encoding)) for who, b in visitors(app, scene).items()}
            assert answers["nobody"][0] == 200, path
            assert [who for who, its in answers.items() if its != answers["nobody"]] == [], f"{path} in {encoding}"


def test_pages_are_asked_for_again_and_then_cost_nothing(app: Flask, scene: Scene) -> None:
    for path in public_paths(app, scene):
        for encoding in ENCODINGS:
            first = answer(Browser(app), path, Accept_Encoding=encoding)
            assert first.headers["Cache-Control"] == "public, no-cache", path
            assert "Set-Cookie" not in first.headers and "Cookie" not in first.headers.get("Vary", ""), path
            again = answer(Browser(app), path, Accept_Encoding=encoding, If_None_Match=first.headers["ETag"])
            assert (again.status_code, again.get_data()) == (304, b""), f"{path} in {encoding}"
            assert again.headers["ETag"] == first.headers["ETag"], f"{path} in {encoding}"


def test_compression_is_told_to_caches_between(app: Flask, scene: Scene) -> None:
    for path in public_paths(app, scene):
        plain, small = (answer(Browser(app), path, Accept_Encoding=encoding) for encoding in ("identity", "br"))
        assert "Accept-Encoding" in plain.headers.get("Vary", ""), path
        assert "Accept-Encoding" in small.headers.get("Vary", ""), path
        if "Content-Encoding" in small.headers:
            assert plain.headers["ETag"] != small.headers["ETag"], path


def test_files_are_kept_for_ever(app: Flask, scene: Scene) -> None:
    for path in files(app, scene):
        response = answer(Browser(app), path)
        kept = response.headers["Cache-Control"]
        assert "immutable" in kept and "max-age=3" in kept, path
        assert "Set-Cookie" not in response.headers and "Cookie" not in response.headers.get("Vary", ""), path


def test_a_public_page_that_is_not_there_is_kept_by_nobody(client: Browser) -> None:
    page = client.get("/produk/tidak-ada")
    assert (page.status, page.headers["Cache-Control"]) == (404, "no-store")
