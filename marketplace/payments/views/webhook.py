"""The address that Stripe calls."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from marketplace.accounts.access import ANYONE, allow
from marketplace.forgery import exempt
from marketplace.payments import card_hearing

bp = Blueprint("webhook", __name__, url_prefix="/webhook")


@bp.post("/stripe")
@exempt
@allow(ANYONE)
def stripe() -> Response:
    """200 when the event is kept, 400 for whoever is not Stripe."""
    try:
        card_hearing.hear(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except card_hearing.NotStripe:
        return Response("", 400)
    return Response("", 200)
