"""Every page of the table opens in every state and both languages, as the house wants it; no route is left out."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from tests.browser import Page
from tests.pages_row import ERROR, SCENE_OF, Row
from tests.pages_scenes import SCENES
from tests.pages_table import ROWS, rows_of

LEAKS = re.compile(r"Traceback|sqlalchemy|werkzeug|jinja2|\bNone\b|\bUndefined\b|%\(\w+\)|\{\{|&lt;Markup|datetime\.")
ONE_LANGUAGE = re.compile(r"/(static|foto|jualan|kantor)\b")


def test_every_route_that_can_be_opened_stands_in_the_table(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert routes - {row.endpoint for row in ROWS} == set()


def test_every_form_that_says_422_is_shown_with_its_error(app: Flask) -> None:
    by_rule: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        by_rule.setdefault(rule.endpoint, set()).update(rule.methods or ())
    forms = {endpoint for endpoint, methods in by_rule.items() if {"GET", "POST"} <= methods}
    assert forms - {row.to or row.endpoint for row in rows_of(ERROR)} == set()


def test_no_two_rows_have_the_same_name() -> None:
    names = [row.name for row in ROWS]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("name", SCENES)
def test_every_page_opens(app: Flask, name: str) -> None:
    scene = SCENES[name](app)
    complaints = []
    for row in rows_of(*(state for state, its in SCENE_OF.items() if its == name)):
        for language, path in row.paths(app, scene).items():
            try:
                page = row.open(scene.browser(app, row.who), path)
            except AssertionError as broken:
                complaints.append(f"{row.name}: {broken}")
            else:
                complaints += [f"{row.name}, {path}: {breach}" for breach in breaches(row, language, page)]
    assert not complaints, "\n".join(complaints)


def breaches(row: Row, language: str, page: Page) -> Iterator[str]:
    """What is wrong with the page by its row."""
    if page.status != row.status:
        yield f"{page.status} instead of {row.status}"
    if page.location or not page.is_whole:
        return
    if page.root.get("lang") != language:
        yield f"its language is {page.root.get('lang')}"
    if found := LEAKS.search(page.text):
        yield f"shows {page.text[max(found.start() - 40, 0) : found.end() + 40]!r}"
    if language == "en":
        switch = {a.get("href") for a in page.all("a") if a.get("hreflang") == "id"}
        lost = [link for link in page.links() if link.startswith("/") and not link.startswith("/en")]
        yield from (
            f"leads to the Indonesian {link}" for link in lost if not ONE_LANGUAGE.match(link) and link not in switch
        )
