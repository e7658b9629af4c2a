"""How a shop is paid: the cash that it takes, its own bank account or QRIS."""

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import allow
from marketplace.accounts.passwords import WrongPassword
from marketplace.accounts.views.blueprint import network
from marketplace.db import db
from marketplace.payments import receiving
from marketplace.payments.emv import Qris
from marketplace.payments.forms import BankForm, CashForm, PasswordAgain, QrisForm
from marketplace.payments.models import Channel
from marketplace.payments.receiving import NewAccount
from marketplace.payments.terms import change_cash
from marketplace.payments.views.blueprint import bp
from marketplace.payments.ways import terms_of
from marketplace.sellers.current import SELLER, current_shop

Answer = Response | tuple[str, int]


@bp.get("")
@bp.post("")
@allow(SELLER)
def cash() -> Answer:
    """Where and up to how much the shop takes cash, and the accounts on which it is paid."""
    shop = current_shop()
    shop_id, fee_rate = shop.id, shop.fee_rate
    terms = terms_of([shop_id])[shop_id]
    form = CashForm.of(terms.cash)
    if not form.validate_on_submit():
        waiting = db.session.scalars(receiving.waiting(shop_id)).all()
        told = {"in_use": terms.receiving, "waiting": waiting, "fee_rate": fee_rate}
        return render_template("payments/cash.html", form=form, **told), 422 if form.errors else 200
    change_cash(shop_id, current_user.id, form.terms())
    return _saved()


@bp.get("/rekening")
@bp.post("/rekening")
@allow(SELLER)
def bank() -> Answer:
    """Another bank account; it asks for the password and counts after a day, or when the office agrees."""
    form = BankForm()
    if form.validate_on_submit() and _announced(form.account(), form):
        return _saved()
    return render_template("payments/bank.html", form=form), 422 if form.errors else 200


@bp.get("/qris")
@bp.post("/qris")
@allow(SELLER)
def qris() -> Answer:
    """The shop gives its static QRIS, and is shown whose it is before it is kept."""
    form = QrisForm()
    if form.validate_on_submit():
        return _to_check(form.code, PasswordAgain(formdata=None))
    return render_template("payments/qris.html", form=form), 422 if form.errors else 200


@bp.post("/qris/simpan")
@allow(SELLER)
def keep_qris() -> Answer:
    """Its name and NMID are right; it asks for the password and counts after a day, or when the office agrees."""
    sent, form = QrisForm(), PasswordAgain()
    if not sent.validate():
        return render_template("payments/qris.html", form=sent), 422
    code = sent.code
    account = NewAccount(Channel.QRIS, number=code.nmid, holder=code.name, payload=code.text)
    if form.validate() and _announced(account, form):
        return _saved()
    return _to_check(code, form)


@bp.post("/<any(bank,qris):channel>/berhenti")
@allow(SELLER)
def stop(channel: str) -> Answer:
    """Take no money this way any more."""
    receiving.stop(current_shop().id, current_user.id, Channel(channel))
    return _saved()


def _announced(account: NewAccount, form: PasswordAgain) -> bool:
    """Whether the new account was taken; if not, the form says why."""
    try:
        password = form.password.data or ""
        receiving.change(current_shop().id, current_user.id, account, password=password, network=network())
    except WrongPassword as refusal:
        form.password.errors = [str(refusal)]
        return False
    return True


def _to_check(code: Qris, form: PasswordAgain) -> Answer:
    return render_template("payments/qris_check.html", code=code, form=form), 422 if form.errors else 200


def _saved() -> Response:
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("paydesk.cash"), 303)
