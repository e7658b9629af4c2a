"""What buyers say of a product, page by page, and the form to object to a review."""

import secrets

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_babel import format_decimal
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts.access import ANYONE, PUBLIC, allow
from marketplace.accounts.digests import keyed_digest
from marketplace.accounts.session import user_id
from marketplace.catalog.forms.review import ReportForm
from marketplace.catalog.models import ReportReason, Review
from marketplace.catalog.ratings import reviews_of
from marketplace.catalog.reviews import report as report_review
from marketplace.catalog.reviews import review_on_show
from marketplace.catalog.views.blueprint import bp
from marketplace.catalog.views.shopfront import product_to_show
from marketplace.db import db


@bp.app_template_filter("rating")
def show_rating(average: float) -> str:
    """`4,8`, in English `4.8`."""
    return str(format_decimal(average, "0.0"))


@bp.get("/produk/<slug>/ulasan")
@allow(PUBLIC)
def reviews(slug: str) -> str:
    """Every review of a product, the latest first."""
    page = product_to_show(slug)
    opinions = reviews_of(page.product.id, page.opinions.counts, request.args.get("sesudah", ""))
    return render_template("catalog/reviews.html", product=page.product, shop=page.shop, opinions=opinions)


@bp.get("/produk/<slug>/ulasan/<int:review_id>/lapor")
@bp.post("/produk/<slug>/ulasan/<int:review_id>/lapor")
@allow(ANYONE)
def report(slug: str, review_id: int) -> str | Response | tuple[str, int]:
    """Tell the office about a review."""
    form, review = ReportForm(), _on_show(slug, review_id)
    if not form.validate_on_submit():
        page = render_template("catalog/report.html", form=form, review=review, slug=slug)
        return page, 422 if form.errors else 200
    report_review(review.id, _reporter(), ReportReason(form.reason.data))
    flash(_("Terima kasih. Petugas akan memeriksa ulasan ini."), "success")
    return redirect(url_for("catalog.report", slug=slug, review_id=review_id), 303)


def _on_show(slug: str, review_id: int) -> Review:
    """The review, if everyone can read it below this product."""
    of_product = review_on_show(review_id).where(Review.product.has(slug=slug))
    return db.session.scalar(of_product) or abort(404)


def _reporter() -> str:
    """Tells people and browsers apart without naming them."""
    person = user_id()
    if person is not None:
        return keyed_digest("reporter", "person", str(person))
    if "reporter" not in session:
        session["reporter"] = secrets.token_urlsafe(16)
        session.permanent = True
    return keyed_digest("reporter", "browser", session["reporter"])
