"""What happens to a review after it is written: read page by page, answered once, reported, hidden and shown again."""

import json
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, insert, select

from marketplace.audit import AuditRow
from marketplace.catalog.models import ReviewPhoto, ReviewReport
from marketplace.catalog.reviews import Opinion, write
from marketplace.clock import now
from marketplace.db import db, writing
from tests.browser import Browser
from tests.factories import Market
from tests.orders.reviews import ONDE, delivered, rating, reviews, send

SignIn = Callable[[str], Browser]
LIST = f"{ONDE}/ulasan"
REASON = "Memuat nomor telepon orang lain."


@pytest.fixture
def review_id(app: Flask, market: Market, client: Browser) -> int:
    """A guest's review of the onde-onde."""
    _, path = delivered(app, market, client)
    send(client, path, 4, "Enak sekali.")
    return reviews(app)[0].id


def crowd(app: Flask, market: Market, count: int) -> None:
    """So many reviews of the onde-onde, of one to five stars in turn."""
    with app.app_context(), writing():
        for n in range(count):
            write(market.products["onde"], f"Pembeli ke-{n}", "", Opinion(1 + n % 5, f"Ulasan nomor {n}."))


def test_the_latest_few_stand_on_the_product_and_the_rest_on_pages(
    app: Flask, market: Market, client: Browser, count_sql: Callable[[], list[str]]
) -> None:
    crowd(app, market, 23)
    statements = count_sql()
    page = client.get(ONDE)
    assert len(statements) <= 6, statements
    shown = [article.get("id") for article in page.all("article", class_="review")]
    assert len(shown) == 4 and "Ulasan nomor 22." in page.text and "Ulasan nomor 18." not in page.text
    seen, path = list(shown), next(link for link in page.links() if link.startswith(f"{LIST}?sesudah="))
    while path:
        page = client.get(path)
        seen += [article.get("id") for article in page.all("article", class_="review")]
        path = next((a.get("href", "") for a in page.all("a", rel="next")), "")
    assert len(seen) == len(set(seen)) == 23
    assert len(client.get(f"{LIST}?sesudah=bukan").all("article", class_="review")) == 10


def test_photos_stand_as_they_were_sent_without_those_in_work(
    app: Flask, market: Market, client: Browser, review_id: int
) -> None:
    with app.app_context(), writing() as session:
        for position, name in ((2, "c" * 64), (0, "a" * 64), (1, ""), (3, "b" * 64)):
            photo = {"review_id": review_id, "position": position, "digest": str(position), "name": name}
            session.execute(insert(ReviewPhoto).values(**photo, created_at=now()))
    for path in (ONDE, LIST):
        (card,) = client.get(path).all("article", class_="review")
        shown = [
            link.get("href", "").split("/foto/")[1][0] for link in card.iter("a") if "/foto/" in link.get("href", "")
        ]
        assert shown == ["a", "c", "b"], path


def test_average_count_and_spread(app: Flask, market: Market, client: Browser) -> None:
    crowd(app, market, 7)
    page = client.get(ONDE)
    data = json.loads("".join(page.all("script", type="application/ld+json")[0].itertext()))
    assert data["aggregateRating"]["ratingValue"] == 2.6
    assert data["aggregateRating"]["reviewCount"] == 7
    bars = [text for item in page.root.iter("li") for text in ["".join(item.itertext()).split()] if "★" in text]
    assert [(bar[0], bar[-1]) for bar in bars] == [("5", "1"), ("4", "1"), ("3", "1"), ("2", "2"), ("1", "2")]


def test_reviews_of_what_is_not_on_show_are_not_there(client: Browser, market: Market) -> None:
    assert client.get("/produk/tidak-ada/ulasan").status == 404
    assert "Belum ada ulasan" in client.get(LIST).text


def test_the_page_is_the_same_for_everyone(client: Browser, signed_in: SignIn, review_id: int) -> None:
    guest, siti = client.get(LIST), signed_in("siti").get(LIST)
    assert guest.response.get_data() == siti.response.get_data()
    assert guest.headers["Cache-Control"] == "public, no-cache" and "Set-Cookie" not in guest.headers


def test_the_shop_replies_once(app: Flask, client: Browser, signed_in: SignIn, review_id: int) -> None:
    ani, path = signed_in("bu_ani"), f"/jualan/ulasan/{review_id}"
    assert path in ani.get("/jualan/ulasan").links()
    assert ani.post(path, {"words": " "}).status == 422
    ani.post(path, {"words": "Terima kasih <b>Kak</b>."})
    page = client.get(ONDE)
    assert "Balasan Onde-onde Bu Ani" in page.text and "Terima kasih <b>Kak</b>." in page.text
    again = ani.post(path, {"words": "Lagi."})
    assert again.status == 409 and "sudah Anda balas" in again.text
    assert reviews(app)[0].reply == "Terima kasih <b>Kak</b>."


def test_another_shop_cannot_reply(app: Flask, signed_in: SignIn, review_id: int) -> None:
    budi, path = signed_in("pak_budi"), f"/jualan/ulasan/{review_id}"
    assert "Enak sekali" not in budi.get("/jualan/ulasan").text
    assert budi.get(path).status == 404
    assert budi.post(path, {"words": "Jangan percaya."}).status == 404
    assert reviews(app)[0].reply == ""


def test_a_report_counts_once_for_a_browser_and_a_person(
    app: Flask, client: Browser, signed_in: SignIn, review_id: int
) -> None:
    path = f"{LIST}/{review_id}/lapor"
    assert path in client.get(ONDE).links()
    assert client.post(path, {"reason": "bosan"}).status == 422
    page = client.post(path, {"reason": "rude"}, follow=True)
    assert "Petugas akan memeriksa" in page.text
    siti = signed_in("siti")
    for browser in (client, siti, siti, signed_in("siti"), Browser(app)):
        browser.post(path, {"reason": "advert"})
    assert reviews(app)[0].reports == 3
    with app.app_context():
        assert db.session.scalar(select(func.count(ReviewReport.id))) == 3
    assert client.get(f"/produk/sepatu-pantofel-kulit/ulasan/{review_id}/lapor").status == 404


def test_a_hidden_review_leaves_page_and_rating_at_once(
    app: Flask, client: Browser, signed_in: SignIn, review_id: int
) -> None:
    client.post(f"{LIST}/{review_id}/lapor", {"reason": "private"})
    rina, path = signed_in("bu_rina"), f"/kantor/ulasan/{review_id}"
    assert "Ulasan dilaporkan" in rina.get("/kantor").text
    assert path in rina.get("/kantor/ulasan").links()
    assert "Memuat data pribadi" in rina.get(path).text
    assert rina.post(f"{path}/sembunyi", {"reason": "x"}).status == 422
    assert rating(app) == (4, 1)
    for _ in range(2):
        rina.post(f"{path}/sembunyi", {"reason": REASON}, follow=True)
    assert rating(app) == (0, 0)
    assert "Enak sekali." not in client.get(ONDE).text + client.get(LIST).text
    assert client.get(f"{LIST}/{review_id}/lapor").status == 404
    assert client.post(f"{LIST}/{review_id}/lapor", {"reason": "rude"}).status == 404
    assert REASON in signed_in("bu_ani").get("/jualan/ulasan").text
    assert path not in rina.get("/kantor/ulasan").links()
    assert path in rina.get("/kantor/ulasan?status=disembunyikan").links()
    page = rina.submit(rina.get(path), "/tampil")
    rina.post(f"{path}/tampil")
    assert rating(app) == (4, 1)
    assert "Enak sekali." in client.get(ONDE).text
    assert "Ditampilkan lagi" in page.text and REASON in page.text
    with app.app_context():
        deeds = db.session.scalars(select(AuditRow.verb).where(AuditRow.kind == "review").order_by(AuditRow.id)).all()
    assert deeds == ["hide", "show"]


def test_a_hidden_review_that_changes_stays_out_of_the_rating(
    app: Flask, market: Market, client: Browser, signed_in: SignIn
) -> None:
    _, path = delivered(app, market, client)
    send(client, path, 1, "Kasar.")
    office = f"/kantor/ulasan/{reviews(app)[0].id}"
    signed_in("bu_rina").post(f"{office}/sembunyi", {"reason": REASON})
    assert REASON in client.get(path).text
    send(client, path, 5, "Maaf, enak.")
    assert rating(app) == (0, 0)
    assert "Maaf, enak." not in client.get(ONDE).text
    signed_in("bu_rina").post(f"{office}/tampil")
    assert rating(app) == (5, 1)


@pytest.mark.parametrize("who", ["siti", "bu_ani"])
def test_only_the_office_hides(app: Flask, signed_in: SignIn, review_id: int, who: str) -> None:
    path = f"/kantor/ulasan/{review_id}"
    assert signed_in(who).post(f"{path}/sembunyi", {"reason": REASON}).status == 403
    assert signed_in("bu_rina").get("/kantor/ulasan/999").status == 404
    assert signed_in("bu_rina").post("/kantor/ulasan/999/tampil").status == 404
    assert rating(app) == (4, 1)
