"""Pages that are the same for everyone go a short way, and leave it where something is not as usual."""

import pytest
from flask import Flask, render_template_string, session

from tests.browser import Browser
from tests.factories import Market


def never() -> None:
    raise AssertionError("somebody was asked who is there")


def test_nobody_is_asked_who_reads_a_page_for_everyone(
    app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "preprocess_request", never)
    monkeypatch.setattr(app, "process_response", never)
    for path in ("/", "/cari", "/kampung", "/en/bantuan"):
        page = client.get(path)
        assert page.status == 200 and page.headers["Cache-Control"] == "public, no-cache"
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert client.get("/keranjang").status == 500


def test_a_page_for_everyone_that_breaks_is_an_error_page(
    app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    monkeypatch.setattr(app, "preprocess_request", never)
    monkeypatch.setitem(app.view_functions, "pages.help", lambda: 1 / 0)
    page = client.get("/bantuan")
    assert page.status == 500 and page.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in page.headers["Content-Security-Policy"] and "Beranda" in page.text


def test_what_a_view_puts_into_the_session_is_not_lost(
    app: Flask, client: Browser, market: Market, monkeypatch: pytest.MonkeyPatch
) -> None:
    def remembering() -> str:
        session["seen"] = True
        return "<p>seen</p>"

    monkeypatch.setattr(app, "preprocess_request", never)
    monkeypatch.setitem(app.view_functions, "pages.help", remembering)
    assert "sesi=" in client.get("/bantuan").headers["Set-Cookie"]


def test_templates_are_given_what_the_app_gives(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    known = app.template_context_processors
    assert all(own == known[None] for own in known.values()), "Market leaves out those that a blueprint adds"
    monkeypatch.setitem(known, None, [*known[None], lambda: {"given": "app", "own": "app"}])
    with app.test_request_context("/"):
        given = render_template_string("{{ given }} {{ own }} {{ request.path }}", own="view")
    assert given == "app view /"
