"""The officer's view of open orders: finishes or calls off what a suspended shop has left."""

from collections.abc import Callable
from typing import Unpack

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.orders import fulfilment
from marketplace.orders.complaining import complaints_of
from marketplace.orders.forms import ReasonForm
from marketplace.orders.models import Actor, Order
from marketplace.orders.queries import open_orders, whole_order
from marketplace.orders.views.money import Answered, money_of
from marketplace.web import asked

bp = Blueprint("orderoffice", __name__, url_prefix="/kantor/pesanan")
STEPS: dict[str, Callable[..., None]] = {
    "terima": fulfilment.accept,
    "siap": fulfilment.make_ready,
    "kirim": fulfilment.ship,
    "sampai": fulfilment.deliver,
}


@bp.get("")
@allow(OFFICER)
def index() -> str:
    """What is unfinished, in the whole market or in one shop (`toko`)."""
    slug = asked("toko")
    return render_template("orders/office.html", orders=list(db.session.scalars(open_orders(slug))), slug=slug)


@bp.get("/<number>")
@allow(OFFICER)
def show(number: str) -> str:
    """One order with its history."""
    return page(_order(number))


@bp.post("/<number>/<any(terima,siap,kirim,sampai):step>")
@allow(OFFICER)
def advance(number: str, step: str) -> Response:
    """Take the next step in the shop's place."""
    STEPS[step](_order(number).id, by=Actor.OFFICER, actor_id=current_user.id)
    flash(_("Berhasil disimpan"), "success")
    return redirect(url_for("orderoffice.show", number=number), 303)


@bp.post("/<number>/batal")
@allow(OFFICER)
def cancel(number: str) -> Response | tuple[str, int]:
    """Call it off and say why."""
    order, form = _order(number), ReasonForm()
    if not form.validate():
        return page(order, form), 422
    fulfilment.cancel(order.id, by=Actor.OFFICER, actor_id=current_user.id, reason=form.alasan.data or "")
    return redirect(url_for("orderoffice.show", number=number), 303)


def page(order: Order, reason: ReasonForm | None = None, **answer: Unpack[Answered]) -> str:
    """The order, with forms that could not be taken; `answer` is one about its money."""
    told = {
        "money": money_of([order], **answer)[order.id],
        "reason": reason or ReasonForm(formdata=None),
        "complaint": complaints_of([order]).get(order.id),
    }
    return render_template("orders/office_order.html", order=order, **told)


def _order(number: str) -> Order:
    order = db.session.scalar(whole_order().where(Order.number == number))
    return order or abort(404)
