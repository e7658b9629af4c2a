"""Coming in and going out."""

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts import session
from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.forms import SignInForm
from marketplace.accounts.onward import inside, onward
from marketplace.accounts.sign_in import WrongSignIn, identify
from marketplace.accounts.views.blueprint import Answer, bp, network, page


@bp.get("/masuk")
@bp.post("/masuk")
@allow(ANYONE)
def sign_in() -> Answer:
    """Phone or e-mail and password; then on to the page that was wanted."""
    form = SignInForm(data={"next": inside(request.args.get("next"))})
    if session.user_id() and request.method == "GET":
        return redirect(onward(form.next.data), 303)
    if not form.validate_on_submit():
        return page("accounts/sign_in.html", form)
    try:
        session.start(identify(form.identity.data, form.password.data or "", network()))
    except WrongSignIn as refusal:
        return page("accounts/sign_in.html", form, refusal)
    return redirect(onward(form.next.data), 303)


@bp.post("/keluar")
@allow(ANYONE)
def sign_out() -> Response:
    """End the session on this browser."""
    session.end()
    flash(_("Anda sudah keluar."), "success")
    return redirect(url_for("accounts.sign_in"), 303)
