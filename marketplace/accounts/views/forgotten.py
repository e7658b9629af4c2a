"""Forgotten passwords: ask for a link, open it, or type an officer's code."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts import codes, recovery, session
from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.forms import CodeForm, ForgottenForm, NewPasswordForm
from marketplace.accounts.views.blueprint import Answer, bp, network, page
from marketplace.language import language


@bp.get("/lupa")
@bp.post("/lupa")
@allow(ANYONE)
def forgotten() -> Answer:
    """Ask whose password it is; what follows depends on the kind of identity alone, not on who has an account."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return page("accounts/forgotten.html", form)
    recovery.ask_reset_links(form.identity.data, language(), network())
    if form.identity.data.kind == "email":
        return redirect(url_for("accounts.link_sent"), 303)
    flash(_("Jika akun itu juga punya e-mail, tautan sudah kami kirim ke sana."), "info")
    return redirect(url_for("accounts.reset_by_code"), 303)


@bp.get("/lupa/terkirim")
@allow(ANYONE)
def link_sent() -> str:
    """Look into your mailbox."""
    return render_template("accounts/link_sent.html")


@bp.get("/lupa/kode")
@bp.post("/lupa/kode")
@allow(ANYONE)
def reset_by_code() -> Answer:
    """Where to get a code, and the form that takes it."""
    form = CodeForm()
    if not form.validate_on_submit():
        return page("accounts/reset_by_code.html", form)
    try:
        password = form.password.data or ""
        user_id = recovery.reset_by_code(form.identity.data, form.code.data or "", password, network())
    except recovery.WrongCode as refusal:
        return page("accounts/reset_by_code.html", form, refusal)
    return _signed_in_anew(user_id)


@bp.get("/lupa/<token>")
@bp.post("/lupa/<token>")
@allow(ANYONE)
def reset_by_link(token: str) -> Answer:
    """The mailed link: looking at it changes nothing, so that mail scanners do not use it up."""
    codes.owner_of_link(codes.RESET, token)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return page("accounts/reset_by_link.html", form)
    return _signed_in_anew(recovery.reset_by_link(token, form.password.data or ""))


def _signed_in_anew(user_id: int) -> Response:
    session.start(user_id)
    flash(_("Kata sandi baru sudah dipakai. Perangkat lain harus masuk lagi."), "success")
    return redirect(url_for("accounts.account"), 303)
