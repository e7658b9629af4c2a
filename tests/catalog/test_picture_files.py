"""Which files are photos: what is refused, before anything is kept, and with which sentence."""

import zlib
from collections.abc import Iterator
from io import BytesIO

import pytest
from flask import Flask
from PIL import Image

from marketplace.catalog import picture_files, pictures
from marketplace.config import settings
from tests.catalog.photos import drawn, file_of, heic, jpeg
from tests.factories import Market


@pytest.fixture(autouse=True)
def indonesian(app: Flask) -> Iterator[None]:
    """A request, so that refusals have a language."""
    with app.test_request_context():
        yield


def bomb() -> bytes:
    """A PNG of some hundred bytes that says it has 30,000 x 30,000 pixels."""
    data = file_of(Image.new("1", (8, 8)), "PNG")
    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + data[24:29]
    return data[:12] + header + zlib.crc32(header).to_bytes(4, "big") + data[33:]


@pytest.mark.parametrize(
    ("data", "refusal", "sentence"),
    [
        (b"", picture_files.NotAPicture, "kosong"),
        (b"ini hanya tulisan, bukan foto", picture_files.NotAPicture, "bukan foto JPEG"),
        (file_of(drawn(), "GIF"), picture_files.NotAPicture, "bukan foto JPEG"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 200, picture_files.NotAPicture, "bukan foto JPEG"),
        (jpeg()[:4_000], picture_files.NotAPicture, "rusak atau terpotong"),
        (jpeg()[:30], picture_files.NotAPicture, "bukan foto JPEG"),
        (file_of(drawn(), "PNG")[:-900], picture_files.NotAPicture, "rusak atau terpotong"),
        (file_of(drawn(), "WEBP")[:-900], picture_files.NotAPicture, "rusak|bukan"),
        (heic()[:600], picture_files.NotAPicture, "rusak|bukan"),
        (bomb(), picture_files.PictureTooLarge, "60 megapiksel"),
        (file_of(Image.new("1", (7_800, 7_800)), "PNG"), picture_files.PictureTooLarge, "60 megapiksel"),
    ],
    ids=[
        "empty",
        "text",
        "gif",
        "no-heic",
        "cut-jpeg",
        "stub",
        "cut-png",
        "cut-webp",
        "cut-heic",
        "bomb",
        "61-megapixel",
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_photo_gets_a_sentence(market: Market, data: bytes, refusal: type[Exception], sentence: str) -> None:
    with pytest.raises(refusal, match=sentence):
        pictures.store(data, market.products["onde"])
    assert pictures.photos_of(market.products["onde"]) == []
    assert not list((settings().instance / "originals").rglob("*.*"))


def test_a_heavy_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(picture_files.PictureTooHeavy, match="40 MB, paling besar 20 MB"):
        picture_files.read_upload(BytesIO(bytes(40 * 1024 * 1024)))


def test_of_a_moving_webp_the_first_picture_is_taken() -> None:
    file = BytesIO()
    first, second = (Image.new("RGB", (300, 200), colour) for colour in ("red", "blue"))
    first.save(file, "WEBP", save_all=True, append_images=[second], duration=100, lossless=True)
    picture_files.check(file.getvalue())
    image = Image.open(BytesIO(file.getvalue()))
    assert image.convert("RGB").getpixel((150, 100)) == (255, 0, 0)
    with pytest.raises(EOFError):
        image.seek(1)
