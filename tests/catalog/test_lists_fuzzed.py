"""A hundred absurd lists: no error, and the same goods in the same order with and without JavaScript."""

import random

from flask import Flask

from tests.busy_market import add_goods, open_shops
from tests.catalog.fuzzed import breaches
from tests.factories import Market


def test_absurd_lists_are_lists(app: Flask, market: Market) -> None:
    shops = open_shops(app)
    add_goods(app, shops)
    assert breaches(app, random.Random(20261122), list(shops), 100) == []
