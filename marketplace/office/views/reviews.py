"""Reviews that somebody objects to: look at them, hide them, show them again."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import OFFICER, allow
from marketplace.catalog import reviews as operations
from marketplace.catalog.forms.review import REASONS
from marketplace.catalog.models import Review
from marketplace.db import db
from marketplace.office import queries
from marketplace.office.forms import HidingForm
from marketplace.office.views.blueprint import bp


@bp.get("/ulasan")
@allow(OFFICER)
def reviews() -> str:
    """The list by `status`, the latest first: reported (unless it says else), hidden, or all."""
    status = request.args.get("status", "dilaporkan")
    below = request.args.get("sesudah", type=int)
    found = list(db.session.scalars(queries.reviews(status, below)))
    after = found[queries.PAGE_SIZE - 1].id if len(found) > queries.PAGE_SIZE else None
    shown = found[: queries.PAGE_SIZE]
    return render_template("office/reviews.html", reviews=shown, status=status, after=after)


@bp.get("/ulasan/<int:review_id>")
@allow(OFFICER)
def review(review_id: int) -> str:
    """One review, who objects and why, and what the office did."""
    return _page(_review(review_id), HidingForm(formdata=None))


@bp.post("/ulasan/<int:review_id>/sembunyi")
@allow(OFFICER)
def hide_review(review_id: int) -> Response | tuple[str, int]:
    """Off the page and out of the rating, with a reason."""
    found, form = _review(review_id), HidingForm()
    if not form.validate():
        return _page(found, form), 422
    return _back(review_id, operations.hide(review_id, current_user.id, form.reason.data or ""))


@bp.post("/ulasan/<int:review_id>/tampil")
@allow(OFFICER)
def show_review(review_id: int) -> Response:
    """Everyone may read it again."""
    _review(review_id)
    return _back(review_id, operations.show(review_id, current_user.id))


def _review(review_id: int) -> Review:
    return db.session.scalar(queries.whole_review(review_id)) or abort(404)


def _page(review: Review, form: HidingForm) -> str:
    reasons = db.session.execute(queries.reports_of(review.id)).all()
    return render_template(
        "office/review.html",
        review=review,
        form=form,
        reports=[(REASONS[reason], count) for reason, count in reasons],
        history=db.session.execute(queries.history_of("review", review.id)).all(),
    )


def _back(review_id: int, moved: bool) -> Response:
    """To the review, with a word on whether anything changed."""
    if moved:
        flash(_("Berhasil disimpan"), "success")
    else:
        flash(_("Ulasan ini sudah berubah sebelumnya. Periksa lagi di bawah."), "warning")
    return redirect(url_for("office.review", review_id=review_id), 303)
