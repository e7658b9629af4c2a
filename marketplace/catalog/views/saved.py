"""What a member has put aside: product pages are the same for everyone, so only this page knows what is saved."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import ANYONE, SIGNED_IN, allow
from marketplace.accounts.session import user_id
from marketplace.catalog import saving
from marketplace.catalog.cards import TOP
from marketplace.db import db
from marketplace.forms import trimmed
from marketplace.refusal import GoneAway

bp = Blueprint("saved", __name__, url_prefix="/akun/simpanan")
WANTED = "to_save"


@bp.get("")
@allow(SIGNED_IN)
def index() -> str:
    """The list, the last saved first."""
    below = request.args.get("sesudah", TOP, type=int)
    rows = db.session.execute(saving.saved_by(current_user.id, min(below, TOP))).all()
    after = rows[saving.PAGE - 1].id if len(rows) > saving.PAGE else None
    return render_template("catalog/saved.html", products=rows[: saving.PAGE], after=after)


@bp.post("/baru")
@allow(ANYONE)
def save() -> Response:
    """Put `produk` aside and go back to its page; a guest signs in on the way, and finds it saved."""
    slug = trimmed(request.form.get("produk")) or ""
    if db.session.scalar(saving.product_to_save(slug)) is None:
        abort(404)
    back = url_for("catalog.product", slug=slug, _anchor="tersimpan")
    person = user_id()
    if person is None:
        session[WANTED] = slug
        return redirect(url_for("accounts.sign_in", next=back), 303)
    saving.save(person, slug)
    return redirect(back, 303)


@bp.post("/<int:product_id>/hapus")
@allow(SIGNED_IN)
def remove(product_id: int) -> Response:
    """Take a product out of the list."""
    saving.remove(current_user.id, product_id)
    flash(_("Sudah dihapus dari simpanan."), "success")
    return redirect(url_for("saved.index"), 303)


def save_on_sign_in(_sender: Any, *, user_id: int, **_: Any) -> None:
    """Save what the guest meant to save before signing in; what has gone meanwhile is not worth an error."""
    slug = session.get(WANTED)
    if slug:
        try:
            saving.save(user_id, slug)
        except GoneAway:
            return
