"""Hundreds of searches that nobody would type, with filters that nobody would choose: never an error."""

import random

import pytest
from flask import Flask

from marketplace.catalog import tags
from marketplace.catalog.search import MOST, find
from marketplace.catalog.suggestions import suggest
from marketplace.db import db
from tests.catalog.fuzzed import words_in
from tests.catalog.goods import many_goods
from tests.factories import Market

TIMES = 600  # bench.fuzzed_lists asks three thousand times, of whole pages


def groups_in(dice: random.Random) -> list[list[str]]:
    every = [
        tags.AVAILABLE,
        tags.HALAL,
        tags.PIRT,
        tags.category(5),
        tags.shop(1),
        tags.size("39½"),
        tags.colour("hitam"),
    ]
    return [dice.sample(every, dice.randint(1, 3)) for _ in range(dice.randint(0, 3))]


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_no_search_breaks(app: Flask, market: Market) -> None:
    dice = random.Random(20261122)
    with app.app_context():
        many_goods(30)
        for _ in range(TIMES):
            text, must = words_in(dice), groups_in(dice)
            price = (dice.choice((None, 0, 5, 50_000, 2**60)), dice.choice((None, -1, 50_010, 10**12)))
            found = find(text, must, price=price, near=dice.choice((None, 1, 99)), literal=dice.random() < 0.2)
            assert len({one.id for one in found.candidates}) == len(found.candidates) <= MOST
            for one in found.candidates:
                assert all(set(group) & set(one.tags.split()) for group in must), (text, must)
            suggest(text)
            db.session.rollback()
