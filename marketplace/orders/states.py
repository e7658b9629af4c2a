"""The one table of order states: who may move an order where, and the only function that does it."""

from collections.abc import Mapping
from datetime import datetime
from itertools import pairwise

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select, update

from marketplace import audit
from marketplace.clock import now
from marketplace.db import db
from marketplace.orders.models import Actor, Order, OrderEvent, State
from marketplace.refusal import GoneAway, Refusal

BUYER, SELLER, OFFICER, SYSTEM = Actor
ANY_SIDE = frozenset({BUYER, SELLER, OFFICER, SYSTEM})
SHOP_SIDE = frozenset({SELLER, OFFICER})

MOVES: Mapping[State, Mapping[State, frozenset[Actor]]] = {
    State.AWAITING_PAYMENT: {
        State.PLACED: frozenset({SYSTEM}),
        State.ACCEPTED: SHOP_SIDE,
        State.CANCELLED: ANY_SIDE,
    },
    State.PLACED: {State.ACCEPTED: SHOP_SIDE, State.CANCELLED: ANY_SIDE},
    State.ACCEPTED: {State.READY: SHOP_SIDE, State.SHIPPED: SHOP_SIDE, State.CANCELLED: SHOP_SIDE},
    State.READY: {
        State.DELIVERED: SHOP_SIDE | {BUYER},
        State.CANCELLED: SHOP_SIDE,
        State.DISPUTED: frozenset({BUYER}),
    },
    State.SHIPPED: {
        State.DELIVERED: SHOP_SIDE | {BUYER},
        State.CANCELLED: SHOP_SIDE,
        State.DISPUTED: frozenset({BUYER}),
    },
    State.DELIVERED: {State.COMPLETED: frozenset({SYSTEM}), State.DISPUTED: frozenset({BUYER})},
    State.DISPUTED: {State.COMPLETED: frozenset({OFFICER}), State.CANCELLED: frozenset({OFFICER})},
    State.CANCELLED: {State.PLACED: frozenset({SYSTEM})},
    State.COMPLETED: {},
}
FIRST_STATES = frozenset({State.AWAITING_PAYMENT, State.PLACED})
OPEN_STATES = (State.AWAITING_PAYMENT, State.PLACED, State.ACCEPTED, State.READY, State.SHIPPED, State.DISPUTED)
# The buyer has the goods.
GOT_STATES = frozenset({State.DELIVERED, State.COMPLETED, State.DISPUTED})
LABELS = {
    State.AWAITING_PAYMENT: _l("Menunggu pembayaran"),
    State.PLACED: _l("Menunggu konfirmasi penjual"),
    State.ACCEPTED: _l("Diproses"),
    State.READY: _l("Siap diambil"),
    State.SHIPPED: _l("Dikirim"),
    State.DELIVERED: _l("Sampai"),
    State.COMPLETED: _l("Selesai"),
    State.CANCELLED: _l("Dibatalkan"),
    State.DISPUTED: _l("Komplain"),
}


class NotPossibleNow(Refusal):
    """The order is in a state from which this actor cannot make this move."""


def transition(
    order_id: int,
    to: State,
    *,
    by: Actor,
    actor_id: int | None = None,
    note: str = "",
) -> State | None:
    """Move an order inside writing() and write its history; returns the state it left, None if it was there already.

    Raises NotPossibleNow when `by` may not make this move now, GoneAway for an unknown order. The order's row stays
    locked till the end of the transaction, so effects may follow.
    """
    before = db.session.scalar(select(Order.state).where(Order.id == order_id).with_for_update())
    if before is None:
        raise GoneAway(_("Pesanan ini tidak ada."))
    if before == to:
        return None
    sources = [state for state, ways in MOVES.items() if by in ways.get(to, ())]
    move = update(Order).where(Order.id == order_id, Order.state.in_(sources)).values(state=to)
    if not db.session.execute(move.execution_options(synchronize_session=False).returning(Order.id)).all():
        raise NotPossibleNow(
            _("Pesanan ini sudah berstatus “%(state)s”, jadi tidak bisa diubah.", state=LABELS[before])
        )
    record(order_id, before, to, by=by, at=now(), actor_id=actor_id, note=note)
    return before


def record(
    order_id: int,
    before: State | None,
    after: State,
    *,
    by: Actor,
    at: datetime,
    actor_id: int | None = None,
    note: str = "",
) -> None:
    """Add one step to an order's history and to the audit trail; the first step has no `before`."""
    event = OrderEvent(order_id=order_id, before=before, after=after, actor=by, actor_id=actor_id, at=at, note=note)
    db.session.add(event)
    told = f"by {by} from {before}" if before else f"by {by}"
    audit.record(after, "order", order_id, actor_id=actor_id, note=told)


def is_legal_path(steps: list[tuple[State | None, State, Actor]]) -> bool:
    """Whether a whole history (before, after, by) could have happened: `flask check` asks this of every order."""
    if not steps or steps[0][0] is not None or steps[0][1] not in FIRST_STATES:
        return False
    chained = all(later[0] == earlier[1] for earlier, later in pairwise(steps))
    return chained and all(before and by in MOVES[before].get(after, ()) for before, after, by in steps[1:])
