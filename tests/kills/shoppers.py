"""People who order, pay, cancel and refund over HTTP while the servers die, and remember what they were told."""

import random
import re
import threading
import time
from dataclasses import dataclass, field
from typing import Any

import requests
from flask import Flask

from tests.browser import Browser
from tests.factories import Market
from tests.fakestripe.server import FakeStripe
from tests.races.child import FIELD, HEADERS, PERSON

TOKEN = re.compile(r"/lacak/([\w-]{22})")
NUMBER = re.compile(r"PM-\d{6}-\w{5}")
SESSION = re.compile(r"/c/pay/(cs_\w+)")
PATIENCE = 60


@dataclass
class Told:
    """What was acknowledged: tokens of orders, numbers of orders that were paid, cancelled."""

    ordered: set[str] = field(default_factory=set)
    paid: set[str] = field(default_factory=set)
    cancelled: set[str] = field(default_factory=set)
    broken: int = 0


class Person(threading.Thread):
    """Goes through whole purchases until `stop`; a request without an answer is sent again as it was."""

    def __init__(self, number: int, url: str, app: Flask, market: Market, fake: FakeStripe, told: Told) -> None:
        super().__init__(daemon=True)
        self.url, self.market, self.fake, self.told = url, market, fake, told
        self.dice, self.stop = random.Random(number), threading.Event()
        self.errors: list[str] = []
        self.shop = requests.Session()
        desk = Browser(app)
        desk.sign_in_as(market.tokens["bu_ani"])
        cookie = desk.client.get_cookie("sesi")
        assert cookie is not None
        self.shop.cookies.set("sesi", cookie.value)

    def run(self) -> None:
        """One purchase after the other."""
        while not self.stop.is_set():
            try:
                self.buy(self.dice.choice(("at_pickup", "transfer", "stripe_card")))
            except Exception as error:
                self.errors.append(f"{type(error).__name__}: {error}")

    def buy(self, way: str) -> None:
        """Order one box, pay for it, and now and then let it be called off."""
        buyer = requests.Session()
        self.send(buyer, "/keranjang", {"varian": self.market.variants["onde"], "jumlah": 1})
        summary = self.send(buyer, "/checkout", PERSON, follow=True).text
        fields = dict(FIELD.findall(summary)) | {f"bayar-{self.market.shops['bu_ani']}": way}
        answer = self.send(buyer, "/checkout/pesan", fields)
        place = answer.headers.get("Location", "")
        token = TOKEN.search(place) or TOKEN.search(self.back_of(place))
        assert token is not None, (answer.status_code, place)
        self.told.ordered.add(token[1])
        if way == "stripe_card" and (session := SESSION.search(place)):
            self.fake.pay(session[1])
            self.send(buyer, f"/lacak/{token[1]}/kartu")
        found = NUMBER.search(self.send(buyer, f"/lacak/{token[1]}").text)
        assert found is not None
        self.go_on(buyer, token[1], found[0], way)

    def back_of(self, place: str) -> str:
        """Where the hosted page leads back to."""
        session = SESSION.search(place)
        return str(self.fake.bank.items[session[1]]["success_url"]) if session else ""

    def go_on(self, buyer: requests.Session, token: str, number: str, way: str) -> None:
        """The shop takes it on, or somebody calls it off."""
        desk = f"/jualan/pesanan/{number}"
        ending = self.dice.choice(("buyer cancels", "taken on", "taken on and called off"))
        if ending == "buyer cancels":
            if self.send(buyer, f"/lacak/{token}/{number}/batal", {}).status_code == 303:
                self.told.cancelled.add(number)
            return
        step, data = ("uang-masuk", {"pembayaran": f"{number}-1"}) if way == "transfer" else ("terima", {})
        if self.send(self.shop, f"{desk}/{step}", data).status_code == 303 and way == "transfer":
            self.told.paid.add(number)
        if ending == "taken on and called off":
            if self.send(self.shop, f"{desk}/tolak", {"alasan": "Kompor rusak"}).status_code == 303:
                self.told.cancelled.add(number)

    def send(
        self, who: requests.Session, path: str, data: dict[str, Any] | None = None, *, follow: bool = False
    ) -> requests.Response:
        """The answer of a server that lives, however often it takes."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                method = "GET" if data is None else "POST"
                url = self.url + path
                answer = who.request(method, url, data=data, headers=HEADERS, timeout=20, allow_redirects=follow)
                if answer.status_code < 500 or time.monotonic() > until:
                    return answer
            except requests.RequestException:
                if time.monotonic() > until:
                    raise
            self.told.broken += 1
            time.sleep(0.02)
