"""Proving an e-mail: ask for a link, and press the button behind it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts import proof
from marketplace.accounts.access import SIGNED_IN, allow
from marketplace.accounts.views.blueprint import bp, network
from marketplace.language import language


@bp.post("/akun/bukti")
@allow(SIGNED_IN)
def ask_proof() -> Response:
    """Mail the link, once more if need be."""
    proof.ask_proof_link(current_user.id, language(), network())
    flash(_("Tautan bukti sudah kami kirim. Buka e-mail Anda, lalu tekan tautannya."), "success")
    return redirect(url_for("accounts.account"), 303)


@bp.get("/akun/bukti/<token>")
@allow(SIGNED_IN)
def proof_link(token: str) -> str:
    """A button: mail scanners open links, but press nothing."""
    return render_template("accounts/proof.html", email=proof.email_to_prove(current_user.id, token), token=token)


@bp.post("/akun/bukti/<token>")
@allow(SIGNED_IN)
def prove_email(token: str) -> Response:
    """The button was pressed."""
    proof.prove_email(current_user.id, token)
    flash(_("E-mail Anda sudah terbukti."), "success")
    return redirect(url_for("accounts.account"), 303)
