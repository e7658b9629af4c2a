"""What pages call a picture: which files a name promises, where they are, and which colour waits in their place."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image

from marketplace import create_app
from marketplace.catalog import picture_colours, picture_names
from marketplace.catalog.picture_colours import LIGHTS, TONES, colour_of
from marketplace.catalog.picture_names import FIRST, WHOLE, name_of
from marketplace.config import ROOT, Settings
from tests.browser import Browser

DIGEST = "0123456789abcdef" * 2


@pytest.fixture(autouse=True)
def running(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def test_a_name_gives_every_size_of_every_kind() -> None:
    name = name_of(DIGEST, WHOLE, "25")
    assert picture_names.urls(name, "avif")[640] == f"/foto/{DIGEST}-2-640.avif"
    shown = picture_names.shown(name)
    assert shown.webp == ", ".join(f"/foto/{DIGEST}-2-{size}.webp {size}w" for size in (160, 320, 640, 960))
    assert shown.avif.count("avif") == 4
    assert (shown.small, shown.colour) == (f"/foto/{DIGEST}-2-320.jpg", "c25")


def test_what_is_not_made_yet_is_not_offered() -> None:
    assert picture_names.shown(name_of(DIGEST, FIRST, "25")).avif == ""


def test_a_picture_from_before_keeps_its_two_sizes() -> None:
    shown = picture_names.shown(DIGEST)
    assert shown.webp == f"/foto/{DIGEST}-320.webp 320w, /foto/{DIGEST}-640.webp 640w"
    assert (shown.avif, shown.colour) == ("", "")
    assert picture_names.urls(DIGEST, "jpg")[160] == f"/foto/{DIGEST}-320.jpg"


def test_pictures_may_come_from_a_bucket_and_only_then(app: Flask, client: Browser, tmp_path: Path) -> None:
    assert " img-src 'self' data:;" in client.get("/").headers["Content-Security-Policy"]
    elsewhere = {"PICTURES_BASE_URL": "https://foto.example.id/pasar/", "INSTANCE": str(tmp_path), "SECRET_KEY": "x"}
    other = create_app(Settings.from_environment(elsewhere))
    with other.app_context():
        url = picture_names.urls(name_of(DIGEST, WHOLE, "25"), "jpg")[160]
    assert url == f"https://foto.example.id/pasar/01/{DIGEST}-2-160.jpg"
    policy = other.test_client().get("/nowhere.txt", headers={"Host": "127.0.0.1"}).headers["Content-Security-Policy"]
    assert " img-src 'self' data: https://foto.example.id;" in policy


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((128, 128, 128), "03"),
        ((50, 50, 50), "01"),
        ((210, 210, 210), "06"),
        ((150, 110, 70), "23"),
        ((90, 150, 60), "43"),
        ((140, 170, 220), "65"),
    ],
)
def test_a_colour_falls_into_the_class_that_looks_most_like_it(colour: tuple[int, int, int], name: str) -> None:
    image = Image.new("RGB", (40, 30), colour)
    assert colour_of(image) == name


def test_the_average_counts() -> None:
    image = Image.new("RGB", (40, 40), "black")
    image.paste("white", (0, 0, 20, 40))
    assert colour_of(image) == "03"


def test_there_are_64_classes_and_the_style_sheet_knows_them() -> None:
    css = (ROOT / "static" / "css" / "56-picture.css").read_text()
    tones = re.findall(r'\[class\^="c(\d)"\] { --tone: (\d+), (\d+)%; }', css)
    lights = re.findall(r'\[class\$="(\d)"\] { --light: (\d+)%; }', css)
    assert [(int(n), (int(hue), int(saturation))) for n, hue, saturation in tones] == list(enumerate(TONES))
    assert [(int(n), int(light)) for n, light in lights] == list(enumerate(LIGHTS))
    assert len(picture_colours._classes()) == 64
