"""The office answers a proof in the shop's place, and sees what about money is open in the whole market."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.orders import money_moves
from marketplace.orders.models import Actor, Order
from marketplace.orders.money_queries import open_refunds, unanswered_proofs, waiting_accounts
from marketplace.orders.queries import whole_order
from marketplace.orders.views import answering, office, refunding
from marketplace.orders.views.proof_pictures import picture_of
from marketplace.payments import receiving
from marketplace.payments.suspense import in_suspense
from marketplace.web import row_id

bp = Blueprint("moneyoffice", __name__, url_prefix="/kantor")


@bp.get("/pembayaran")
@allow(OFFICER)
def index() -> str:
    """New accounts, proofs that no shop has answered, refunds that are open, money in suspense."""
    return render_template(
        "payments/office.html",
        accounts=db.session.execute(waiting_accounts()).all(),
        proofs=db.session.execute(unanswered_proofs()).all(),
        refunds=db.session.execute(open_refunds()).all(),
        suspense=in_suspense(),
    )


@bp.post("/pembayaran/rekening/<int:account_id>/<any(setuju,tolak):answer>")
@allow(OFFICER)
def account(account_id: int, answer: str) -> Answer:
    """Let a new account of a shop count at once, or not at all."""
    decide = receiving.approve if answer == "setuju" else receiving.refuse
    decide(account_id, current_user.id)
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("moneyoffice.index"), 303)


@bp.post("/pesanan/<number>/uang-masuk")
@allow(OFFICER)
def confirm(number: str) -> Answer:
    """The money has come, as the office has seen."""
    answering.confirm(_order(number).id, Actor.OFFICER)
    return _back(number)


@bp.post("/pesanan/<number>/bukti/tolak")
@allow(OFFICER)
def refuse(number: str) -> Answer | tuple[str, int]:
    """No such money has come."""
    order = _order(number)
    refusal = answering.refuse(order.id, Actor.OFFICER)
    return (office.page(order, refusal=refusal), 422) if refusal else _back(number)


@bp.get("/pesanan/<number>/bukti/<int:proof_id>")
@allow(OFFICER)
def proof(number: str, proof_id: int) -> Response:
    """The picture that the buyer has sent."""
    return picture_of(_order(number), proof_id)


@bp.post("/pesanan/<number>/dana-kembali")
@allow(OFFICER)
def refunded(number: str) -> Answer:
    """The buyer has the money back, as the office has seen."""
    refund_id = row_id(request.form.get("pengembalian")) or 0
    money_moves.finish_refund(_order(number).id, refund_id, by=Actor.OFFICER, actor_id=current_user.id)
    return _back(number)


@bp.post("/pesanan/<number>/kirim-lagi")
@allow(OFFICER)
def send_again(number: str) -> Answer:
    """A refund that the buyer's bank had not taken."""
    refund_id = row_id(request.form.get("pengembalian")) or 0
    money_moves.send_again(_order(number).id, refund_id, actor_id=current_user.id)
    flash(_("Pengembalian dana dikirim lagi."), "success")
    return _back(number)


@bp.get("/pesanan/<number>/kembalikan-dana")
@bp.post("/pesanan/<number>/kembalikan-dana")
@allow(OFFICER)
def give_back(number: str) -> refunding.Answer:
    """Give back some of the money while the order goes on, and say who bears it."""
    back = url_for("orderoffice.show", number=number)
    return refunding.refund_page(lambda: _order(number), Actor.OFFICER, "orders/office_refund.html", back)


def _order(number: str) -> Order:
    order = db.session.scalar(whole_order().where(Order.number == number))
    return order or abort(404)


def _back(number: str) -> Answer:
    return redirect(url_for("orderoffice.show", number=number), 303)
