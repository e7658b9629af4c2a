"""Photos: how they are kept, and what the public sizes hold."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image, ImageCms
from sqlalchemy import select

from marketplace.catalog import picture_files, pictures
from marketplace.catalog.models import Photo, Product
from marketplace.catalog.picture_colours import colour_of
from marketplace.catalog.picture_model import Progress
from marketplace.catalog.picture_names import FIRST, SIZES, WHOLE, file_name, name_of
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.refusal import GoneAway
from marketplace.stores import KINDS
from tests.browser import Browser
from tests.catalog.photos import drawn, exif_with_place, file_of, heic, jpeg
from tests.factories import Market

Jobs = Callable[[], int]


@pytest.fixture
def onde(app: Flask, market: Market) -> Iterator[int]:
    """The id of Bu Ani's onde-onde, inside a request."""
    with app.test_request_context():
        yield market.products["onde"]


def public(digest: str, size: int = 320, kind: str = "webp") -> Image.Image:
    data = picture_files.public_file(file_name(digest, size, kind))
    assert data is not None
    return Image.open(BytesIO(data))


def card_cover(product_id: int) -> str:
    db.session.rollback()  # jobs run in a session of their own
    return db.session.scalars(select(Product.cover).where(Product.id == product_id)).one()


def stored(data: bytes, product_id: int, run_jobs: Jobs) -> str:
    digest = pictures.store(data, product_id)
    assert run_jobs() == 2
    return digest


def test_a_photo_becomes_four_sizes_of_three_kinds_and_the_cover(onde: int, run_jobs: Jobs) -> None:
    digest = pictures.store(jpeg(1_600, 1_200), onde)
    assert card_cover(onde) == ""
    assert run_jobs() == 2
    made = {kind: [public(digest, size, kind) for size in SIZES] for kind in ("avif", "webp", "jpg")}
    assert {kind: {image.format for image in images} for kind, images in made.items()} == {
        "avif": {"AVIF"},
        "webp": {"WEBP"},
        "jpg": {"JPEG"},
    }
    for images in made.values():
        assert [image.size for image in images] == [(160, 120), (320, 240), (640, 480), (960, 720)]
    assert card_cover(onde) == pictures.photos_of(onde)[0].name == name_of(digest, WHOLE, colour_of(made["jpg"][0]))


def test_a_page_shows_a_photo_before_its_avif_is_made(onde: int, app: Flask) -> None:
    digest = pictures.store(jpeg(), onde)
    pictures.encode(pictures.photos_of(onde)[0].id)
    name = card_cover(onde)
    assert name.startswith(f"{digest}-{FIRST}-") and pictures.kinds(name) == ("webp", "jpg")
    assert not pictures.shown(name).avif and pictures.shown(name).webp
    pictures.finish(pictures.photos_of(onde)[0].id)
    assert pictures.kinds(card_cover(onde)) == ("avif", "webp", "jpg")
    assert pictures.shown(card_cover(onde)).webp == pictures.shown(name).webp


def test_the_original_is_kept_unchanged_and_private(onde: int, client: Browser) -> None:
    data = jpeg(exif=exif_with_place(1))
    digest = pictures.store(data, onde)
    assert (settings().instance / "originals" / digest[:2] / digest).read_bytes() == data
    assert client.get(f"/foto/{digest}").status == 404


def test_a_small_picture_is_not_blown_up(onde: int, run_jobs: Jobs) -> None:
    digest = stored(jpeg(120, 90), onde, run_jobs)
    for kind in ("avif", "webp", "jpg"):
        assert [public(digest, size, kind).size for size in SIZES] == [(120, 90)] * 4


def test_an_upright_photo_stands_upright_and_loses_its_place(onde: int, run_jobs: Jobs) -> None:
    data = jpeg(800, 600, exif=exif_with_place(6), comment=b"rumah", icc_profile=srgb())
    digest = stored(data, onde, run_jobs)
    for kind in ("avif", "jpg", "webp"):
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


def test_a_photo_of_an_iphone_stands_upright_and_loses_its_place(onde: int, run_jobs: Jobs) -> None:
    made = public(stored(heic(), onde, run_jobs), 320, "jpg")
    assert made.size == (240, 320) and not dict(made.getexif())
    red, _green, blue = made.getpixel((100, 40))
    assert red > 200 > blue


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_other_kinds_are_told_by_their_content(onde: int, run_jobs: Jobs, kind: str) -> None:
    digest = stored(file_of(drawn(), kind), onde, run_jobs)
    assert public(digest).size == (320, 240)


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
    assert photo.progress == Progress.BROKEN and photo.ready_at is None and card_cover(onde) == ""


def test_the_job_stands_being_run_twice_and_after_the_photo_is_gone(onde: int, market: Market, run_jobs: Jobs) -> None:
    digest = stored(jpeg(), onde, run_jobs)
    [photo] = pictures.photos_of(onde)
    id, name = photo.id, photo.name
    pictures.encode(id)
    pictures.finish(id)
    assert card_cover(onde) == name == name_of(digest, WHOLE, name[-2:])
    pictures.delete_photo(market.shops["bu_ani"], id)
    pictures.encode(id)
    pictures.finish(id)
    assert card_cover(onde) == ""


def test_cover_and_deletion_belong_to_the_shop(onde: int, market: Market, run_jobs: Jobs) -> None:
    first, second = (pictures.store(jpeg(width), onde) for width in (500, 501))
    run_jobs()
    ids = [photo.id for photo in pictures.photos_of(onde)]
    with pytest.raises(GoneAway):
        pictures.make_cover(market.shops["pak_budi"], ids[1])
    pictures.delete_photo(market.shops["pak_budi"], ids[0])
    assert [photo.id for photo in pictures.photos_of(onde)] == ids and card_cover(onde).startswith(first)
    pictures.make_cover(market.shops["bu_ani"], ids[1])
    assert card_cover(onde).startswith(second)
    pictures.delete_photo(market.shops["bu_ani"], ids[1])
    pictures.delete_photo(market.shops["bu_ani"], ids[1])
    assert card_cover(onde).startswith(first)


@pytest.mark.parametrize("kind", ["avif", "webp", "jpg"])
def test_a_public_file_is_kept_for_ever(onde: int, run_jobs: Jobs, client: Browser, kind: str) -> None:
    stored(jpeg(), onde, run_jobs)
    path = pictures.urls(card_cover(onde), kind)[640]
    page = client.get(path)
    assert (page.status, page.headers["Content-Type"]) == (200, KINDS[kind])
    assert page.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in page.headers and "Cookie" not in page.headers.get("Vary", "")
    again = client.client.get(path, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_other_names_lead_nowhere(onde: int, run_jobs: Jobs, client: Browser) -> None:
    digest = stored(jpeg(), onde, run_jobs)
    names = (
        f"{digest}-2-100.webp",
        f"{digest}-2-320.gif",
        f"{digest}-9-320.webp",
        f"{digest}-320.webp",
        f"{digest[:-1]}g-2-320.webp",
        "..-2-320.webp",
        f"{'0' * 32}-2-320.jpg",
    )
    assert {client.get(f"/foto/{name}").status for name in names} == {404}
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
    assert len(files) == 1 + 4 * 3
