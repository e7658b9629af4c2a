"""The one table of payment states, and the only function that moves a payment."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from flask_babel import gettext as _
from sqlalchemy import select, update

from marketplace import audit
from marketplace.clock import now
from marketplace.db import db
from marketplace.payments.models import Actor, Payment, PaymentEvent, PaymentPart, PaymentState
from marketplace.refusal import GoneAway, Refusal

MOVES: Mapping[PaymentState, frozenset[PaymentState]] = {
    PaymentState.OPEN: frozenset(
        {PaymentState.PROOF, PaymentState.CAPTURED, PaymentState.REFUSED, PaymentState.EXPIRED}
    ),
    PaymentState.PROOF: frozenset({PaymentState.CAPTURED, PaymentState.REFUSED, PaymentState.EXPIRED}),
    PaymentState.DUE: frozenset({PaymentState.COLLECTED, PaymentState.REFUSED, PaymentState.EXPIRED}),
    # Late money is money.
    PaymentState.REFUSED: frozenset({PaymentState.CAPTURED}),
    PaymentState.EXPIRED: frozenset({PaymentState.CAPTURED}),
    PaymentState.CAPTURED: frozenset({PaymentState.PART_REFUNDED, PaymentState.REFUNDED}),
    PaymentState.COLLECTED: frozenset({PaymentState.PART_REFUNDED, PaymentState.REFUNDED}),
    PaymentState.PART_REFUNDED: frozenset({PaymentState.REFUNDED}),
    PaymentState.REFUNDED: frozenset(),
}
FIRST_STATES = frozenset({PaymentState.OPEN, PaymentState.DUE})
PAYABLE_STATES = frozenset({PaymentState.OPEN, PaymentState.PROOF, PaymentState.DUE})
# Money has come, whatever went back since.
SETTLED_STATES = frozenset(
    {PaymentState.CAPTURED, PaymentState.COLLECTED, PaymentState.PART_REFUNDED, PaymentState.REFUNDED}
)


class PaymentMoved(Refusal):
    """The payment is in a state from which it cannot go there."""


def transition(
    payment_id: int, to: PaymentState, *, by: Actor, actor_id: int | None = None, note: str = ""
) -> PaymentState | None:
    """Move a payment inside writing() and write its history; returns the state it left, None if it was there already.

    Raises PaymentMoved when the table has no such move, GoneAway for an unknown payment. The payment's row stays
    locked till the end of the transaction, and its parts follow: whether they are payable depends on the state alone.
    """
    before = db.session.scalar(select(Payment.state).where(Payment.id == payment_id).with_for_update())
    if before is None:
        raise GoneAway(_("Pembayaran ini tidak ada."))
    if before == to:
        return None
    sources = [state for state, ways in MOVES.items() if to in ways]
    move = update(Payment).where(Payment.id == payment_id, Payment.state.in_(sources)).values(state=to)
    if not db.session.execute(move.execution_options(synchronize_session=False).returning(Payment.id)).all():
        raise PaymentMoved(_("Pembayaran ini sudah berubah. Muat ulang halaman ini."))
    parts = update(PaymentPart).where(PaymentPart.payment_id == payment_id).values(is_payable=to in PAYABLE_STATES)
    db.session.execute(parts.execution_options(synchronize_session=False))
    record(payment_id, before, to, by=by, at=now(), actor_id=actor_id, note=note)
    return before


def record(
    payment_id: int,
    before: PaymentState | None,
    after: PaymentState,
    *,
    by: Actor,
    at: datetime,
    actor_id: int | None = None,
    note: str = "",
) -> None:
    """Add one step to a payment's history and to the audit trail; the first step has no `before`."""
    event = PaymentEvent(
        payment_id=payment_id, before=before, after=after, actor=by, actor_id=actor_id, at=at, note=note
    )
    db.session.add(event)
    told = f"by {by} from {before}" if before else f"by {by}"
    audit.record(after, "payment", payment_id, actor_id=actor_id, note=told)


def is_legal_path(steps: list[tuple[PaymentState | None, PaymentState]]) -> bool:
    """Whether a whole history (before, after) could have happened: `flask check` asks this of every payment."""
    if not steps or steps[0][0] is not None or steps[0][1] not in FIRST_STATES:
        return False
    chained = all(later[0] == earlier[1] for earlier, later in pairwise(steps))
    return chained and all(before and after in MOVES[before] for before, after in steps[1:])
