"""Chromium, with JavaScript and without."""

from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests import chromium
from tests.e2e.servers import serve, serve_here
from tests.factories import Market

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE = {"width": 360, "height": 640}


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.executable(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["javascript", "no-javascript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    """Whether the phone runs scripts."""
    return bool(request.param)


@pytest.fixture
def url(app: Flask, market: Market, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the shop with the cast's goods answers: served for real, or from here for what looks at pages alone."""
    if request.node.get_closest_marker("markup"):
        with serve_here(app) as here:
            yield here
        return
    with serve(app) as servers:
        yield servers.url


class Phones:
    """Hands out phones: each is a browser of its own, signed in or not."""

    def __init__(self, chrome: Browser, url: str, app: Flask, market: Market, javascript: bool) -> None:
        self.chrome, self.url, self.app, self.market, self.javascript = chrome, url, app, market, javascript
        self.contexts: list[BrowserContext] = []
        self.errors: list[str] = []

    def phone(self, who: str | None = None) -> Page:
        """A phone of 360 x 640; `who` of the cast is signed in."""
        context = self.chrome.new_context(
            viewport=PHONE, java_script_enabled=self.javascript, base_url=self.url, locale="id-ID"
        )
        self.contexts.append(context)
        if who:
            context.add_cookies([{"name": "sesi", "value": self._session(who), "url": self.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", lambda message: self.errors.append(message.text) if message.type == "error" else None)
        return page

    def _session(self, who: str) -> str:
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = self.market.tokens[who]
            session["_fresh"] = True
        cookie = client.get_cookie("sesi")
        assert cookie is not None
        return cookie.value


@pytest.fixture
def phones(chrome: Browser, url: str, app: Flask, market: Market, javascript: bool) -> Iterator[Phones]:
    """Phones of this test; at its end nothing may have been complained of in their consoles."""
    desk = Phones(chrome, url, app, market, javascript)
    yield desk
    for context in desk.contexts:
        context.close()
    assert desk.errors == []
