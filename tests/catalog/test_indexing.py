"""What lists repeat of a product stays true through every change of product, stock, shelf and shop."""

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from marketplace.catalog import facet_counts, products, reviews, stock, tags
from marketplace.catalog.indexing import reindex_all, reindex_if_outdated
from marketplace.catalog.models import FacetCount, Product
from marketplace.catalog.ranking import quality_of, rank_of
from marketplace.db import db, writing
from marketplace.sellers import shops, verification
from tests.catalog.goods import kampung_id
from tests.factories import Market, category_id, kelurahan_id

ONDE = "onde-onde-isi-10"


@pytest.fixture
def desk(app: Flask, market: Market) -> Iterator[Market]:
    with app.app_context():
        yield market


def onde(market: Market) -> Product:
    return db.session.get_one(Product, market.products["onde"], populate_existing=True)


def counted() -> dict[tuple[str, str], int]:
    rows = select(FacetCount.scope, FacetCount.tag, FacetCount.n).where(FacetCount.n != 0)
    return {(scope, tag): n for scope, tag, n in db.session.execute(rows)}


def test_counts_are_those_of_a_fresh_start_after_every_change(desk: Market) -> None:
    ani, rina, product = desk.shops["bu_ani"], desk.people["bu_rina"], desk.products["onde"]
    renamed = shops.Profile("Bo Liem", "6281234567890", kelurahan_id("Miji"), kampung_id("onde-onde"))
    steps: list[Callable[[], object]] = [
        lambda: products.unpublish(ani, ONDE),
        lambda: products.publish(ani, ONDE),
        lambda: _in_block(lambda: stock.take({desk.variants["onde"]: 30})),
        lambda: _in_block(lambda: stock.give_back({desk.variants["onde"]: 30})),
        lambda: _in_block(lambda: reviews.write(product, "Siti A.", "", reviews.Opinion(5))),
        lambda: verification.suspend(ani, rina, "Alamat tidak ditemukan"),
        lambda: verification.reinstate(ani, rina),
        lambda: shops.change_delivery(ani, shops.DeliveryTerms(False, 0, None, None, None)),
        lambda: shops.offer_courier(ani, "jne", "REG", shops.CourierFees(9_000, None, None)),
        lambda: shops.change_profile(ani, desk.people["bu_ani"], renamed),
        lambda: products.archive(ani, ONDE),
    ]
    for step in steps:
        step()
        kept, columns = counted(), _columns(desk)
        with writing():
            reindex_all()
        assert kept == counted()
        assert columns == _columns(desk)


def _in_block(work: Callable[[], object]) -> None:
    with writing():
        work()


def _columns(market: Market) -> tuple[object, ...]:
    product = onde(market)
    place = (product.top_category_id, product.kampung_id, product.kelurahan_id)
    return product.is_listed, product.quality, product.rank, product.tags, *place


def test_a_product_is_listed_while_it_is_published_and_its_shop_verified(desk: Market) -> None:
    ani, rina = desk.shops["bu_ani"], desk.people["bu_rina"]
    assert onde(desk).is_listed
    verification.suspend(ani, rina, "Alamat tidak ditemukan")
    assert not onde(desk).is_listed and facet_counts.counts_of(tags.shop(ani)) == {}
    verification.reinstate(ani, rina)
    assert onde(desk).is_listed and facet_counts.counts_of(tags.shop(ani))[facet_counts.TOTAL] == 1
    products.archive(ani, ONDE)
    assert not onde(desk).is_listed


def test_tags_say_what_can_be_chosen(desk: Market) -> None:
    shoe = db.session.get_one(Product, desk.products["sepatu"])
    found = set(shoe.tags.split())
    assert {tags.size("39"), tags.size("41"), tags.colour("hitam"), tags.colour("cokelat")} <= found
    assert {tags.AVAILABLE, tags.PICKUP} <= found
    assert {tags.category(category_id(slug)) for slug in ("sepatu", "alas-kaki")} <= found
    assert tags.zone(kelurahan_id("Balongsari")) in found and tags.zone(kelurahan_id("Miji")) not in found
    assert set(onde(desk).tags.split()) >= {tags.EVERYWHERE, tags.OUTSIDE}


def test_what_cannot_be_ordered_stands_below_all_that_can(desk: Market) -> None:
    before = onde(desk).rank
    with writing():
        stock.take({desk.variants["onde"]: 30})
    sold_out = onde(desk)
    assert sold_out.rank < before and tags.AVAILABLE not in sold_out.tags.split()
    bad = {"has_photo": False, "description": "", "rating_sum": 40, "rating_count": 40, "done": 0, "lost": 99}
    good = {"has_photo": True, "description": "x" * 80, "rating_sum": 500, "rating_count": 100, "done": 99, "lost": 0}
    worst, best = quality_of(in_stock=True, **bad), quality_of(in_stock=False, **good)  # type: ignore[arg-type]
    assert rank_of(best, 1, 2) < rank_of(worst, 2, 1)


def test_one_review_of_five_stars_does_not_win() -> None:
    same = {"in_stock": True, "has_photo": True, "description": "", "done": 0, "lost": 0}
    one = quality_of(**same, rating_sum=5, rating_count=1)  # type: ignore[arg-type]
    forty = quality_of(**same, rating_sum=192, rating_count=40)  # type: ignore[arg-type]
    assert one < forty


def test_an_upgrade_fills_what_is_empty(desk: Market) -> None:
    before, columns = counted(), _columns(desk)
    with writing() as session:
        session.execute(delete(FacetCount))
        session.execute(update(Product).values(tags="", is_listed=False, rank=0, quality=0, kelurahan_id=None))
    reindex_if_outdated()
    assert (counted(), _columns(desk)) == (before, columns)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Hitam", {"hitam"}),
        ("merah muda", {"merah_muda"}),
        ("Navy / broken white", {"biru", "putih"}),
        ("coklat tua", {"cokelat"}),
        ("isi 10", set()),
    ],
)
def test_colours_are_recognised_by_their_words(text: str, names: set[str]) -> None:
    assert tags.colours_in(text) == names


def test_a_range_of_prices_is_the_buckets_between_or_blocks_of_them() -> None:
    for low, high in ((None, 25_000), (10_000, 50_000), (99_000, None), (5, 5), (None, None)):
        found = set(tags.prices(low, high))
        assert len(found) < 10
        for rupiah in (1, 5, 9_999, 10_000, 24_999, 25_000, 50_000, 99_000, 10**9):
            bucket = tags.price(rupiah)
            held = found & {bucket, *tags.price_blocks(bucket)}
            if (low or 0) <= rupiah <= (high or 10**9):
                assert len(held) == 1
            elif not 0.7 * (low or 0) < rupiah < 1.5 * (high or 10**9):
                assert not held
    assert tags.prices(50_000, 20_000) == [] == tags.price_blocks("ka_7")


def test_blocks_inside_a_range_hold_no_other_prices() -> None:
    edges = (None, 0, 1, 2, 3, 5, 1_000, 1_024, 1_447, 1_448, 25_000, 65_535, 65_536, 10**9, 2**53)
    for low, high in product(edges, edges):
        inside, all_of_them = set(tags.prices_inside(low, high)), set(tags.prices(low, high))
        for rupiah in (0, 1, 2, 3, 4, 5, 1_023, 1_024, 1_447, 1_448, 2_047, 9_999, 65_535, 65_536, 99_000, 10**9):
            bucket = tags.price(rupiah)
            own = {bucket, *tags.price_blocks(bucket)}
            is_wanted = (low or 0) <= rupiah <= (2**53 if high is None else high)
            assert is_wanted or not own & inside, (low, high, rupiah)
            assert own & all_of_them or not own & inside
    assert tags.prices_inside(1_024, 65_535) == tags.prices(1_024, 65_535)
    assert tags.prices_inside(None, 2_000) and not tags.prices_inside(3_000, 3_100)
