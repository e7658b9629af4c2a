"""The office says what becomes of money that belongs to nothing we know."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.orders.forms import AssignForm, ReasonForm
from marketplace.orders.models import Order
from marketplace.orders.paying import every_payment_of
from marketplace.payments import suspense
from marketplace.payments.wording import why_suspended

bp = Blueprint("suspenseoffice", __name__, url_prefix="/kantor/pembayaran/<int:journal_id>")
bp.add_app_template_global(why_suspended)
Answer = str | Response | tuple[str, int]


@bp.get("")
@allow(OFFICER)
def show(journal_id: int) -> Answer:
    """What is known of it."""
    return _page(journal_id, AssignForm(formdata=None), ReasonForm(formdata=None))


@bp.post("/pesanan")
@allow(OFFICER)
def assign(journal_id: int) -> Answer:
    """It is for this order."""
    form = AssignForm()
    if form.validate():
        try:
            suspense.assign(journal_id, _payments(form.nomor.data or ""), current_user.id)
            return _done(_("Uang ini dicatat untuk pesanan %(number)s.", number=form.nomor.data))
        except suspense.AlreadyEnded as refusal:
            return _done(str(refusal))
        except suspense.NothingFits as refusal:
            form.nomor.errors = [str(refusal)]
    return _page(journal_id, form, ReasonForm(formdata=None))


@bp.post("/kembali")
@allow(OFFICER)
def give_back(journal_id: int) -> Answer:
    """It goes back to where it came from."""
    form = ReasonForm()
    if not form.validate():
        return _page(journal_id, AssignForm(formdata=None), form)
    try:
        suspense.give_back(journal_id, form.alasan.data or "", current_user.id)
    except suspense.AlreadyEnded as refusal:
        return _done(str(refusal))
    return _done(_("Uang ini dikirim kembali."))


@bp.post("/<any('kirim-lagi',terkirim):step>")
@allow(OFFICER)
def return_again(journal_id: int, step: str) -> Answer:
    """What the bank had not taken is sent once more, or was sent another way."""
    try:
        if step == "terkirim":
            suspense.sent(journal_id, current_user.id)
        else:
            suspense.send_again(journal_id)
    except suspense.AlreadyEnded as refusal:
        return _done(str(refusal))
    return _done(_("Berhasil disimpan"))


def _payments(number: str) -> list[int]:
    order_id = db.session.scalar(select(Order.id).where(Order.number == number.upper()))
    return [payment.id for payment in db.session.scalars(every_payment_of(order_id))] if order_id else []


def _page(journal_id: int, assigning: AssignForm, reason: ReasonForm) -> Answer:
    try:
        money = suspense.money_of(journal_id)
    except suspense.AlreadyEnded as refusal:
        return _done(str(refusal))
    page = render_template("payments/suspense.html", money=money, assigning=assigning, reason=reason)
    return page, 422 if assigning.errors or reason.errors else 200


def _done(sentence: str) -> Response:
    flash(sentence, "success")
    return redirect(url_for("moneyoffice.index"), 303)
