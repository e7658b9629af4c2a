"""Four web processes keep pages, each its own: none shows a price or a count that has been changed."""

import pytest
from flask import Flask

from tests.factories import Market
from tests.races.every_process import missed, several_servers

pytestmark = pytest.mark.slow
CHANGES = 40


@pytest.mark.timeout(180)
def test_a_change_shows_at_once_in_every_process(app: Flask, market: Market) -> None:
    with several_servers(app) as servers:
        assert missed(app, market, servers, CHANGES) == []
