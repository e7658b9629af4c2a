"""Which language a page speaks: Indonesian, or English below /en."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any
from urllib.parse import quote, urlencode

from babel import Locale
from flask import Flask, Request, g, has_request_context, redirect, request
from flask.globals import request_ctx
from flask_babel import Babel, force_locale, get_locale
from werkzeug.wrappers import Response

from marketplace.config import ROOT

PREFIX = "/en"
LANGUAGES = ("id", "en")  # the first one is what templates are written in
DESKS = ("/jualan", "/kantor")
babel = Babel()
_spoken: ContextVar[str | None] = ContextVar("spoken", default=None)


class LanguagePrefix:
    """WSGI layer that moves a leading /en from the path to SCRIPT_NAME: routes stay single, url_for adds it again."""

    def __init__(self, app: Callable[..., Iterable[bytes]]) -> None:
        self.app = app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on; below /en with the prefix set apart."""
        path = environ.get("PATH_INFO", "")
        plain = without_prefix(path)
        if plain != path:
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + PREFIX
            environ["PATH_INFO"] = plain
        return self.app(environ, start_response)


def without_prefix(path: str) -> str:
    """The Indonesian path of the same page."""
    return path.removeprefix(PREFIX) or "/" if path == PREFIX or path.startswith(f"{PREFIX}/") else path


def init_app(app: Flask, personal: Callable[[], str | None]) -> None:
    """Choose each request's language; `personal()` tells the person's own setting on desk and office pages."""
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(ROOT / "translations")
    app.config["BABEL_DEFAULT_LOCALE"] = "id"
    app.wsgi_app = LanguagePrefix(app.wsgi_app)  # type: ignore[method-assign]
    locales = {name: Locale.parse(name) for name in LANGUAGES}  # reading one anew costs more than a card
    babel.init_app(app, locale_selector=lambda: locales[_spoken.get() or of_request(personal)])
    app.before_request(leave_prefix_at_desk)
    app.jinja_env.globals.update(other_language_url=other_language_url, language=language)


@contextmanager
def speaking(name: str) -> Iterator[None]:
    """Let what is said in this block be in this language, whatever that of the request is."""
    before = _spoken.set(name)
    try:
        with force_locale(name):
            yield
    finally:
        _spoken.reset(before)


def of_request(personal: Callable[[], str | None]) -> str:
    """The language of this request; Indonesian for jobs and commands, which have none."""
    if not has_request_context():
        return LANGUAGES[0]
    return (at_desk() and personal()) or of_path() or LANGUAGES[0]


def at_desk(asked: Request = request) -> bool:
    """Whether this is a seller's or officer's page, which speaks the person's own language."""
    return asked.path.startswith(DESKS)


def leave_prefix_at_desk() -> Response | None:
    """Desks have one address each: /en/jualan leads to /jualan."""
    if at_desk() and of_path():
        return redirect(request.full_path.rstrip("?"), 308)
    return None


def of_path(asked: Request = request) -> str | None:
    """The language that the address of the page names."""
    return "en" if asked.script_root.endswith(PREFIX) else None


def language() -> str:
    """The two letters of the language that this page speaks.

    To ask Babel takes long, so that is done for desks, and where somebody has asked it before: it stays with its word.
    """
    spoken = _spoken.get()
    if spoken or not has_request_context():
        return spoken or LANGUAGES[0]
    asked = request_ctx.request
    if at_desk(asked) or "_flask_babel" in g:
        return str(get_locale())
    return of_path(asked) or LANGUAGES[0]


def other_language_url(request: Request) -> str:
    """The path of the page that is asked for, in the other language."""
    given = request.args.items(multi=True) if request.query_string else ()
    asked = [(name, value) for name, value in given if not is_foreign(name)]
    return ("" if of_path(request) else PREFIX) + quote(request.path) + (f"?{urlencode(asked)}" if asked else "")


def is_foreign(name: str) -> bool:
    """What advertisers and chat apps hang onto links says nothing about the page."""
    return name.startswith("utm_") or name in {"fbclid", "gclid"}
