"""Who has bought may speak: once a line, from delivery on, changeable for thirty days, with at most three photos."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from flask import Flask
from sqlalchemy import func, select, text

from marketplace.catalog.models import ReviewPhoto
from marketplace.catalog.reviews import Opinion
from marketplace.db import db
from marketplace.orders.models import OrderLine
from marketplace.orders.reviewing import public_name, review_line
from tests.browser import Browser
from tests.catalog.photos import jpeg
from tests.factories import Market
from tests.orders.flows import order
from tests.orders.reviews import ONDE, delivered, rating, reviews, send

SignIn = Callable[[str], Browser]
MONDAY_10 = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def photo_count(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count(ReviewPhoto.id))) or 0


def test_a_member_speaks_and_everyone_reads_it(app: Flask, market: Market, client: Browser, signed_in: SignIn) -> None:
    siti = signed_in("siti")
    path, _ = delivered(app, market, siti)
    assert path in siti.get(path.partition("/ulasan")[0]).links()
    page = send(siti, path, 4, "Wijennya banyak, masih hangat.")
    assert "Ulasan Anda sudah disimpan" in page.text and "Ubah ulasan" in page.text
    assert rating(app) == (4, 1)
    page = client.get(ONDE)
    for words in ("Siti A.", "Wijennya banyak, masih hangat.", "Pembeli terverifikasi", "4,0", "1 ulasan"):
        assert words in page.text
    assert "Siti Aminah" not in page.text
    assert '"aggregateRating"' in page.html
    assert "4.0" in client.get(f"/en{ONDE}").text


def test_a_guest_speaks_through_the_link(app: Flask, market: Market, client: Browser) -> None:
    _, path = delivered(app, market, client)
    assert path in client.get(path.partition("/ulasan")[0]).links()
    page = client.get(path)
    send(Browser(app), path, 5, "Enak.")
    assert page.h1 == "Beri ulasan" and client.get(path).h1 == "Ubah ulasan"
    assert rating(app) == (5, 1)


def test_a_product_without_reviews_has_no_rating(market: Market, client: Browser) -> None:
    page = client.get(ONDE)
    assert "Belum ada ulasan" in page.text
    assert "aggregateRating" not in page.html


def test_before_delivery_nobody_speaks(app: Flask, market: Market, signed_in: SignIn) -> None:
    siti = signed_in("siti")
    order(siti, market, onde=1)
    with app.app_context():
        line = db.session.scalars(select(OrderLine)).one()
        number = db.session.execute(text("SELECT number FROM shop_order")).scalar_one()
    page = siti.get(f"/pesanan/{number}")
    assert "Beri ulasan" not in page.text
    for answer in (
        siti.get(f"/pesanan/{number}/ulasan/{line.id}"),
        send(siti, f"/pesanan/{number}/ulasan/{line.id}", 1),
    ):
        assert answer.status == 409 and "setelah barangnya sampai" in answer.text
    assert reviews(app) == []


def test_strangers_find_nothing(app: Flask, market: Market, client: Browser, signed_in: SignIn) -> None:
    member, link = delivered(app, market, signed_in("siti"))
    _, other_link = delivered(app, market, client)
    for browser, path in (
        (signed_in("joko"), member),
        (signed_in("bu_ani"), member),
        (client, link.replace("/lacak/", "/lacak/x")),
        (client, link.rpartition("/")[0] + "/" + other_link.rpartition("/")[2]),
        (client, link.rpartition("/")[0] + "/999"),
    ):
        assert browser.get(path).status == 404
        assert send(browser, path, 1, "Jahat").status == 404
    assert reviews(app) == []


def test_it_can_be_changed_for_thirty_days(app: Flask, market: Market) -> None:
    with time_machine.travel(MONDAY_10, tick=False) as clock:
        guest = Browser(app)
        _, path = delivered(app, market, guest)
        send(guest, path, 5, "Enak.")
        clock.shift(timedelta(days=30))
        page = guest.get(path)
        assert page.root.find(".//textarea").text.strip() == "Enak."  # type: ignore[union-attr]
        send(guest, path, 2, "Ternyata keras.")
        assert rating(app) == (2, 1)
        assert "diubah" in guest.get(ONDE).text
        clock.shift(timedelta(seconds=1))
        assert send(guest, path, 1, "Terlambat.").status == 409
        assert guest.get(path).status == 409
        assert path not in guest.get(path.partition("/ulasan")[0]).links()
    assert rating(app) == (2, 1)
    assert [review.words for review in reviews(app)] == ["Ternyata keras."]


def test_stars_are_needed_and_words_have_an_end(app: Flask, market: Market, client: Browser) -> None:
    _, path = delivered(app, market, client)
    for data in ({"words": "Enak"}, {"stars": "6"}, {"stars": "lima"}, {"stars": "5", "words": "x" * 1001}):
        page = client.post(path, data)
        assert page.status == 422 and page.by_id("errors") is not None
    assert reviews(app) == []


def test_hostile_words_stay_words(app: Flask, market: Market, client: Browser) -> None:
    _, path = delivered(app, market, client)
    evil = "<script>alert('x')</script></p>\n<b>tebal</b> \"kutip\" {{ 7*7 }}"
    send(client, path, 5, evil)
    page = client.get(ONDE)
    assert "<script>alert" not in page.html and "<b>tebal" not in page.html
    assert "<b>tebal</b>" in page.text and "{{ 7*7 }}" in page.text


def test_photos_are_shown_once_they_are_ready(
    app: Flask, market: Market, client: Browser, run_jobs: Callable[[], int]
) -> None:
    _, path = delivered(app, market, client)
    send(client, path, 5, "", jpeg(800), jpeg(801), jpeg(800))
    assert photo_count(app) == 2
    assert client.get(ONDE).all("img") == []
    run_jobs()
    images = [image.get("src", "") for image in client.get(ONDE).all("img")]
    assert len(images) == 2
    picture = client.client.get(images[0])
    assert picture.status_code == 200
    picture.close()


def test_three_photos_are_the_most(app: Flask, market: Market, client: Browser) -> None:
    _, path = delivered(app, market, client)
    four = [jpeg(width) for width in (400, 401, 402, 403)]
    page = send(client, path, 5, "Enak", *four)
    assert page.status == 422 and "Paling banyak 3 foto" in page.text
    assert (reviews(app), photo_count(app), rating(app)) == ([], 0, (0, 0))
    send(client, path, 5, "Enak", *four[:3])
    assert send(client, path, 5, "Enak", four[3]).status == 422
    page = client.get(path)
    first = page.all("input", name="removed")[0].get("value")
    assert send(client, path, 4, "Enak", four[3], removed=first).status == 200
    assert photo_count(app) == 3 and rating(app) == (4, 1)


def test_what_is_no_photo_is_refused_beside_its_field(app: Flask, market: Market, client: Browser) -> None:
    _, path = delivered(app, market, client)
    page = send(client, path, 5, "Enak", b"GIF89a")
    assert page.status == 422 and "bukan foto" in page.text
    assert reviews(app) == []


def test_a_photo_of_another_review_cannot_be_removed(app: Flask, market: Market, client: Browser) -> None:
    _, first = delivered(app, market, client)
    send(client, first, 5, "", jpeg())
    _, second = delivered(app, market, client)
    with app.app_context():
        id = db.session.scalars(select(ReviewPhoto.id)).one()
    send(client, second, 5, "", removed=str(id))
    assert photo_count(app) == 1


@pytest.mark.parametrize("guarded", [True, False])
def test_two_who_send_at_once_write_one_review(
    app: Flask, market: Market, client: Browser, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Without its guard the line is not asked whether somebody has spoken already, and each of them writes one."""
    _, path = delivered(app, market, client)
    line_id = int(path.rpartition("/")[2])
    start = Barrier(4)
    if not guarded:
        monkeypatch.setattr("marketplace.orders.reviewing._locked_review_id", lambda _line_id: None)

    def speak(stars: int) -> None:
        with app.app_context():
            start.wait()
            review_line(line_id, Opinion(stars, "Enak."))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(speak, (2, 3, 4, 5)))
    written = reviews(app)
    if guarded:
        assert len(written) == 1
        assert rating(app) == (written[0].stars, 1)
    else:
        assert len(written) == 4


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siti Aminah", "Siti A."),
        ("  siti  nur aminah ", "siti A."),
        ("Siti", "Siti"),
        ("Siti 2", "Siti"),
        ("0812345 Siti", ""),
        ("siti@contoh.example", ""),
        ("", ""),
        ("W" * 80, "W" * 24),
    ],
)
def test_names_are_shortened(name: str, shown: str) -> None:
    assert public_name(name) == shown
