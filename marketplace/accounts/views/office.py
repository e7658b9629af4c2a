"""The officer's counter for accounts: find the person, hand out a code, take a phone as checked."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts import proof, recovery
from marketplace.accounts.access import OFFICER, allow
from marketplace.accounts.forms import PersonSearchForm
from marketplace.accounts.identities import all_carriers
from marketplace.accounts.models import User
from marketplace.accounts.phone import masked_phone
from marketplace.accounts.views.blueprint import Answer, page
from marketplace.db import db

bp = Blueprint("accountoffice", __name__, url_prefix="/kantor/akun")
bp.add_app_template_filter(masked_phone, "nomor_hp_tersamar")


@bp.get("")
@bp.post("")
@allow(OFFICER)
def people() -> Answer:
    """Search by the whole phone number or e-mail. It is sent as a form, so that it stands in no address and no log."""
    form = PersonSearchForm()
    if not form.validate_on_submit():
        return page("accounts/office_people.html", form, people=None)
    found = db.session.scalars(all_carriers(form.identity.data)).all()
    return page("accounts/office_people.html", form, people=found)


@bp.get("/<int:id>")
@allow(OFFICER)
def person(id: int) -> str:
    """One person: what is proved, and what the officer can do."""
    return render_template("accounts/office_person.html", person=_person(id), code=None)


@bp.post("/<int:id>/kode")
@allow(OFFICER)
def reset_code(id: int) -> str:
    """A code to read out. It is shown here once and nowhere kept, hence no redirect."""
    code = recovery.make_reset_code(current_user.id, _person(id).id)
    return render_template("accounts/office_person.html", person=_person(id), code=f"{code[:4]} {code[4:]}")


@bp.post("/<int:id>/hp")
@allow(OFFICER)
def phone_proof(id: int) -> Response:
    """The officer has checked that the phone is this person's."""
    try:
        proof.prove_phone(current_user.id, _person(id).id, request.form.get("hp", ""))
    except (proof.NothingToProve, proof.ProvedElsewhere) as refusal:
        flash(str(refusal), "danger")
    else:
        flash(_("Nomor HP sudah terbukti."), "success")
    return redirect(url_for("accountoffice.person", id=id), 303)


def _person(id: int) -> User:
    return db.session.get(User, id) or abort(404)
