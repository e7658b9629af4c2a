"""Photos: what is accepted, what is refused with which sentence, and what the public sizes hold."""

import time
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageCms
from sqlalchemy import select

from marketplace.catalog import picture_files, pictures
from marketplace.catalog.models import Photo, Product
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.refusal import GoneAway
from tests.browser import Browser
from tests.catalog.photos import drawn, exif_with_place, file_of, jpeg
from tests.factories import Market

Jobs = Callable[[], int]


@pytest.fixture
def onde(app: Flask, market: Market) -> Iterator[int]:
    """The id of Bu Ani's onde-onde, inside a request."""
    with app.test_request_context():
        yield market.products["onde"]


def public(digest: str, size: int = 320, kind: str = "webp") -> Image.Image:
    path = picture_files.public_file(f"{digest}-{size}.{kind}")
    assert path is not None
    return Image.open(BytesIO(path.read_bytes()))


def card_cover(product_id: int) -> str:
    db.session.rollback()  # jobs run in a session of their own
    return db.session.scalars(select(Product.cover).where(Product.id == product_id)).one()


def stored(data: bytes, product_id: int, run_jobs: Jobs) -> str:
    digest = pictures.store(data, product_id)
    assert run_jobs() == 1
    return digest


def test_a_photo_becomes_four_public_files_and_the_cover(onde: int, run_jobs: Jobs) -> None:
    digest = pictures.store(jpeg(), onde)
    assert card_cover(onde) == ""
    assert run_jobs() == 1
    assert {(size, kind): public(digest, size, kind).size for size in (320, 640) for kind in ("webp", "jpg")} == {
        (320, "webp"): (320, 240),
        (320, "jpg"): (320, 240),
        (640, "webp"): (640, 480),
        (640, "jpg"): (640, 480),
    }
    assert card_cover(onde) == digest


def test_the_original_is_kept_unchanged_and_private(onde: int, client: Browser) -> None:
    data = jpeg(exif=exif_with_place(1))
    digest = pictures.store(data, onde)
    assert (settings().instance / "originals" / digest[:2] / digest).read_bytes() == data
    assert client.get(f"/foto/{digest}").status == 404


def test_a_small_picture_is_not_blown_up(onde: int, run_jobs: Jobs) -> None:
    digest = stored(jpeg(120, 90), onde, run_jobs)
    assert public(digest, 640).size == (120, 90)


def test_an_upright_photo_stands_upright_and_loses_its_place(onde: int, run_jobs: Jobs) -> None:
    data = jpeg(800, 600, exif=exif_with_place(6), comment=b"rumah", icc_profile=srgb())
    digest = stored(data, onde, run_jobs)
    for kind in ("jpg", "webp"):
        made = public(digest, 320, kind)
        assert made.size == (240, 320)
        assert not dict(made.getexif())
        assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & set(made.info)
        red, _green, blue = made.convert("RGB").getpixel((100, 40))
        assert red > 200 > blue


def test_transparency_becomes_white(onde: int, run_jobs: Jobs) -> None:
    digest = stored(file_of(Image.new("RGBA", (400, 400), (255, 0, 0, 0)), "PNG"), onde, run_jobs)
    assert public(digest, 320, "jpg").getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16", "CMYK", "RGBA"])
def test_every_kind_of_pixel_is_shown(onde: int, run_jobs: Jobs, mode: str) -> None:
    image = Image.new("I;16", (400, 300), 40_000) if mode == "I;16" else drawn(400, 300).convert(mode)
    digest = stored(file_of(image, "JPEG" if mode == "CMYK" else "PNG"), onde, run_jobs)
    assert public(digest, 320, "jpg").mode == "RGB"


def test_the_colours_of_a_profile_are_kept(onde: int, run_jobs: Jobs) -> None:
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    digest = stored(jpeg(icc_profile=lab), onde, run_jobs)
    assert public(digest, 320, "jpg").getpixel((10, 10))[0] > 200, "a profile that does not fit is left aside"
    digest = stored(jpeg(804, 600, icc_profile=srgb()), onde, run_jobs)
    assert public(digest, 320, "jpg").getpixel((10, 10))[0] > 200


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_are_told_by_their_content(onde: int, run_jobs: Jobs, kind: str) -> None:
    digest = stored(file_of(drawn(), kind), onde, run_jobs)
    assert public(digest).size == (320, 240)


def test_twelve_megapixels_take_less_than_three_seconds(onde: int) -> None:
    noise = Image.effect_noise((1_000, 750), 80).resize((4_000, 3_000)).convert("RGB")
    data = file_of(noise, "JPEG", quality=92)
    start = time.monotonic()
    digest = pictures.store(data, onde)
    picture_files.make_public_sizes(digest)
    assert time.monotonic() - start < 3


def test_the_same_photo_is_there_once_and_eight_are_the_most(onde: int) -> None:
    first = pictures.store(jpeg(), onde)
    assert pictures.store(jpeg(), onde) == first
    for n in range(7):
        pictures.store(jpeg(300 + n, 300), onde)
    with pytest.raises(pictures.TooManyPhotos, match="8 foto"):
        pictures.store(jpeg(400, 300), onde)
    assert len(pictures.photos_of(onde)) == 8


def test_an_original_that_cannot_be_decoded_is_marked_and_never_shown(onde: int, run_jobs: Jobs) -> None:
    digest = pictures.store(jpeg(), onde)
    (settings().instance / "originals" / digest[:2] / digest).write_bytes(b"gone bad")
    run_jobs()
    [photo] = pictures.photos_of(onde)
    assert photo.is_broken and photo.ready_at is None and card_cover(onde) == ""


def test_the_job_stands_being_run_twice_and_after_the_photo_is_gone(onde: int, market: Market, run_jobs: Jobs) -> None:
    digest = stored(jpeg(), onde, run_jobs)
    [photo] = pictures.photos_of(onde)
    id = photo.id
    pictures.encode(id)
    assert card_cover(onde) == digest
    pictures.delete_photo(market.shops["bu_ani"], id)
    pictures.encode(id)
    assert card_cover(onde) == ""


def test_cover_and_deletion_belong_to_the_shop(onde: int, market: Market, run_jobs: Jobs) -> None:
    first, second = (pictures.store(jpeg(width), onde) for width in (500, 501))
    run_jobs()
    ids = [photo.id for photo in pictures.photos_of(onde)]
    with pytest.raises(GoneAway):
        pictures.make_cover(market.shops["pak_budi"], ids[1])
    pictures.delete_photo(market.shops["pak_budi"], ids[0])
    assert [photo.id for photo in pictures.photos_of(onde)] == ids and card_cover(onde) == first
    pictures.make_cover(market.shops["bu_ani"], ids[1])
    assert card_cover(onde) == second
    pictures.delete_photo(market.shops["bu_ani"], ids[1])
    pictures.delete_photo(market.shops["bu_ani"], ids[1])
    assert card_cover(onde) == first


def test_a_public_file_is_kept_for_ever(onde: int, run_jobs: Jobs, client: Browser) -> None:
    digest = stored(jpeg(), onde, run_jobs)
    page = client.get(pictures.urls(digest, "webp")[640])
    assert (page.status, page.headers["Content-Type"]) == (200, "image/webp")
    assert {part.strip() for part in page.headers["Cache-Control"].split(",")} == {
        "public",
        "max-age=31536000",
        "immutable",
    }
    assert "Set-Cookie" not in page.headers and "Cookie" not in page.headers.get("Vary", "")
    again = client.client.get(pictures.urls(digest, "webp")[640], headers={"If-None-Match": page.headers["ETag"]})
    assert again.status_code == 304
    again.close()
    page.response.close()


def test_other_names_lead_nowhere(onde: int, run_jobs: Jobs, client: Browser) -> None:
    digest = stored(jpeg(), onde, run_jobs)
    names = (
        f"{digest}-160.webp",
        f"{digest}-320.avif",
        f"{digest[:-1]}g-320.webp",
        "..-320.webp",
        f"{'0' * 32}-320.jpg",
    )
    assert [client.get(f"/foto/{name}").status for name in names] == [404] * 5
    assert client.get(f"/foto/..%2Foriginals%2F{digest[:2]}%2F{digest}").status == 404


def test_a_photo_refused_by_the_database_leaves_no_row(onde: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the transaction fails")

    monkeypatch.setattr(pictures.jobs, "enqueue", fail)
    with pytest.raises(RuntimeError):
        pictures.store(jpeg(), onde)
    assert pictures.photos_of(onde) == []
    with writing() as session:
        assert session.scalar(select(Photo.id)) is None


def srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def test_no_draft_of_a_file_is_left_behind(onde: int, run_jobs: Jobs) -> None:
    stored(jpeg(), onde, run_jobs)
    files = [
        path for path in Path(settings().instance).rglob("*") if path.parent.parent.name in {"originals", "pictures"}
    ]
    assert len(files) == 5
