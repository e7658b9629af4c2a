"""What every response gets: security headers, cookies only where they belong, compression, entity tags."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from flask import Flask, Request, Response, abort, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from marketplace import assets
from marketplace.config import Settings
from marketplace.kept_page import PUBLIC

compress = Compress()


class PublicPagesKeepOut(SecureCookieSessionInterface):
    """Leaves public pages without Set-Cookie and Vary: Cookie: they are the same bytes for everyone (rule 8).

    Flask-Login reads the session after each request, which alone would make Flask vary every page by cookie.
    """

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """As usual, but an empty one at once for whoever brings none: to prepare for a signature costs much.

        So does looking for a cookie's name where there is none at all.
        """
        has_one = "HTTP_COOKIE" in request.environ and self.get_cookie_name(app) in request.cookies
        return super().open_session(app, request) if has_one else self.session_class()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Save as usual, unless the page is public and nothing was put into the session."""
        if _is_public(response) and not session.modified:
            return
        super().save_session(app, session, response)


class RowIdConverter(IntegerConverter):
    """`<int:id>` in a path, no larger than a database key: a longer number is simply not there (404)."""

    def __init__(self, rules: Map) -> None:
        super().__init__(rules, max=2**63 - 1)


class Protection:
    """WSGI layer around the app that adds the headers which protect: page by page Flask would check and copy them."""

    def __init__(self, app: Callable[..., Iterable[bytes]], headers: Sequence[tuple[str, str]]) -> None:
        self.app, self.headers = app, headers

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Pass the request on, and the answer with these headers."""

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            return start_response(status, [*headers, *self.headers], exc_info)

        return self.app(environ, start)


def protect(app: Flask, settings: Settings) -> None:
    """Add the headers that protect to every page; call it before other layers, which add their own answers."""
    app.wsgi_app = Protection(app.wsgi_app, tuple(_protection(settings)))  # type: ignore[method-assign]


def init_app(app: Flask, settings: Settings) -> None:
    """Set cookies, hosts and limits from the settings and finish every response."""
    app.session_interface = PublicPagesKeepOut()
    app.url_map.converters["int"] = RowIdConverter
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="sesi",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=60 * 24 * 3600,
        TRUSTED_HOSTS=settings.hosts,
        MAX_CONTENT_LENGTH=2 * 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=1024 * 1024,
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=True,
    )
    compress.init_app(app)
    app.before_request(refuse_nul)
    app.after_request(finish)
    if settings.trusted_proxies:
        proxies = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies)  # type: ignore[method-assign]


def row_id(text: str | None) -> int | None:
    """A database key from a form or a query; None for what cannot be one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None


def asked(name: str) -> str:
    """One argument of the query, without the NUL that PostgreSQL refuses."""
    return request.args.get(name, "").replace("\x00", "").strip()


def refuse_nul() -> None:
    """No address of ours holds a NUL, which PostgreSQL and HTML refuse."""
    if "\x00" in request.path:
        abort(404)


def public(response: Response) -> Response:
    """Mark a page as the same for everyone; it may be kept, but is asked for again each time."""
    response.headers["Cache-Control"] = PUBLIC
    return response


def finish(response: Response) -> Response:
    """Compress what is no public page, and keep it nowhere; those get theirs, and their tags, from the page cache."""
    if response.headers.get("Cache-Control") == PUBLIC:
        return response
    response.headers.setdefault("Cache-Control", "no-store")
    return _compressed(response)


def _is_public(response: Response) -> bool:
    return response.headers.get("Cache-Control", "").startswith("public")


def _protection(settings: Settings) -> Iterator[tuple[str, str]]:
    """The headers that every response has."""
    yield "Content-Security-Policy", _content_security_policy(settings)
    yield "X-Content-Type-Options", "nosniff"
    yield "Referrer-Policy", "same-origin"
    yield "Permissions-Policy", "camera=(self), geolocation=(self), microphone=()"
    if settings.secure:
        yield "Strict-Transport-Security", "max-age=31536000"


def _compressed(response: Response) -> Response:
    """Compress what is public, or holds no secret beside echoed input (a compressed size can leak a secret)."""
    if _is_public(response) or (request.method == "GET" and not request.args):
        return _without_time(compress.after_request(response))
    return response


def _without_time(response: Response) -> Response:
    """Gzip's header (RFC 1952) names the second of compressing: without it the same page is the same bytes."""
    if response.content_encoding == "gzip" and not response.direct_passthrough:
        data = response.get_data()
        response.set_data(data[:4] + bytes(4) + data[8:])
    return response


def _content_security_policy(settings: Settings) -> str:
    """Nothing but what is ours, pictures where we keep them, and forms that end on the hosted page for cards."""
    forms = f"'self' {settings.card_pages}".rstrip()
    images = f"'self' data: {settings.pictures_origin}".rstrip()
    return (
        f"default-src 'none'; img-src {images}; script-src 'self'; connect-src 'self'; manifest-src 'self'; "
        f"style-src '{assets.css_digest()}'; form-action {forms}; base-uri 'none'; frame-ancestors 'none'"
    )
