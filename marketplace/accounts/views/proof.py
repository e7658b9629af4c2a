"""Proving an e-mail: ask for a link, and press the button behind it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts import codes, proof
from marketplace.accounts.access import ANYONE, SIGNED_IN, allow
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
@allow(ANYONE)
def proof_link(token: str) -> str:
    """A button: mail scanners open links, but press nothing."""
    user = codes.owner_of_link(codes.PROVE_EMAIL, token)
    return render_template("accounts/proof.html", email=user.email, token=token)


@bp.post("/akun/bukti/<token>")
@allow(ANYONE)
def prove_email(token: str) -> Response:
    """The button was pressed; whoever reads the mail need not be signed in on this phone."""
    proof.prove_email(token)
    flash(_("E-mail Anda sudah terbukti."), "success")
    return redirect(url_for("accounts.account"), 303)
