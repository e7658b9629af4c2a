"""The public sizes of photos, kept by browsers for ever: a name's content never changes."""

from flask import Response, abort, send_file

from marketplace.accounts.access import PUBLIC_FILE, allow
from marketplace.catalog import picture_files, pictures
from marketplace.catalog.views.blueprint import bp

YEAR = 365 * 24 * 3600

bp.add_app_template_global(pictures.urls, "picture_urls")


@bp.get("/foto/<name>")
@allow(PUBLIC_FILE)
def picture(name: str) -> Response:
    """One size of one photo."""
    response = send_file(picture_files.public_file(name) or abort(404), max_age=YEAR)
    response.cache_control.immutable = True
    response.expires = None  # says the same by the second, so that no two answers are alike
    return response
