"""Beri tahu saya bila ada: ask to hear of goods that a list does not have yet, and end it."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace import once
from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.views.blueprint import network
from marketplace.catalog import alerts
from marketplace.catalog.forms.alert import AlertForm
from marketplace.catalog.views.blueprint import bp
from marketplace.catalog.views.listing import asked_list
from marketplace.config import settings
from marketplace.language import language
from marketplace.refusal import Refusal


@bp.get("/kabar")
@bp.post("/kabar")
@allow(ANYONE)
def alert() -> str | Response | tuple[str, int]:
    """Where to write to when this list has goods; its address carries the list's own query."""
    narrowing, labels = asked_list()
    if not narrowing.text and not narrowing.is_narrowed:
        return redirect(url_for("catalog.search"), 303)
    form, asked = AlertForm(), narrowing.words_and_filters().query()
    if form.validate_on_submit() and _is_kept(form, asked):
        return redirect(url_for("catalog.alert_asked"), 303)
    context = {"words": narrowing.text, "labels": labels, "has_whatsapp": bool(settings().whatsapp_gateway_url)}
    key = form.key.data or once.new_key()
    page = render_template("catalog/alert.html", form=form, asked=asked, key=key, days=alerts.DAYS, **context)
    return page, 422 if form.errors or form.form_errors else 200


def _is_kept(form: AlertForm, asked: str) -> bool:
    """Remember who waits; what speaks against it is said above the form."""
    contact = form.contact.data
    how = {"language": language(), "key": form.key.data or once.new_key(), "network": network()}
    try:
        alerts.ask(asked, contact.value, is_phone=contact.kind == "phone", **how)
    except Refusal as refusal:
        form.form_errors.append(str(refusal))
    return not form.form_errors


@bp.get("/kabar/dicatat")
@allow(ANYONE)
def alert_asked() -> str:
    """What happens next."""
    return render_template("catalog/alert_asked.html", days=alerts.DAYS)


@bp.get("/kabar/<token>")
@allow(ANYONE)
def alert_end(token: str) -> str:
    """The link of the letter: a button, since whoever scans mail opens links."""
    return render_template("catalog/alert_end.html", waiting=alerts.of_token(token), token=token)


@bp.post("/kabar/<token>")
@allow(ANYONE)
def end_alert(token: str) -> Response:
    """Forget who waited."""
    alerts.end(token)
    flash(_("Kabar ini sudah dihentikan dan alamat Anda dihapus."), "success")
    return redirect(url_for("catalog.alert_end", token=token), 303)
