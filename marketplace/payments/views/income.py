"""What a shop earned, week by week, and what was paid out to it."""

from flask import Blueprint, abort, render_template, request
from sqlalchemy import select

from marketplace.accounts.access import allow
from marketplace.db import db
from marketplace.payments.payout_models import Payout
from marketplace.payments.periods import named, present
from marketplace.payments.statements import Statement, owed, statements
from marketplace.payments.wording import payout_label
from marketplace.sellers.current import SELLER, current_shop

NOTHING = Statement(0, 0, 0, 0, 0, 0, 0, 0)
bp = Blueprint("income", __name__, url_prefix="/jualan/pendapatan")
bp.add_app_template_global(payout_label)


@bp.get("")
@allow(SELLER)
def show() -> str:
    """One week's statement and the payouts so far; this week unless another is asked for."""
    key, shop_id = request.args.get("minggu"), current_shop().id
    period = (named(key) or abort(404)) if key else present()
    payouts = select(Payout).where(Payout.shop_id == shop_id).order_by(Payout.id.desc()).limit(26)
    return render_template(
        "payments/income.html",
        period=period,
        statement=statements(period, shop_id).get(shop_id, NOTHING),
        balance=owed(shop_id).get(shop_id, 0),
        payouts=db.session.scalars(payouts).all(),
    )
