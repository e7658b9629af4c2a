"""What buyers say of the shop's goods, and the shop's one reply to each."""

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.access import allow
from marketplace.catalog import reviews as operations
from marketplace.catalog.desk.blueprint import Answer, bp, cursor
from marketplace.catalog.desk.queries import PAGE, reviews_of_shop
from marketplace.catalog.forms.review import ReplyForm
from marketplace.catalog.models import Review
from marketplace.db import db
from marketplace.sellers.current import SELLER, current_shop


@bp.get("/ulasan")
@allow(SELLER)
def reviews() -> str:
    """Every review, the latest first; those that the office has hidden are marked."""
    found = list(db.session.scalars(reviews_of_shop(current_shop().id, cursor())))
    after = found[PAGE - 1].id if len(found) > PAGE else None
    return render_template("catalog_desk/reviews.html", reviews=found[:PAGE], after=after)


@bp.get("/ulasan/<int:review_id>")
@bp.post("/ulasan/<int:review_id>")
@allow(SELLER)
def reply(review_id: int) -> Answer:
    """One review with the form for the reply."""
    form, shop_id, review = ReplyForm(), current_shop().id, _mine(review_id)
    if not form.validate_on_submit():
        page = render_template("catalog_desk/review.html", form=form, review=review)
        return page, 422 if form.errors else 200
    operations.reply(shop_id, review_id, form.words.data or "")
    flash(_("Balasan Anda sudah tampil di bawah ulasan."), "success")
    return redirect(url_for("productdesk.reply", review_id=review_id), 303)


def _mine(review_id: int) -> Review:
    whole = (joinedload(Review.product), selectinload(Review.photos))
    mine = operations.review_of_shop(current_shop().id, review_id).options(*whole)
    return db.session.scalar(mine) or abort(404)
