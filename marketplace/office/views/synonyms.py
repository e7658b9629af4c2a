"""The words that search is taught by the office: look at them, add one, take one out."""

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import OFFICER, allow
from marketplace.catalog import lexicon
from marketplace.catalog import synonyms as operations
from marketplace.db import db
from marketplace.office.forms import SynonymForm
from marketplace.office.views.blueprint import bp
from marketplace.refusal import Refusal


@bp.get("/sinonim")
@allow(OFFICER)
def synonyms() -> str:
    """What the office has added, by term."""
    return _page(SynonymForm(formdata=None))


@bp.post("/sinonim")
@allow(OFFICER)
def add_synonym() -> Response | tuple[str, int]:
    """One more term, found from now on by what it means."""
    form = SynonymForm()
    if not form.validate():
        return _page(form), 422
    try:
        operations.add_synonym(form.term.data or "", form.means.data or "", current_user.id)
    except Refusal as refusal:
        form.term.errors = [str(refusal)]
        return _page(form), 422
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("office.synonyms"), 303)


@bp.post("/sinonim/<int:synonym_id>/hapus")
@allow(OFFICER)
def remove_synonym(synonym_id: int) -> Response:
    """Search forgets the term."""
    operations.remove_synonym(synonym_id, current_user.id)
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("office.synonyms"), 303)


def _page(form: SynonymForm) -> str:
    found = list(db.session.scalars(operations.own_synonyms(request.args.get("sesudah", ""))))
    after = found[operations.PAGE - 1].term if len(found) > operations.PAGE else None
    known = len(lexicon.synonyms())
    return render_template(
        "office/synonyms.html", form=form, synonyms=found[: operations.PAGE], after=after, known=known
    )
