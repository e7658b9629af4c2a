"""The page on which somebody becomes a member."""

from flask import flash, redirect, request
from flask_babel import gettext as _

from marketplace.accounts import session
from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.forms import RegisterForm
from marketplace.accounts.onward import inside, onward
from marketplace.accounts.registration import register as open_account
from marketplace.accounts.sign_in import WrongSignIn, identify
from marketplace.accounts.views.blueprint import Answer, bp, network, page
from marketplace.language import language
from marketplace.once import AlreadyDone


@bp.get("/daftar")
@bp.post("/daftar")
@allow(ANYONE)
def register() -> Answer:
    """Name, phone or e-mail, password and consent; the new member is signed in."""
    form = RegisterForm(data={"next": inside(request.args.get("next"))})
    if session.user_id():
        return redirect(onward(form.next.data), 303)
    if not form.validate_on_submit():
        return page("accounts/register.html", form)
    try:
        session.start(_registered(form))
    except WrongSignIn as refusal:
        return page("accounts/register.html", form, refusal)
    flash(_("Akun Anda sudah jadi."), "success")
    return redirect(onward(form.next.data), 303)


def _registered(form: RegisterForm) -> int:
    """The new member's id; the second of two equal forms finds the account that the first has made."""
    identity, password = form.identity.data, form.password.data or ""
    try:
        name, key = form.name.data or "", str(form.kunci.data)
        return open_account(name, identity, password, language=language(), key=key, network=network())
    except AlreadyDone:
        return identify(identity, password, network())
