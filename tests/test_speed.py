"""A page made anew costs a small multiple of a bare Flask view of the same bytes: coarse, since machines are busy."""

from collections.abc import Callable
from time import process_time

import pytest
from flask import Flask, Response

from tests.browser import Browser
from tests.busy_market import add_goods, open_shops

pytestmark = pytest.mark.slow
# The client costs more than a bare view, and counts on both sides: 3 is usual, with statements built anew it was 18.
MOST = {"sqlite": 10, "postgresql": 20}
ROUNDS, REQUESTS = 20, 5


def least_seconds(ask: Callable[[], object]) -> float:
    """The least processor time of a request: whatever else runs only adds to it."""
    least = float("inf")
    for _ in range(ROUNDS):
        start = process_time()
        for _ in range(REQUESTS):
            ask()
        least = min(least, (process_time() - start) / REQUESTS)
    return least


def bare_view(body: bytes) -> Flask:
    """An app that does nothing but return these bytes."""
    bare = Flask(__name__)
    bare.add_url_rule("/", "page", lambda: Response(body, mimetype="text/html"))
    return bare


@pytest.mark.parametrize("name", ["list", "product"])
def test_a_page_made_anew_costs_little_more_than_its_bytes(app: Flask, engine: str, name: str) -> None:
    add_goods(app, open_shops(app))
    shelf = Browser(app).get("/kategori/kuliner")
    path = "/kategori/kuliner" if name == "list" else next(link for link in shelf.links() if "/produk/" in link)
    client = app.test_client()
    body = client.get(path).get_data()
    bare = bare_view(body).test_client()
    ours, theirs = least_seconds(lambda: client.get(path)), least_seconds(lambda: bare.get("/"))
    assert ours <= MOST[engine] * theirs, f"{ours * 1e6:.0f} us against {theirs * 1e6:.0f} us"
