"""Whole public pages, kept before Flask: a page is given out again while nothing that it prints has changed."""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl, urlencode

import structlog
from flask import Flask, request

from marketplace import clock, stamps
from marketplace.config import Settings
from marketplace.db import db
from marketplace.kept_page import PUBLIC, Environ, Headers, KeptPage, Key, Shelf, Start
from marketplace.language import is_foreign, without_prefix

# What addresses of public pages may say. An address that says anything else is not kept: nobody knows what it means.
PARAMETERS = (
    *("q", "persis", "kategori", "kampung", "kelurahan", "toko", "harga_min", "harga_maks", "halal", "pirt"),
    *("tersedia", "po", "ambil", "antar", "ukuran", "warna", "rating", "dekat", "urut", "sesudah"),
)
LONGEST_QUERY = 1000  # characters: what is longer is hostile, or nobody asks it twice
LONGEST_LIFE = 300  # seconds
SHOWN, UNTIL = "pasar.shown", "pasar.fresh_until"
App = Callable[[Environ, Start], Iterable[bytes]]

log = structlog.get_logger()


def shows(*scopes: str) -> None:
    """Say in a view what its page prints of (marketplace/stamps.py); a page that says nothing is not kept."""
    request.environ.setdefault(SHOWN, {stamps.EVERYWHERE}).update(scopes)


def fresh_until(moment: datetime | None) -> None:
    """Say in a view when the clock alone makes its page wrong: an opening, a closing, a cut-off, an expiry."""
    if moment is not None:
        environ = request.environ
        environ[UNTIL] = min(moment.timestamp(), environ.get(UNTIL, moment.timestamp()))


def init_app(app: Flask, settings: Settings, roots: Callable[[Flask], frozenset[str]]) -> None:
    """Stand before the app; `roots(app)` are the first words of the addresses of public pages."""
    with app.app_context():
        reader = stamps.Reader(db.engine)
    layer = PageCache(app.wsgi_app, Shelf(settings.page_cache_megabytes * 1024 * 1024), reader, lambda: roots(app))
    app.extensions["pagecache"] = layer
    app.wsgi_app = layer  # type: ignore[method-assign]


class PageCache:
    """WSGI layer: answers with a kept page while its stamps stand; tags and compresses every public page."""

    def __init__(self, app: App, shelf: Shelf, reader: stamps.Reader, find_roots: Callable[[], frozenset[str]]) -> None:
        self.app, self.shelf, self.reader, self._find_roots = app, shelf, reader, find_roots

    @cached_property
    def roots(self) -> frozenset[str]:
        """Known from the first request on, when every route is."""
        return self._find_roots()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Leave alone what cannot be a public page; give out a kept one, or have it made."""
        root = without_prefix(environ["PATH_INFO"])[1:].partition("/")[0]
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or root not in self.roots:
            return self.app(environ, start_response)
        key = self._key(environ)
        page = self.shelf.find(key) if key else None
        if page and self._stands(page):
            return page.answer(environ, start_response)
        return self._make(key, environ, start_response)

    def _key(self, environ: Environ) -> Key | None:
        """The key of an address that can be kept; the app then sees its parameters in the key's order, too."""
        query = ordered(environ.get("QUERY_STRING", ""))
        if query is None:
            return None
        environ["QUERY_STRING"] = query
        if not self.shelf.limit:
            return None
        saves_data = environ.get("HTTP_SAVE_DATA", "").lower() == "on"
        return Key(environ.get("HTTP_HOST", ""), environ["PATH_INFO"], query, saves_data)

    def _stands(self, page: KeptPage) -> bool:
        """Whether the page is still true: stamps are read at each request, in whichever process the change was made."""
        if page.ends <= clock.now().timestamp():
            return False
        try:
            return self.reader.now(page.shown) == page.stamps
        except self.reader.Error as error:
            log.warning("pagecache.unread", error=type(error).__name__)
            return False

    def _make(self, key: Key | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Ask the app. The stamps are of a moment before the content was read, so a change between is never hidden."""
        snapshot = self._snapshot() if key else None
        status, headers, body = _collected(self.app, environ)
        page = KeptPage(_lasting(headers), body) if _is_public(status, headers) else None
        if snapshot is not None:
            self._keep(key, page, environ, snapshot)
        if page:
            return page.answer(environ, start_response)
        start_response(status, headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _snapshot(self) -> Any:
        try:
            return self.reader.snapshot()
        except self.reader.Error as error:
            log.warning("pagecache.unread", error=type(error).__name__)
            return None

    def _keep(self, key: Key | None, page: KeptPage | None, environ: Environ, snapshot: Any) -> None:
        """Keep the page with the stamps of the snapshot, if it says what it shows."""
        shown = environ.get(SHOWN)
        try:
            if key is None or page is None or shown is None:
                self.reader.drop(snapshot)
                return
            page.shown, page.stamps = frozenset(shown), self.reader.end(snapshot, shown)
        except self.reader.Error as error:
            log.warning("pagecache.unread", error=type(error).__name__)
            return
        page.is_kept = True
        page.ends = min(clock.now().timestamp() + LONGEST_LIFE, environ.get(UNTIL, float("inf")))
        self.shelf.keep(key, page)


def ordered(query: str) -> str | None:
    """The known parameters in their order, without those that advertisers add; None when there is an unknown one."""
    if not query:
        return ""
    if len(query) > LONGEST_QUERY or not query.isascii():
        return None
    try:
        asked = [pair for pair in parse_qsl(query, True, errors="strict") if not is_foreign(pair[0])]
        return urlencode(sorted(asked, key=lambda pair: PARAMETERS.index(pair[0])))
    except ValueError:  # not known, or not UTF-8
        return None


def _collected(app: App, environ: Environ) -> tuple[str, Headers, bytes]:
    """Status, headers and whole body of a GET, whichever of GET and HEAD was asked."""
    started: list[Any] = []
    method, environ["REQUEST_METHOD"] = environ["REQUEST_METHOD"], "GET"
    parts = app(environ, lambda status, headers, _exc_info=None: started.extend((status, headers)))
    try:
        body = b"".join(parts)
    finally:
        if hasattr(parts, "close"):
            parts.close()
        environ["REQUEST_METHOD"] = method
    return started[0], started[1], body


def _is_public(status: str, headers: Headers) -> bool:
    """Whether this is the same for everyone: a 200 that says so, sets no cookie and varies by nothing else we know."""
    found = {name.lower(): value for name, value in headers}
    is_same = "set-cookie" not in found and found.get("vary", "Save-Data") == "Save-Data"
    return status.startswith("200") and found.get("cache-control") == PUBLIC and is_same


def _lasting(headers: Headers) -> Headers:
    """What every answer with this page says, whatever its encoding."""
    varied = [value for name, value in headers if name == "Vary"]
    kept = [(name, value) for name, value in headers if name not in {"Content-Length", "Vary"}]
    return [*kept, ("Vary", ", ".join(["Accept-Encoding", *varied]))]
