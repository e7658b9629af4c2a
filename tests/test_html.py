"""Every page of the table is valid HTML by the Nu checker of the W3C."""

import pytest
from flask import Flask

from bench import html_check
from tests.pages_scenes import SCENES

pytestmark = [pytest.mark.java, pytest.mark.markup]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("scene", SCENES)
def test_every_page_is_valid(app: Flask, scene: str) -> None:
    jar = html_check.checker()
    assert jar is not None
    pages, complaints = html_check.check(app, jar, scene)
    assert pages
    assert complaints == []
