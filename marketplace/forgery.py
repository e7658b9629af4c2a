"""Forgery is stopped without tokens in pages: an unsafe request must say that it comes from our own pages."""

import hashlib
import secrets
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, render_template, request, session
from itsdangerous import BadData, URLSafeTimedSerializer

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
TOKEN_FIELD = "_izin"  # noqa: S105  # a field's name
TOKEN_SECONDS = 900
View = TypeVar("View", bound=Callable[..., Any])


def init_app(app: Flask) -> None:
    """Check every unsafe request before any view sees it."""
    app.before_request(refuse_forged)


def exempt(view: View) -> View:
    """Mark a webhook that proves its sender by a signature."""
    view.forgery_exempt = True  # type: ignore[attr-defined]
    return view


def refuse_forged() -> tuple[str, int] | None:
    """Let the request pass if the browser vouches for it; ask the person when the browser says nothing at all."""
    if request.method in SAFE:
        return None
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or getattr(view, "forgery_exempt", False):
        return None
    verdict = vouched()
    if verdict is False:
        abort(403)
    if verdict or _confirmed():
        return None
    return _ask_again()


def vouched() -> bool | None:
    """What the browser says of the sender: ours, a stranger, or (Opera Mini, old proxies) nothing."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sender = request.headers.get("Origin") or request.headers.get("Referer")
    if sender is None:
        return None
    return urlsplit(sender).netloc == request.host


def _ask_again() -> tuple[str, int]:
    """A page that repeats what was sent, with a button whose token works once and in this browser alone."""
    session["izin"] = secrets.token_urlsafe(16)
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN_FIELD]
    token = _serializer().dumps(_claim())
    return render_template("errors/forgery.html", fields=fields, action=request.full_path.rstrip("?"), token=token), 403


def _confirmed() -> bool:
    """Whether the button of `_ask_again` sent this, unchanged, for the first time."""
    token, nonce = request.form.get(TOKEN_FIELD), session.get("izin")
    if not token or not nonce:
        return False
    try:
        claim = _serializer().loads(token, max_age=TOKEN_SECONDS)
    except BadData:
        return False
    if claim != _claim():
        return False
    session.pop("izin")
    return True


def _claim() -> list[str]:
    """What a token vouches for: this browser, this address, these fields."""
    fields = sorted((name, value) for name, value in request.form.items(multi=True) if name != TOKEN_FIELD)
    return [session["izin"], request.full_path, hashlib.sha256(repr(fields).encode()).hexdigest()]


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="izin")
