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
    """How many shops stand in each state, what waits for a decision, and where suspended shops owe buyers something."""
    counts = dict.fromkeys(ShopState, 0)
    counts.update((state, count) for state, count in db.session.execute(queries.shops_by_state()))
    owing = db.session.execute(queries.suspended_with_open_orders()).all()
    reported = db.session.scalar(queries.reported_count())
    complaints = db.session.scalar(queries.complaint_count())
    told = {"owing": owing, "reported": reported, "complaints": complaints}
    return render_template("office/home.html", counts=counts, **told)
