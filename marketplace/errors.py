"""Error pages in the reader's language: roll back what was begun, then say what happened and what to do."""

import traceback

import structlog
from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import DBAPIError, OperationalError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, SecurityError

from marketplace.db import db
from marketplace.refusal import GoneAway, Refusal

log = structlog.get_logger()
PAGES = {403, 404, 409, 422, 429, 500, 503}
BUSY = ("locked", "lock timeout", "statement timeout", "deadlock", "could not serialize", "connection")


def init_app(app: Flask) -> None:
    """Give every way to fail its page."""
    app.register_error_handler(Refusal, refused)
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(Exception, broken)


def page(code: int, message: str = "") -> Response:
    """The page of this status, with a sentence of its own when there is one."""
    response = make_response(render_template(f"errors/{code}.html", message=message), code)
    response.headers["Cache-Control"] = "no-store"
    return response


def refused(refusal: Refusal) -> Response:
    """The domain said no and no view had a better place for its sentence."""
    db.session.rollback()
    return page(404 if isinstance(refusal, GoneAway) else 409, str(refusal))


def http_error(error: HTTPException) -> Response | HTTPException:
    """Werkzeug's own errors; redirects pass."""
    db.session.rollback()
    code = error.code or 500
    if code < 400 or isinstance(error, SecurityError):  # a strange host has no addresses to link to
        return error
    if isinstance(error, RequestEntityTooLarge):
        return _with_code(413, page(422, _("Yang Anda kirim terlalu besar. Kurangi ukuran fotonya, lalu coba lagi.")))
    if code in PAGES:
        return page(code)
    return _with_code(code, page(404 if code < 500 else 500))


def database_failed(error: DBAPIError) -> Response:
    """Too busy is not broken: say so, and let the phone try again."""
    if isinstance(error, OperationalError) and any(word in str(error.orig).lower() for word in BUSY):
        db.session.rollback()
        log.warning("database.busy", route=_route(), error=type(error.orig).__name__)
        response = page(503)
        response.headers["Retry-After"] = "2"
        return response
    db.session.rollback()
    where = traceback.format_tb(error.__traceback__)[-5:]  # without the database's words, which repeat what was stored
    log.error("database.broken", route=_route(), error=type(error.orig).__name__, where=where)
    return page(500)


def broken(error: Exception) -> Response:
    """A mistake of ours: the log gets the trace, the person gets an apology."""
    db.session.rollback()
    log.error("request.broken", route=_route(), exc_info=error)
    return page(500)


def _route() -> str:
    """The rule of the address, not the address: that may hold a secret token."""
    return request.url_rule.rule if request.url_rule else ""


def _with_code(code: int, response: Response) -> Response:
    response.status_code = code
    return response
