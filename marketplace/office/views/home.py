"""What waits for the officer today."""

from flask import render_template

from marketplace.accounts.access import OFFICER, allow
from marketplace.db import db
from marketplace.office import queries
from marketplace.office.views.blueprint import bp
from marketplace.sellers.models import ShopState


@bp.get("")
@allow(OFFICER)
def home() -> str:
    """How many shops stand in each state, and where suspended shops owe something to buyers."""
    counts = dict.fromkeys(ShopState, 0)
    counts.update((state, count) for state, count in db.session.execute(queries.shops_by_state()))
    owing = db.session.execute(queries.suspended_with_open_orders()).all()
    reported = db.session.scalar(queries.reported_count())
    return render_template("office/home.html", counts=counts, owing=owing, reported=reported)
