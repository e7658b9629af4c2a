"""Changes of price and stock, each looked for in several web processes right after it was saved."""

import random
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

from flask import Flask

from marketplace.catalog import products, shelf
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.money import format_rupiah
from tests.e2e.servers import free_port, kill, start_web
from tests.factories import Market, category_id
from tests.races.crowd import environment_of

SLUG = "onde-onde-isi-10"
PROCESSES = 4
MOST = re.compile(r'name="jumlah"[^>]* max="(\d+)"')


@contextmanager
def several_servers(app: Flask, processes: int = PROCESSES) -> Iterator[list[HTTPConnection]]:
    """Web processes of their own, each with a page cache, and a connection to each."""
    ports = [free_port() for _ in range(processes)]
    started: list[subprocess.Popen[bytes]] = []
    try:
        for port in ports:
            url = f"http://127.0.0.1:{port}"
            environment = {**environment_of(app), "BASE_URL": url, "PAGE_CACHE_MEGABYTES": "16"}
            started.append(start_web(environment, port))
        servers = [HTTPConnection("127.0.0.1", port, timeout=20) for port in ports]
        yield servers
        for server in servers:
            server.close()
    finally:
        for process in started:
            kill(process)


def missed(app: Flask, market: Market, servers: list[HTTPConnection], changes: int) -> list[str]:
    """Save `changes` prices and counts in turn; returns a line for each page that did not show the change at once."""
    dice, wrong = random.Random(20261122), []
    shop, variant, price = market.shops["bu_ani"], market.variants["onde"], 25_000
    with app.app_context():
        category = category_id("jajanan-basah")
    for number in range(changes):
        count = dice.randrange(4, 90)
        with app.app_context():
            if number % 2:
                shelf.save_count(shop, variant, count, seen=None)
            else:
                price = 20_000 + number
                offered = (VariantData(price=price, weight_grams=600, stock=count, id=variant),)
                products.update_product(shop, SLUG, ProductData("Onde-onde isi 10", category, offered))
        for place, server in enumerate(servers):
            page, shelf_page = opened(server, f"/produk/{SLUG}"), opened(server, "/kategori/kuliner")
            most = MOST.search(page)
            is_priced = all(format_rupiah(price) in each for each in (page, shelf_page))
            if not (is_priced and most and int(most[1]) == count):
                wrong.append(f"change {number} in process {place}: {format_rupiah(price)}, {count}")
    return wrong


def opened(server: HTTPConnection, path: str) -> str:
    """The page as an anonymous visitor gets it."""
    server.request("GET", path)
    response = server.getresponse()
    text = response.read().decode()
    assert response.status == 200, response.status
    return text
