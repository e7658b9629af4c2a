"""Picture files in a folder and in a bucket: kept, found, private or public, and swept up when nothing names them."""

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO

import pytest
import requests
from flask import Flask
from moto.server import ThreadedMotoServer
from PIL import Image
from sqlalchemy import update

from marketplace import clock, stores
from marketplace.catalog import picture_care, pictures
from marketplace.catalog.models import Photo
from marketplace.catalog.picture_files import SWEEPING
from marketplace.catalog.picture_names import BEFORE, WHOLE, file_name
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.payments import proofs
from marketplace.turns import alone, together
from tests.browser import Browser
from tests.catalog.photos import jpeg
from tests.factories import Market

Jobs = Callable[[], int]
LATER = timedelta(days=2)


@pytest.fixture(scope="session")
def s3() -> Iterator[str]:
    """A server on this machine that speaks S3: its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(params=["folder", "s3"])
def onde(request: pytest.FixtureRequest, app: Flask, market: Market, change_settings: Callable[..., None]) -> int:
    """The id of Bu Ani's onde-onde in a market that keeps its pictures in folders, or in two buckets."""
    if request.param == "s3":
        address = request.getfixturevalue("s3")
        requests.post(f"{address}/moto-api/reset", timeout=5)
        for bucket in ("originals", "pictures", "proofs"):
            requests.put(f"{address}/{bucket}", timeout=5)
        places = {
            "originals_url": "s3://originals",
            "pictures_url": "s3://pictures/pasar",
            "proofs_url": "s3://proofs",
        }
        change_settings(s3_endpoint=address, s3_key_id="x", s3_secret_key="y", **places)
    return market.products["onde"]


@pytest.fixture(autouse=True)
def inside(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def stored(onde: int, run_jobs: Jobs) -> str:
    digest = pictures.store(jpeg(), onde)
    run_jobs()
    db.session.rollback()
    return digest


def names() -> set[str]:
    """Every file of the public place."""
    return set(stores.public().names(clock.now() + timedelta(days=9)))


def originals() -> set[str]:
    return set(stores.originals().names(clock.now() + timedelta(days=9)))


def swept_later() -> int:
    """What a sweep in two days' time deletes: the files are as old as that then."""
    with clock.at(clock.now() + LATER):
        return picture_care.sweep()


def test_an_upload_becomes_pictures_that_pages_can_fetch(onde: int, run_jobs: Jobs, client: Browser) -> None:
    digest = stored(onde, run_jobs)
    assert originals() == {digest} and len(names()) == 12
    [photo] = pictures.photos_of(onde)
    for kind in pictures.kinds(photo.name):
        page = client.get(pictures.urls(photo.name, kind)[160])
        assert page.status == 200 and len(page.response.data) > 100
    assert client.get(f"/foto/{digest}-2-960.jpg").status == 200
    assert client.get(f"/foto/{'0' * 32}-2-960.jpg").status == 404


def test_a_proof_lies_where_every_machine_of_the_market_finds_it(onde: int) -> None:
    digest = proofs.keep(jpeg())
    assert set(stores.proofs().names(clock.now() + timedelta(days=9))) == {f"{digest}.jpg"}
    assert Image.open(BytesIO(proofs.read(digest))).format == "JPEG"
    folder = settings().instance / "proofs"
    assert any(folder.rglob("*.jpg")) != bool(settings().s3_endpoint)


def test_files_in_a_bucket_say_how_to_keep_them_and_originals_ask_for_a_key(
    onde: int, run_jobs: Jobs, request: pytest.FixtureRequest
) -> None:
    digest = stored(onde, run_jobs)
    if not settings().s3_endpoint:
        assert (settings().instance / "originals" / digest[:2] / digest).read_bytes() == jpeg()
        return
    address = settings().s3_endpoint
    assert requests.get(f"{address}/originals/{digest[:2]}/{digest}", timeout=5).status_code == 403
    keys = {"Authorization": "AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/s3/aws4_request"}
    public = f"{address}/pictures/pasar/{digest[:2]}/{digest}-2-320.avif"
    answer = requests.get(public, headers=keys, timeout=5)
    assert answer.headers["Content-Type"] == "image/avif"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_what_no_row_names_is_swept_up(onde: int, market: Market, run_jobs: Jobs) -> None:
    digest = stored(onde, run_jobs)
    [photo] = pictures.photos_of(onde)
    assert swept_later() == 0
    pictures.delete_photo(market.shops["bu_ani"], photo.id)
    assert picture_care.sweep() == 0, "a page that was opened before may still show it"
    assert swept_later() == 13
    assert names() == originals() == set()
    assert pictures.store(jpeg(), onde) == digest
    assert originals() == {digest}


def test_what_is_being_uploaded_stays(onde: int) -> None:
    digest = pictures.keep(jpeg())
    assert picture_care.sweep() == 0
    assert originals() == {digest}


def test_an_old_file_that_is_uploaded_again_is_new(onde: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """It was listed as an orphan; before it is deleted, somebody uploads the same photo."""
    digest = pictures.keep(jpeg())
    later = clock.now() + LATER
    looked_at = stores.Store.changed_at
    monkeypatch.setattr(stores.Store, "changed_at", lambda *_: later)
    assert swept_later() == 0
    monkeypatch.setattr(stores.Store, "changed_at", looked_at)
    assert originals() == {digest}
    assert swept_later() == 1


def test_a_place_shared_with_others_keeps_what_is_theirs(onde: int) -> None:
    stores.public().put("daftar-harga.pdf", b"not ours")
    assert swept_later() == 0
    assert names() == {"daftar-harga.pdf"}


def test_a_photo_of_an_older_program_is_shown_and_then_renewed(onde: int, run_jobs: Jobs, client: Browser) -> None:
    digest = stored(onde, run_jobs)
    before = [f"{digest}-{size}.{kind}" for size in (320, 640) for kind in ("webp", "jpg")]
    made = names()
    for name in before:
        stores.public().put(name, stores.public().get(file_name(digest, 320, "jpg")))
    stores.public().delete(made)
    with writing() as session:
        session.execute(update(Photo).values(name=digest, edition=BEFORE))
    assert client.get(f"/foto/{digest}-320.jpg").status == 200
    assert picture_care.renew() == 1
    assert run_jobs() == 1
    db.session.rollback()
    [photo] = pictures.photos_of(onde)
    assert (photo.edition, photo.name[:32]) == (WHOLE, digest)
    assert names() == made | set(before) and picture_care.renew() == 0
    assert swept_later() == 4
    assert names() == made


def test_files_that_were_made_a_moment_ago_do_not_go(onde: int, run_jobs: Jobs) -> None:
    """The row is younger than a day although its old files are not: pages opened before still ask for those."""
    digest = stored(onde, run_jobs)
    stores.public().put(f"{digest}-320.webp", b"old")
    with clock.at(clock.now() + LATER):
        with writing() as session:
            session.execute(update(Photo).values(ready_at=clock.now()))
        assert picture_care.sweep() == 0


def test_the_night_sweeps_renews_and_comes_again(onde: int, run_jobs: Jobs) -> None:
    stored(onde, run_jobs)
    with writing() as session:
        session.execute(update(Photo).values(edition=BEFORE))
    picture_care.look_after()
    assert run_jobs() == 1


def test_the_command_says_what_it_did(app: Flask, onde: int, run_jobs: Jobs) -> None:
    stored(onde, run_jobs)
    result = app.test_cli_runner().invoke(args=["tidy-pictures"])
    assert result.output == "0 files deleted, 0 pictures left to the worker.\n", result.output


def test_nobody_sweeps_while_a_file_is_written(app: Flask) -> None:
    """Writers do not wait for each other; a sweep waits for all of them."""
    order: list[str] = []

    def sweep() -> None:
        with app.app_context(), alone(SWEEPING):
            order.append("swept")

    with together(SWEEPING), together(SWEEPING):
        other = threading.Thread(target=sweep)
        other.start()
        time.sleep(0.3)
        order.append("written")
    other.join(10)
    assert order == ["written", "swept"]
