"""The web process dies at random moments while people order: every acknowledged order is there, and all adds up."""

import random
import re
import signal
import threading
import time
import urllib.parse
import urllib.request
from http.client import HTTPException
from http.cookiejar import CookieJar

import pytest
from flask import Flask
from sqlalchemy import select, update

from marketplace.catalog.models import Variant
from marketplace.db import db, writing
from marketplace.orders.models import OrderGroup
from tests.e2e.servers import free_port, kill, start_web
from tests.factories import Market
from tests.races.child import FIELD, PERSON
from tests.races.crowd import environment_of
from tests.races.test_stock import breaches

pytestmark = pytest.mark.slow
CHECKOUTS, SHOPPERS, DEATHS = 50, 5, 6
TOKEN = re.compile(r"/lacak/([\w-]{22})")


class Shopper(threading.Thread):
    """Orders again and again, starting over whenever the connection breaks; remembers what was acknowledged."""

    def __init__(self, url: str, variant_id: int, orders: int) -> None:
        super().__init__()
        self.url, self.variant_id, self.orders = url, variant_id, orders
        self.acknowledged: list[str] = []
        self.broken = 0
        self.give_up_at = time.monotonic() + 90

    def run(self) -> None:
        while len(self.acknowledged) < self.orders and time.monotonic() < self.give_up_at:
            try:
                self.acknowledged.append(self.order())
            except (OSError, HTTPException, AttributeError):
                self.broken += 1
                time.sleep(0.05)

    def order(self) -> str:
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.send(browser, "/keranjang", {"varian": self.variant_id, "jumlah": 1})
        summary = self.send(browser, "/checkout", PERSON).read().decode()
        receipt = self.send(browser, "/checkout/pesan", dict(FIELD.findall(summary)))
        match = TOKEN.search(receipt.url)
        assert match is not None
        return match[1]

    def send(self, browser: urllib.request.OpenerDirector, path: str, data: dict[str, object]):
        body = urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(self.url + path, body, {"Sec-Fetch-Site": "same-origin"})
        return browser.open(request, timeout=20)


@pytest.mark.timeout(180)
def test_nothing_acknowledged_is_lost(app: Flask, market: Market) -> None:
    onde = market.variants["onde"]
    with app.app_context(), writing() as session:
        session.execute(update(Variant).where(Variant.id == onde).values(on_hand=10_000))
    port, dice = free_port(), random.Random(20261122)
    url = f"http://127.0.0.1:{port}"
    environment = {**environment_of(app), "BASE_URL": url}
    web = start_web(environment, port)
    shoppers = [Shopper(url, onde, CHECKOUTS // SHOPPERS) for _ in range(SHOPPERS)]
    for shopper in shoppers:
        shopper.start()
    for _ in range(DEATHS):
        time.sleep(dice.uniform(0.2, 0.9))
        kill(web, signal.SIGKILL)
        web = start_web(environment, port)
    for shopper in shoppers:
        shopper.join()
    kill(web)
    acknowledged = {token for shopper in shoppers for token in shopper.acknowledged}
    assert len(acknowledged) == CHECKOUTS
    assert sum(shopper.broken for shopper in shoppers) > 0, "no connection broke: the test killed nothing"
    with app.app_context():
        assert acknowledged <= set(db.session.scalars(select(OrderGroup.token)))
    assert breaches(app) == []
