"""The office pays the shops: every shop's statement, the run of a week, the bank's file, what became of it."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response as Answer

from marketplace.accounts.access import OFFICER, allow
from marketplace.config import settings
from marketplace.db import db
from marketplace.payments import payouts
from marketplace.payments.bank_file import bank_file
from marketplace.payments.forms import PaidForm, ReturnedForm
from marketplace.payments.payout_models import Payout, PayoutRun
from marketplace.payments.periods import Period, last_closed, named
from marketplace.payments.rail import NotTakenBack
from marketplace.payments.rails import BY_HAND
from marketplace.payments.statements import statements
from marketplace.payments.wording import why_left_out
from marketplace.sellers.models import Shop
from marketplace.web import row_id

bp = Blueprint("payoutoffice", __name__, url_prefix="/kantor/pendapatan")
bp.add_app_template_global(why_left_out)


@bp.get("")
@allow(OFFICER)
def index() -> Answer:
    """The last week that can be paid out."""
    return redirect(url_for("payoutoffice.show", week=last_closed().key), 302)


@bp.get("/<week>")
@allow(OFFICER)
def show(week: str) -> str:
    """One week: what every shop earned, its run with all payouts, who is left out."""
    return _page(_period(week), PaidForm(formdata=None), ReturnedForm(formdata=None))


@bp.post("/<week>")
@allow(OFFICER)
def make(week: str) -> Answer:
    """Owe each shop its money, once."""
    try:
        payouts.make_run(_period(week), current_user.id)
    except payouts.AlreadyMade as refusal:
        flash(str(refusal), "info")
    return _back(week)


@bp.post("/<week>/berkas")
@allow(OFFICER)
def file(week: str) -> Response:
    """What the bank is to send; whoever takes the file is remembered."""
    due = payouts.hand_out_file(_run(week).id, current_user.id)
    response = Response("\ufeff" + bank_file(due, settings().city.market), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="pembayaran-{_period(week).key}.csv"'
    return response


@bp.post("/<week>/terbayar")
@allow(OFFICER)
def paid(week: str) -> Answer | tuple[str, int]:
    """The bank has sent the ticked ones."""
    form, run = PaidForm(), _run(week)
    if not form.validate():
        return _page(_period(week), form, ReturnedForm(formdata=None)), 422
    ids = [id for id in map(row_id, request.form.getlist("bayar")) if id]
    count = payouts.mark_paid(run.id, ids, form.reference.data or "", current_user.id)
    flash(_("%(count)s pembayaran ditandai terbayar.", count=count), "success")
    return _back(week)


@bp.post("/<week>/kembali")
@allow(OFFICER)
def returned(week: str) -> Answer | tuple[str, int]:
    """The bank has not sent one, or it came back."""
    form, run = ReturnedForm(), _run(week)
    if not form.validate():
        return _page(_period(week), PaidForm(formdata=None), form), 422
    try:
        payouts.mark_returned(run.id, row_id(request.form.get("bayar")) or 0, form.reason.data or "", current_user.id)
    except NotTakenBack as refusal:
        form.reason.errors = [str(refusal)]
        return _page(_period(week), PaidForm(formdata=None), form), 422
    flash(_("Berhasil disimpan"), "success")
    return _back(week)


def _page(period: Period, paid_form: PaidForm, returned_form: ReturnedForm) -> str:
    run = db.session.scalar(select(PayoutRun).where(PayoutRun.period == period.key))
    made = select(Payout).where(Payout.period == period.key).order_by(Payout.id)
    told, left = statements(period), payouts.left_out(period)
    payouts_made = db.session.scalars(made).all()
    ids = {*told, *(each.shop_id for each in left), *(payout.shop_id for payout in payouts_made)}
    names = dict(iter(db.session.execute(select(Shop.id, Shop.name).where(Shop.id.in_(ids)))))
    return render_template(
        "payments/payouts.html",
        period=period,
        run=run,
        payouts=payouts_made,
        by_hand=BY_HAND,
        statements=told,
        left=left,
        names=names,
        paid_form=paid_form,
        returned_form=returned_form,
    )


def _period(week: str) -> Period:
    return named(week) or abort(404)


def _run(week: str) -> PayoutRun:
    run = db.session.scalar(select(PayoutRun).where(PayoutRun.period == _period(week).key))
    return run or abort(404)


def _back(week: str) -> Answer:
    return redirect(url_for("payoutoffice.show", week=week), 303)
