"""The page on which a buyer reviews a bought line: the same for a member and for a guest with the link."""

from collections.abc import Iterable
from contextlib import closing
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from marketplace.catalog import picture_files, pictures
from marketplace.catalog.forms.review import ReviewForm
from marketplace.catalog.models import Review, ReviewPhoto
from marketplace.catalog.reviews import MOST_PHOTOS, TooManyPhotos
from marketplace.config import settings
from marketplace.db import db
from marketplace.orders.models import Order, OrderLine
from marketplace.orders.queries import photos_of_review
from marketplace.orders.reviewing import DAYS_TO_CHANGE, refuse_untimely, review_line
from marketplace.refusal import Refusal

Answer = str | Response | tuple[str, int]


def review_page(orders: Iterable[Order], line_id: int, back: str) -> Answer:
    """Show or take the review of a line of these orders, then lead `back`; 404 for any other line."""
    # A photo that is too heavy must reach the form to get its sentence there.
    request.max_content_length = 2 * MOST_PHOTOS * settings().photo_megabytes * 1024 * 1024
    order, line = _line_of(orders, line_id)
    refuse_untimely(order.state, line.review)
    form = ReviewForm(data=_said(line.review))
    context = {"title": line.title, "label": line.variant_label, "back": back, **_known(line.review)}
    if form.validate_on_submit() and _taken(line_id, form):
        flash(_("Terima kasih. Ulasan Anda sudah disimpan."), "success")
        return redirect(back, 303)
    return render_template("orders/review.html", form=form, **context), 422 if form.errors else 200


def _line_of(orders: Iterable[Order], line_id: int) -> tuple[Order, OrderLine]:
    found = ((order, line) for order in orders for line in order.lines if line.id == line_id)
    return next(found, None) or abort(404)


def _said(review: Review | None) -> dict[str, Any]:
    return {"stars": review.stars, "words": review.words} if review else {}


def _known(review: Review | None) -> dict[str, Any]:
    """What the page tells beside the form; plain values, since a refusal ends the read in which rows were loaded."""
    photos: list[ReviewPhoto] = list(db.session.scalars(photos_of_review(review.id))) if review else []
    return {
        "photos": [(photo.id, photo.name) for photo in photos],
        "is_written": review is not None,
        "hidden_reason": review.hidden_reason if review and review.hidden_at else "",
        "most": MOST_PHOTOS,
        "megabytes": settings().photo_megabytes,
        "days": DAYS_TO_CHANGE,
    }


def _taken(line_id: int, form: ReviewForm) -> bool:
    """Save what the form says; False, with the reason beside the photos, when one of them cannot be taken."""
    files: list[FileStorage] = form.photos.data or []
    errors, digests = [], []
    for file in files[: MOST_PHOTOS + 1]:
        with closing(file):
            try:
                digests.append(pictures.keep(picture_files.read_upload(file.stream)))
            except Refusal as refusal:
                errors.append(f"{file.filename}: {refusal}")
    if not errors:
        try:
            review_line(line_id, form.opinion(digests))
        except TooManyPhotos as refusal:
            errors.append(str(refusal))
    form.photos.errors = errors
    return not errors
