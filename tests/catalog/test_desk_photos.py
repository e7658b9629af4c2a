"""The photo page: several photos at once, each refused one with its sentence, the rest kept."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace import clock
from marketplace.catalog.models import Photo, Product
from marketplace.db import db, writing
from tests.browser import Browser, Page
from tests.catalog.photos import drawn, file_of, jpeg

SignIn = Callable[[str], Browser]
PATH = "/jualan/produk/onde-onde-isi-10/foto"


@pytest.fixture
def ani(signed_in: SignIn) -> Browser:
    return signed_in("bu_ani")


def upload(browser: Browser, *files: tuple[bytes, str], follow: bool = True) -> Page:
    data: dict[str, Any] = {"photos": [(BytesIO(content), name) for content, name in files]}
    return browser.post(PATH, data, follow=follow, content_type="multipart/form-data")


def photo_ids(app: Flask) -> list[int]:
    with app.app_context():
        return list(db.session.scalars(select(Photo.id).order_by(Photo.position, Photo.id)))


def cover(app: Flask) -> str:
    with app.app_context():
        return db.session.scalars(select(Product.cover).where(Product.slug == "onde-onde-isi-10")).one()


def test_several_photos_arrive_wait_and_are_shown(
    app: Flask, ani: Browser, client: Browser, run_jobs: Callable[[], int]
) -> None:
    page = upload(ani, (jpeg(), "a.jpg"), (file_of(drawn(), "PNG"), "b.png"))
    assert page.h1 == "Foto Onde-onde isi 10" and page.text.count("Menunggu giliran") == 2
    assert 'data-hx-trigger="every 20s"' in page.html and f'<a href="{PATH}">Muat ulang' in page.html
    assert run_jobs() == 4
    page = ani.get(PATH)
    assert page.text.count("Siap") == 2 and page.text.count("Sampul") == 1
    assert "Menunggu giliran" not in page.text and "data-hx-get" not in page.html
    assert f"/foto/{cover(app)[:32]}-2-320.avif" in client.get("/produk/onde-onde-isi-10").html


def test_the_seller_sees_how_far_a_photo_is_and_what_to_do(app: Flask, ani: Browser) -> None:
    upload(ani, *[(jpeg(400 + n, 300), f"{n}.jpg") for n in range(4)])
    begun, broken, late, _waiting = photo_ids(app)
    with app.app_context(), writing() as session:
        session.execute(update(Photo).where(Photo.id == begun).values(started_at=clock.now()))
        session.execute(update(Photo).where(Photo.id == broken).values(is_broken=True))
        session.execute(update(Photo).where(Photo.id == late).values(created_at=clock.now() - timedelta(minutes=11)))
    page = ani.get(PATH)
    for sentence in (
        "Menunggu giliran",
        "Sedang disiapkan",
        "Foto ini rusak. Hapus",
        "Belum siap juga. Sistem mencoba",
    ):
        assert page.text.count(sentence) == 1, sentence
    assert "every 20s" in page.html


def test_the_page_looks_no_more_when_only_late_or_broken_ones_are_left(app: Flask, ani: Browser) -> None:
    upload(ani, (jpeg(), "a.jpg"))
    with app.app_context(), writing() as session:
        session.execute(update(Photo).values(created_at=clock.now() - timedelta(minutes=11)))
    assert "every 20s" not in ani.get(PATH).html


def test_bad_files_get_sentences_and_good_ones_are_kept(app: Flask, ani: Browser) -> None:
    page = upload(
        ani, (b"halo", "catatan.jpg"), (jpeg(), "baik.jpg"), (jpeg()[:3_000], "putus.jpg"), (b"", "kosong.jpg")
    )
    assert page.status == 422
    assert "catatan.jpg: Berkas ini bukan foto JPEG, PNG, WebP, atau HEIC." in page.text
    assert "putus.jpg: Foto ini rusak atau terpotong." in page.text
    assert "kosong.jpg: Berkas ini kosong." in page.text
    assert len(photo_ids(app)) == 1


def test_forty_megabytes_reach_the_form(app: Flask, ani: Browser) -> None:
    page = upload(ani, (jpeg() + bytes(40 * 1024 * 1024), "besar.jpg"))
    page.response.request.environ["wsgi.input"].close()  # the test client's own temporary file
    assert page.status == 422 and "besar.jpg: Foto ini 40 MB, paling besar 20 MB." in page.text
    assert photo_ids(app) == []


def test_nothing_chosen_and_too_many(ani: Browser) -> None:
    assert "Foto wajib diisi." in upload(ani, (b"", "")).text
    page = upload(ani, *[(jpeg(300 + n, 300), f"{n}.jpg") for n in range(9)])
    assert page.status == 422 and "8.jpg: Paling banyak 8 foto untuk satu produk." in page.text


def test_cover_and_deletion(app: Flask, ani: Browser, run_jobs: Callable[[], int]) -> None:
    upload(ani, (jpeg(), "a.jpg"), (jpeg(500, 500), "b.jpg"))
    run_jobs()
    first, second = photo_ids(app)
    before = cover(app)
    ani.submit(ani.get(PATH), f"/{second}/sampul")
    assert cover(app) != before and photo_ids(app) == [second, first]
    page = ani.submit(ani.get(PATH), f"/{second}/hapus")
    assert page.status == 200 and cover(app) == before and photo_ids(app) == [first]


def test_a_photo_of_another_shop_is_out_of_reach(app: Flask, ani: Browser, signed_in: SignIn) -> None:
    upload(ani, (jpeg(), "a.jpg"))
    [id] = photo_ids(app)
    budi = signed_in("pak_budi")
    assert budi.post(f"/jualan/produk/sepatu-pantofel-kulit/foto/{id}/sampul").status == 404
    budi.post(f"/jualan/produk/sepatu-pantofel-kulit/foto/{id}/hapus")
    assert upload(budi, (jpeg(), "a.jpg")).status == 404
    assert photo_ids(app) == [id]


def test_other_forms_stay_small(ani: Browser) -> None:
    page = ani.post("/jualan/produk/baru", {"title": "x" * 3_000_000})
    assert page.status == 413 and "terlalu besar" in page.text
