"""The account's own page, its profile and its password."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from marketplace.accounts import session
from marketplace.accounts.access import SIGNED_IN, allow
from marketplace.accounts.forms import ChangePasswordForm, ProfileForm
from marketplace.accounts.passwords import WrongPassword, change_password
from marketplace.accounts.profile import PasswordNeeded, Profile, change_profile
from marketplace.accounts.views.blueprint import Answer, bp, network, page


@bp.get("/akun")
@allow(SIGNED_IN)
def account() -> str:
    """Who one is here, and the way to everything else that is one's own."""
    return render_template("accounts/account.html")


@bp.get("/akun/profil")
@bp.post("/akun/profil")
@allow(SIGNED_IN)
def profile() -> Answer:
    """Name, phone, e-mail and language."""
    form = ProfileForm(obj=current_user)
    if not form.validate_on_submit():
        return page("accounts/profile.html", form)
    try:
        mailed = change_profile(current_user.id, _said(form), form.old.data or "", network())
    except (PasswordNeeded, WrongPassword) as refusal:
        return page("accounts/profile.html", form, refusal)
    flash(_("Berhasil disimpan"), "success")
    if mailed:
        flash(_("Tautan bukti sudah kami kirim ke e-mail baru Anda."), "info")
    return redirect(url_for("accounts.account"), 303)


@bp.get("/akun/kata-sandi")
@bp.post("/akun/kata-sandi")
@allow(SIGNED_IN)
def password() -> Answer:
    """The old password and a new one; this browser stays signed in, all others do not."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return page("accounts/password.html", form)
    id = current_user.id
    try:
        change_password(id, form.old.data or "", form.password.data or "", network())
    except WrongPassword as refusal:
        return page("accounts/password.html", form, refusal)
    session.resume(id)
    flash(_("Kata sandi sudah diganti. Perangkat lain harus masuk lagi."), "success")
    return redirect(url_for("accounts.account"), 303)


def _said(form: ProfileForm) -> Profile:
    name, language = form.name.data or "", form.language.data or "id"
    return Profile(name=name, phone=form.phone.data or None, email=form.email.data or None, language=language)
