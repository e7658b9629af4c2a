"""Kept pages: served without asking the app, never when they are wrong, the same bytes as made anew (rule 11)."""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta

import brotli
import pytest
import time_machine
from flask import Flask
from sqlalchemy import text, update
from werkzeug.test import TestResponse

from marketplace import clock, stamps
from marketplace.catalog.models import Product
from marketplace.catalog.shown import touch_cards
from marketplace.db import db, writing
from marketplace.kept_page import KeptPage, Key, Shelf, best_encoding
from marketplace.pagecache import LONGEST_LIFE, PageCache, ordered
from marketplace.sellers.shops import close_until
from tests.browser import Browser
from tests.factories import Market
from tests.keeping import keeping
from tests.test_public_pages import answer, seen

ONDE = "/produk/onde-onde-isi-10"


@pytest.fixture
def cached(app: Flask, market: Market) -> Iterator[Flask]:
    with keeping(app) as other:
        yield other


def layer_of(app: Flask) -> PageCache:
    layer: PageCache = app.extensions["pagecache"]
    return layer


def rename(app: Flask, product_id: int, title: str) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Product).where(Product.id == product_id).values(title=title))
        touch_cards([product_id])


def test_a_kept_page_asks_nothing_but_its_stamps(cached: Flask, count_sql: Callable[[], list[str]]) -> None:
    first = answer(Browser(cached), ONDE)
    layer_of(cached).app = None  # type: ignore[assignment]  # nobody to ask
    assert seen(answer(Browser(cached), ONDE)) == seen(first)


def opened(response: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """What a browser makes of an answer: how well it was compressed is not seen."""
    status, body, headers = seen(response)
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}.get(response.headers.get("Content-Encoding", ""), bytes)
    return status, unpack(body), [each for each in headers if each[0] not in {"Content-Length", "ETag"}]


def test_the_bytes_are_those_of_a_page_made_anew(app: Flask, cached: Flask) -> None:
    for encoding in ("identity", "br", "gzip", "br;q=0, gzip", ""):
        made = opened(answer(Browser(app), ONDE, Accept_Encoding=encoding))
        for _ in range(2):
            assert opened(answer(Browser(cached), ONDE, Accept_Encoding=encoding)) == made


def test_a_page_that_is_kept_is_compressed_better(app: Flask, cached: Flask) -> None:
    for encoding in ("br", "gzip"):
        once, kept = (answer(Browser(each), ONDE, Accept_Encoding=encoding) for each in (app, cached))
        assert len(kept.get_data()) < len(once.get_data())
        assert kept.headers["ETag"] != once.headers["ETag"]


def test_a_page_made_anew_is_compressed_the_quicker_way(app: Flask, cached: Flask) -> None:
    for accepted, quicker, smaller in (
        ("gzip, deflate, br", "gzip", "br"),
        ("br", "br", "br"),
        ("gzip", "gzip", "gzip"),
    ):
        once, kept = (answer(Browser(each), ONDE, Accept_Encoding=accepted) for each in (app, cached))
        assert (once.headers["Content-Encoding"], kept.headers["Content-Encoding"]) == (quicker, smaller)
        assert opened(once)[1] == opened(kept)[1]


def test_a_change_shows_at_once(cached: Flask, market: Market) -> None:
    for title in ("Onde-onde pandan", "Onde-onde ketawa"):
        rename(cached, market.products["onde"], title)
        for path in (ONDE, "/kategori/kuliner", "/", "/cari", "/toko/onde-onde-bu-ani"):
            assert title in Browser(cached).get(path).text, path


def test_head_is_get_without_its_body(cached: Flask) -> None:
    for _ in range(2):
        head, get = Browser(cached).client.head(ONDE), Browser(cached).client.get(ONDE)
        assert head.get_data() == b"" and dict(head.headers) == dict(get.headers)


def test_who_has_the_page_gets_304(cached: Flask) -> None:
    for encoding in ("identity", "br", "gzip"):
        tag = answer(Browser(cached), ONDE, Accept_Encoding=encoding).headers["ETag"]
        for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
            again = answer(Browser(cached), ONDE, Accept_Encoding=encoding, If_None_Match=known)
            assert (again.status_code, again.get_data(), again.headers["ETag"]) == (304, b"", tag)
        assert answer(Browser(cached), ONDE, Accept_Encoding=encoding, If_None_Match='"x"').status_code == 200


@pytest.mark.parametrize("path", ["/produk/tidak-ada", "/keranjang", "/akun", "/cari?x=1", "/foto/x", "/tidak-ada"])
def test_what_is_no_public_page_is_not_kept(cached: Flask, path: str) -> None:
    Browser(cached).get(path)
    assert len(layer_of(cached).shelf) == 0


def test_addresses_that_mean_the_same_are_one_page(cached: Flask) -> None:
    for query in ("q=onde&urut=terbaru", "urut=terbaru&q=onde", "utm_source=wa&q=onde&fbclid=1&urut=terbaru"):
        page = Browser(cached).get(f"/cari?{query}")
        assert "/en/cari?q=onde&urut=terbaru" in page.links()
    assert len(layer_of(cached).shelf) == 1


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ""),
        ("sesudah=7&q=a+b", "q=a+b&sesudah=7"),
        ("q=%E2%98%80", "q=%E2%98%80"),
        ("kategori=b&q=&kategori=a", "q=&kategori=b&kategori=a"),
        ("gclid=1", ""),
        ("q=%ff", None),
        ("q=\xe9", None),
        ("next=/akun", None),
        ("q=" + "a" * 1000, None),
    ],
)
def test_parameters_have_an_order(query: str, expected: str | None) -> None:
    assert ordered(query) == expected


def test_a_strange_host_is_refused_though_the_page_is_kept(cached: Flask) -> None:
    assert Browser(cached).get(ONDE).status == 200
    assert Browser(cached).client.get(ONDE, headers={"Host": "evil.example"}).status_code == 400


def test_a_page_ends_with_the_time_it_shows(cached: Flask, market: Market) -> None:
    until = clock.now() + timedelta(seconds=90)
    with cached.app_context():
        close_until(market.shops["bu_ani"], until)
    assert Browser(cached).get(ONDE).by_id("closed") is not None
    with time_machine.travel(until + timedelta(seconds=1), tick=False):
        assert Browser(cached).get(ONDE).by_id("closed") is None


def test_a_page_ends_after_five_minutes(cached: Flask, market: Market) -> None:
    Browser(cached).get(ONDE)
    with cached.app_context(), writing() as session:
        session.execute(update(Product).values(title="Tanpa cap"))  # nobody moved the stamp
    with time_machine.travel(clock.now() + timedelta(seconds=LONGEST_LIFE - 5), tick=False):
        assert "Tanpa cap" not in Browser(cached).get(ONDE).text
    with time_machine.travel(clock.now() + timedelta(seconds=LONGEST_LIFE + 5), tick=False):
        assert "Tanpa cap" in Browser(cached).get(ONDE).text


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_change_while_the_page_is_made_is_not_hidden(cached: Flask, market: Market, when: str) -> None:
    """Stamps are those of a moment before the content, so the page made meanwhile is made again."""
    layer = layer_of(cached)
    asked = layer.app

    def interrupted(environ, start_response):
        if when == "before":
            rename(cached, market.products["onde"], "Onde-onde baru")
        body = b"".join(asked(environ, start_response))
        if when == "after":
            rename(cached, market.products["onde"], "Onde-onde baru")
        return [body]

    layer.app = interrupted
    Browser(cached).get(ONDE)
    layer.app = asked
    assert "Onde-onde baru" in Browser(cached).get(ONDE).text


def test_without_stamps_every_page_is_made(cached: Flask) -> None:
    Browser(cached).get(ONDE)
    with cached.app_context(), db.engine.begin() as connection:
        connection.execute(text("DROP TABLE stamp"))
    assert Browser(cached).get(ONDE).status == 200


def test_nothing_is_kept_when_it_is_turned_off(app: Flask, market: Market) -> None:
    Browser(app).get(ONDE)
    assert len(layer_of(app).shelf) == 0


def test_every_public_page_says_what_it_shows(cached: Flask) -> None:
    paths = ["/", "/cari", "/kategori/kuliner", "/kampung", "/kampung/onde-onde", "/toko/onde-onde-bu-ani", ONDE]
    paths += [f"{ONDE}/ulasan", "/tentang", "/bantuan", "/syarat", "/privasi", "/nomor-contoh", "/gaya"]
    paths += ["/sitemap.xml", "/robots.txt", "/manifest.webmanifest"]
    for number, path in enumerate(paths, 1):
        Browser(cached).get(path)
        assert len(layer_of(cached).shelf) == number, path


def test_the_shelf_stays_within_its_bytes() -> None:
    shelf = Shelf(100_000)
    keys = [Key("h", f"/{n}", "", False) for n in range(30)]
    for key in keys:
        shelf.keep(key, KeptPage([], b"x" * 4_000))
        assert shelf.find(keys[0]), "what is asked for stays"
        assert shelf.taken <= 100_000
    assert len(shelf) == 10 and shelf.find(keys[1]) is None
    shelf.keep(keys[0], KeptPage([], b"y" * 20_000))
    assert shelf.find(keys[0]).plain == b"x" * 4_000  # type: ignore[union-attr]  # a giant is not kept


@pytest.mark.parametrize(
    ("accepted", "best"),
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("*", "br"), ("br;q=0,*", "gzip"), ("identity", ""), ("", "")],
)
def test_the_best_encoding(accepted: str, best: str) -> None:
    assert best_encoding(accepted, "br", "gzip") == best


def test_stamps_move_last_and_only_with_the_rest(app: Flask, count_sql: Callable[[], list[str]]) -> None:
    reader = layer_of(app).reader
    with app.app_context():
        with pytest.raises(RuntimeError, match="inside"):
            stamps.touch({stamps.SITE})
        log = count_sql()
        with writing() as session:
            stamps.touch({stamps.SITE, stamps.product(7)})
            session.execute(update(Product).values(sold=0))
        with pytest.raises(KeyboardInterrupt), writing():
            stamps.touch({stamps.SITE})
            raise KeyboardInterrupt
    assert [statement.split(" ", 1)[0] for statement in log] == ["UPDATE", "INSERT"]
    assert reader.now([stamps.SITE, stamps.product(7), stamps.product(8)]) == {"site": 1, "product:7": 1}
