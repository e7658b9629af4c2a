"""To the hosted page for cards and back: whoever has a checkout's link may pay for it."""

import stripe
import structlog
from flask import Blueprint, abort, flash, redirect, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from marketplace.accounts.access import ANYONE, allow
from marketplace.config import settings
from marketplace.db import db
from marketplace.language import language
from marketplace.orders import together
from marketplace.orders.models import OrderGroup
from marketplace.payments import card_pages
from marketplace.payments.models import Payment, PaymentState
from marketplace.refusal import Refusal

bp = Blueprint("card", __name__, url_prefix="/lacak/<token>/kartu")
log = structlog.get_logger()


@bp.post("")
@allow(ANYONE)
def pay(token: str) -> Response:
    """On to the hosted page."""
    return redirect(_page_of(_payment(token), token), 303)


@bp.get("")
@allow(ANYONE)
def back(token: str) -> Response:
    """Back from the hosted page, whatever was done there: Stripe is asked, not the address."""
    try:
        card_pages.look_at_payment(_payment(token).id)
    except stripe.StripeError as error:
        log.warning("card.unreachable", error=type(error).__name__)
        flash(_("Pembayaran Anda sedang diperiksa. Muat ulang halaman ini sebentar lagi."), "info")
    return redirect(url_for("tracking.show", token=token), 303)


def first_stop(token: str) -> str:
    """Where a buyer goes after ordering: to the hosted page if something is paid by card, else to the receipt."""
    payment = _of_checkout(token)
    if payment is not None and payment.state == PaymentState.OPEN:
        try:
            return _page_of(payment, token)
        except Refusal as refusal:
            flash(str(refusal), "warning")
    return url_for("tracking.show", token=token, baru=1)


def _page_of(payment: Payment, token: str) -> str:
    back_url = settings().base_url + url_for("card.back", token=token)
    return card_pages.page_url(payment.id, back_url, language())


def _payment(token: str) -> Payment:
    return _of_checkout(token) or abort(404)


def _of_checkout(token: str) -> Payment | None:
    group_id = db.session.scalar(select(OrderGroup.id).where(OrderGroup.token == token))
    return together.of_checkout(group_id) if group_id else None
