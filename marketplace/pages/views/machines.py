"""What machines ask for: is the server alive, what may be indexed, how the market looks on a home screen."""

from flask import Blueprint, Response, make_response, render_template
from sqlalchemy import select

from marketplace import stamps
from marketplace.accounts.access import ANYONE, PUBLIC, allow
from marketplace.catalog.category_tree import category_tree
from marketplace.db import db
from marketplace.pagecache import shows
from marketplace.pages.queries import kampung_slugs, product_slugs, shop_slugs

bp = Blueprint("machines", __name__)


@bp.get("/healthz")
@allow(ANYONE)
def healthz() -> Response:
    """200 while the server answers and its database does."""
    db.session.execute(select(1))
    return _as("text/plain", "ok\n")


@bp.get("/robots.txt")
@allow(PUBLIC)
def robots() -> Response:
    """What is personal stays out of search engines."""
    shows()
    return _as("text/plain", render_template("pages/robots.txt"))


@bp.get("/sitemap.xml")
@allow(PUBLIC)
def sitemap() -> Response:
    """The addresses worth finding; the English page of each is linked from its Indonesian one."""
    shows(stamps.SITE)
    slugs = {
        "catalog.category": [slug for slug, branch in category_tree().items() if branch.is_live],
        "catalog.kampung": db.session.scalars(kampung_slugs()).all(),
        "catalog.shop": db.session.scalars(shop_slugs()).all(),
        "catalog.product": db.session.scalars(product_slugs()).all(),
    }
    return _as("application/xml", render_template("pages/sitemap.xml", slugs=slugs))


@bp.get("/manifest.webmanifest")
@allow(PUBLIC)
def manifest() -> Response:
    """Name, colours and icons for a phone's home screen."""
    shows()
    return _as("application/manifest+json", render_template("pages/manifest.json"))


def _as(mimetype: str, text: str) -> Response:
    response = make_response(text)
    response.mimetype = mimetype
    return response
