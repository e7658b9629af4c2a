"""The page of components shows them all, and every colour can be read on its ground."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment, nodes

from marketplace.config import ROOT
from marketplace.pages import colours
from marketplace.pages.colours import Contrast, contrasts, luminance
from tests.browser import Browser
from tests.factories import Market

TEMPLATES = ROOT / "templates"
# What the page is made of; the rest comes from base.html, which every page extends.
PIECES = [TEMPLATES / "base.html", TEMPLATES / "pages" / "style.html", *TEMPLATES.glob("pages/_style_*.html")]
_jinja = Environment(extensions=["jinja2.ext.i18n"])


def macros(file: Path) -> set[str]:
    return {macro.name for macro in _jinja.parse(file.read_text()).find_all(nodes.Macro)}


def called(file: Path) -> set[str]:
    calls = list(_jinja.parse(file.read_text()).find_all(nodes.Call))
    kept = [call.args[0] for call in calls if isinstance(call.node, nodes.Name) and call.node.name == "kept"]
    return {one.name for one in (*kept, *(call.node for call in calls)) if isinstance(one, nodes.Name)}


def test_every_component_is_shown() -> None:
    shown = set().union(*(called(piece) for piece in PIECES))
    missing = {file.stem: macros(file) - shown for file in TEMPLATES.glob("components/*.html")}
    assert {name: some for name, some in missing.items() if some} == {}


def test_it_has_every_piece_and_is_not_indexed(client: Browser, market: Market) -> None:
    page = client.get("/gaya")
    for id in ("colours", "buttons", "cards", "forms", "messages", "boxes", "ways"):
        assert page.by_id(id) is not None, id
    assert page.all("meta", name="robots")[0].get("content") == "noindex"
    assert "Nama wajib diisi." in page.text


@pytest.mark.parametrize("pair", contrasts(), ids=lambda pair: f"{pair.text} on {pair.ground}")
def test_text_can_be_read_in_both_schemes(pair: Contrast) -> None:
    assert min(pair.light, pair.dark) >= pair.least


def test_every_colour_is_judged() -> None:
    """But the line between boxes, which says nothing that the boxes do not, and the drawn gold."""
    judged = {name for pair in contrasts() for name in (pair.text, pair.ground)}
    assert set(colours.schemes()[0]) - judged == {"line"}


def test_contrast_is_computed_as_wcag_says() -> None:
    assert luminance("#fff") == pytest.approx(1)
    assert luminance("#000000") == 0
    assert luminance("#808080") == pytest.approx(0.2159, abs=1e-4)


def test_the_figures_stand_on_the_page(app: Flask, client: Browser) -> None:
    text = client.get("/gaya").text
    assert all(f"{pair.light:.1f}" in text for pair in contrasts())
