"""The public sizes of photos, kept by browsers for ever: a name's content never changes."""

from flask import Response, abort, request

from marketplace.accounts.access import PUBLIC_FILE, allow
from marketplace.catalog import picture_files, pictures
from marketplace.catalog.views.blueprint import bp
from marketplace.stores import KEPT_FOR_EVER, KINDS

bp.add_app_template_global(pictures.urls, "picture_urls")
bp.add_app_template_global(pictures.shown, "picture_shown")


@bp.get("/foto/<name>")
@allow(PUBLIC_FILE)
def picture(name: str) -> Response:
    """One size of one photo."""
    data = picture_files.public_file(name)
    if data is None:
        abort(404)
    response = Response(data, mimetype=KINDS[name.rpartition(".")[2]])
    response.headers["Cache-Control"] = KEPT_FOR_EVER
    response.set_etag(name)
    response.make_conditional(request)
    return response
