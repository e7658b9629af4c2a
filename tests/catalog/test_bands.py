"""Bands of ranks: each rank lies in one, whatever is known of qualities; PostgreSQL finds the same however it asks."""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import text

from marketplace.catalog import search_postgresql, search_sqlite, tags
from marketplace.catalog.bands import TOP, Band, bands, blocks_of, is_block
from marketplace.catalog.engine import Query
from marketplace.catalog.frequencies import Frequencies
from marketplace.catalog.index import engine
from marketplace.catalog.indexing import reindex
from marketplace.catalog.ranking import CIRCLE, ID_BITS
from marketplace.catalog.search import find
from marketplace.db import db, writing
from tests.busy_market import add_goods, open_shops
from tests.factories import Market, category_id

QUALITIES = ((928, 13_000), (896, 540_000), (864, 130_000), (800, 1), (416, 200_000), (7, 3))
KNOWN = Frequencies(1_000_000, QUALITIES, {"w_batik": 0.1, "s_batik": 0.1, "po_1": 0.2, "ada_1": 0.9}, 0.001)


def bands_of(found: Sequence[Band], rank: int) -> list[int]:
    """The bands, from 0, that a rank lies in."""
    own = set(blocks_of(rank))
    return [n for n, (below, tokens) in enumerate(found) if rank < below and (not tokens or own & set(tokens))]


@pytest.mark.parametrize("qualities", [QUALITIES, (), ((1023, 5),), ((0, 10**7),), ((512, 10**9), (511, 10**9))])
@pytest.mark.parametrize("first", [1, 1500, 20_000, 400_000, 10**9])
def test_every_rank_lies_in_one_band_and_no_better_one_below_it(
    qualities: tuple[tuple[int, int], ...], first: int
) -> None:
    found, dice = bands(qualities, first), random.Random(first)
    ranks = [dice.randrange(TOP) for _ in range(300)]
    ranks += [quality * CIRCLE + dice.randrange(CIRCLE) for quality, _n in qualities for _ in range(50)]
    ranks += [edge for below, _tokens in found for edge in (below - 1, below) if edge < TOP]
    places = [bands_of(found, rank) for rank in sorted(ranks, reverse=True)]
    assert all(len(each) == 1 for each in places)
    assert places == sorted(places)


def test_bands_grow_from_what_is_wanted_first() -> None:
    limits = [band.below for band in bands(QUALITIES, 1500)]
    goods = [_at_least(limit) for limit in limits[1:]]
    assert 500 < goods[0] < 4000 and len(goods) > 4
    assert all(2 * one < other < 5 * one for one, other in pairwise(goods)), goods
    assert bands(QUALITIES, 900_000) == [Band(TOP, ())]


def _at_least(rank: int) -> float:
    """How many goods have this rank or a better one."""
    quality, rest = divmod(rank, CIRCLE)
    better = sum(n for each, n in QUALITIES if each > quality)
    return better + dict(QUALITIES).get(quality, 0) * (1 - rest / CIRCLE)


def test_blocks_are_told_from_tags() -> None:
    assert all(map(is_block, blocks_of(896 << 48 | 7 << ID_BITS | 1)))
    assert not any(map(is_block, ["rt_4", "r", "w_r4", "s_roti"]))


def test_what_is_expected_are_the_shares_of_tokens() -> None:
    batik, ordered = [("w_batik",)], [("po_1",)]
    assert KNOWN.share([batik, ordered]) == pytest.approx(0.02)
    assert KNOWN.share([[("w_batik",), ("x",)]]) == pytest.approx(0.101)
    assert KNOWN.share([[("w_batik", "po_1")]]) == pytest.approx(0.02)
    assert KNOWN.share([batik, ordered]) < KNOWN.share([batik, ordered], spread=False) < 0.1
    wider = Query([[("w_batik",), ("x",)]], [[batik]])
    assert KNOWN.news([Query([batik]), wider]) == pytest.approx([100_000, 101_000 / 20])
    assert KNOWN.news([Query([batik]), Query([[("x",)]], [[batik]])]) == pytest.approx([100_000, 1_000])


def test_within_a_category_its_own_counts_are_known(
    app: Flask, market: Market, count_sql: Callable[[], list[str]]
) -> None:
    """Everything in it can be had; of all goods nobody knows."""
    with app.app_context():
        shelf = f"ka_{category_id('kuliner')}"
        asked = [[(shelf,)], [("ada_1",)], [("w_batik",)]]
        known = replace(KNOWN, scopes={})
        within, statements = known.within(asked), count_sql()
        assert within.share([[("ada_1",)]]) == 1 and within.share([[("w_batik",)]]) == KNOWN.share([[("w_batik",)]])
        assert within.share([[(shelf,)]]) == KNOWN.share([[(shelf,)]])
        assert known.within(asked) is within and known.within(asked[1:]) is known and not statements
        assert known.within([[("ka_99",)]]).shares == KNOWN.shares


def test_conditions_are_asked_one_by_one_the_rarest_first() -> None:
    clause = [[("ada_1",)], [("po_1",)], [("x",)], [("s_batik",)], [("y",), ("w_batik", "ada_1")]]
    assert search_postgresql._keys(Query(clause, [[[("z",)]]]), KNOWN) == [
        "((('x'))) & !((('z')))",
        "(('y') | ('w_batik' & 'ada_1'))",
        "(('s_batik'))",
        "(('po_1')) & (('ada_1'))",
    ]


QUESTIONS = ("batik", "kain batik", "keripik pedas", "onde", "sepatu kulit", "sambal")
MUSTS = (
    *([], [["ada_1"]], [["po_1"], ["halal_1", "rt_4"]], [["zn_kota"]]),
    [["ka_1"], ["ada_1"], ["zn_kota", "ambil_1"], ["po_1", "ada_1"], ["rt_1", "rt_2", "ka_1"], ["mutu", "zn_kota"]],
)


def test_answers_are_the_same_however_the_index_is_asked(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    add_goods(app, open_shops(app))
    with app.app_context():
        plain = _answers()
        assert sum(map(len, plain)) > 300
        monkeypatch.setattr(search_postgresql, "ENOUGH", 2)
        for expected, read in ((0, 0), (10**9, 3), (10**9, 10**6)):
            monkeypatch.setattr(search_postgresql, "AT_ONCE", expected)
            monkeypatch.setattr(search_postgresql, "MOST_AT_ONCE", read)
            assert _answers() == plain


def _answers() -> list[list[tuple[int, int]]]:
    prices = ((None, None), (20_000, 90_000))
    asked = [(text, must, price) for text in ("", *QUESTIONS) for must in MUSTS for price in prices]
    return [[(one.id, one.tier) for one in find(text, must, price=price).candidates] for text, must, price in asked]


def test_the_index_gives_back_what_was_put_in_and_is_left_alone(app: Flask, market: Market) -> None:
    with app.app_context():
        ids = list(market.products.values())
        before = engine().read(ids)
        assert not any(is_block(token) for document in before.values() for token in document.tokens)
        with writing() as session:
            places = "SELECT ctid FROM" if session.connection().dialect.name == "postgresql" else "SELECT rowid FROM"
            held = session.connection().exec_driver_sql(f"{places} search_document").all()
            reindex(ids)
            assert session.connection().exec_driver_sql(f"{places} search_document").all() == held
        assert engine().read(ids) == before
        db.session.rollback()


@pytest.mark.once
def test_sqlite_reads_its_index_upwards_which_is_best_first(app: Flask, market: Market) -> None:
    """Backwards, FTS5 of SQLite 3.40 leaves out rows where two lists of hundreds of thousands meet."""
    with app.app_context():
        best_first = db.session.scalars(text("SELECT rank FROM search_document ORDER BY rank DESC")).all()
        found = db.session.scalars(text(search_sqlite._HITS.format("")), {"q": tags.AVAILABLE}).all()
        rows = db.session.scalars(text("SELECT rowid FROM search_index(:q)"), {"q": tags.AVAILABLE}).all()
    assert 1 < len(found) == len(rows) <= len(best_first)
    assert found == [rank for rank in best_first if rank in found] and rows == [TOP - rank for rank in found]
    assert "DESC" not in search_sqlite._HITS + search_sqlite._HITS_PRICED
