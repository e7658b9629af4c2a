"""The payments of orders: how they begin, which one counts, what the shop says has come, how they end."""

from collections.abc import Iterable

from flask_babel import gettext as _
from sqlalchemy import Select, select

from marketplace import jobs
from marketplace.db import db
from marketplace.orders.fees import fee_of, subsidy_of
from marketplace.orders.models import Actor, Order, State
from marketplace.payments import refunds, states
from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.earning import Share, shares_of
from marketplace.payments.models import Bearer, Payment, PaymentPart, PaymentState, Refund
from marketplace.payments.opening import Thing, open_payment
from marketplace.payments.port import Sale, WayToPay
from marketplace.payments.settling import Outcome, Place, Receipt, settle
from marketplace.payments.ways import ways

KIND = "order"
AT_THE_DOOR = frozenset({State.READY, State.SHIPPED})


def start(order: Order, way: WayToPay, *, by: Actor, actor_id: int | None, attempt: int = 1) -> Payment:
    """Inside writing(): ask for the money of an order this way."""
    thing = Thing(KIND, order.id, order.number, order.shop_id)
    return open_payment(thing, way, sale_of(order), by=by, actor_id=actor_id, attempt=attempt)


def sale_of(order: Order) -> Sale:
    """What the order's shop is to be paid."""
    return Sale(order.shop_id, order.total, order.handover)


def payments_of(order_ids: Iterable[int]) -> dict[int, Payment]:
    """The payment that counts for each order, in one statement; `counted_last` tells which one."""
    return dict(iter(db.session.execute(counted_last().where(PaymentPart.item_id.in_(list(order_ids))))))


def counted_last() -> Select[int, Payment]:
    """Order ids with their payments, the one that counts behind the others.

    The first that brought money counts, wholly given back or not: what comes after it goes back at once. The ledger
    knows which was first, whatever the clocks said. Without money it is the payment that was asked for last.
    """
    found = select(PaymentPart.item_id, Payment).join(Payment, Payment.id == PaymentPart.payment_id)
    found = found.where(PaymentPart.kind == KIND)
    booked = select(Journal.id).where(Journal.kind == JournalKind.CAPTURE, Journal.reference == Payment.reference)
    first_last = (Payment.state.in_(states.SETTLED_STATES), booked.scalar_subquery().desc(), Payment.id)
    return found.order_by(*first_last).execution_options(populate_existing=True)


def every_payment_of(order_id: int) -> Select[Payment]:
    """All payments of an order, the first first."""
    mine = select(Payment).join(PaymentPart, PaymentPart.payment_id == Payment.id)
    return mine.where(PaymentPart.kind == KIND, PaymentPart.item_id == order_id).order_by(Payment.id)


def collect(order_id: int, *, by: Actor, actor_id: int | None) -> None:
    """Inside writing(): the shop has the cash of an order in hand; nothing for money that came another way."""
    payment = payments_of([order_id])[order_id]
    if payment.state == PaymentState.DUE:
        book(payment, by=by, actor_id=actor_id)


def book(payment: Payment, *, by: Actor, actor_id: int | None) -> Outcome:
    """Inside writing(): the shop says that all the money of this payment has come."""
    receipt = Receipt(
        reference=payment.reference,
        amount=payment.due,
        currency=payment.currency,
        place=Place(payment.account, payment.booked_on, payment.shop_id),
        source=ways()[payment.way].confirm(payment),
        by=by,
        actor_id=actor_id,
    )
    return settle(receipt)


def end(order_id: int, before: State, *, by: Actor, actor_id: int | None, note: str = "") -> None:
    """Inside writing(): an order that was in the state `before` is called off.

    Nobody is to pay for it any more, and what was paid goes back. Cash that was refused at the door is told from an
    order that never got there.
    """
    payment = payments_of([order_id])[order_id]
    for share in shares_of(KIND, order_id):
        give_back(order_id, share.payment_id, note or _("Pesanan dibatalkan."))
    if payment.state in states.PAYABLE_STATES and ways()[payment.way].cancel(payment):
        was_refused = payment.state == PaymentState.DUE and before in AT_THE_DOOR
        to = PaymentState.REFUSED if was_refused else PaymentState.EXPIRED
        states.transition(payment.id, to, by=by, actor_id=actor_id, note=note)


def give_back(order_id: int, payment_id: int, reason: str) -> None:
    """Inside writing(): what is left of the order's share of a payment is owed to the buyer."""
    share = next(share for share in shares_of(KIND, order_id) if share.payment_id == payment_id)
    if share.left:
        owe(order_id, share, share.left, reason)


def owe(order_id: int, share: Share, amount: int, reason: str, bearer: Bearer = Bearer.SHOP) -> Refund:
    """Inside writing(), the order locked: so many rupiah go back to the buyer, and people are told. Raises TooMuch.

    The fee on what a shop has earned and now loses goes back to the shop, what the city had added to it to the city.
    """
    is_lost = share.is_earned and bearer == Bearer.SHOP
    fee_back, subsidy_back = _lost_with(order_id, amount) if is_lost else (0, 0)
    refund = refunds.owe(share.part_id, amount, reason, bearer=bearer, fee_back=fee_back, subsidy_back=subsidy_back)
    way = db.session.scalars(select(Payment.way).where(Payment.id == share.payment_id)).one()
    ways()[way].refund(refund)
    jobs.enqueue("orders.tell_refund", order_id=order_id, refund_id=refund.id)
    return refund


def _lost_with(order_id: int, amount: int) -> tuple[int, int]:
    """What fee and subsidy of an earned order shrink by when the shop loses so many rupiah of it."""
    order = db.session.get_one(Order, order_id)
    kept = sum(share.kept for share in shares_of(KIND, order_id) if share.is_earned)
    rest = kept - amount
    return fee_of(order, kept) - fee_of(order, rest), subsidy_of(order, kept) - subsidy_of(order, rest)


def end_others(order_id: int, paid_id: int) -> bool:
    """Inside writing(): one payment has brought the money, so no other is to; True if another had before."""
    others = [payment for payment in db.session.scalars(every_payment_of(order_id)) if payment.id != paid_id]
    for payment in others:
        if payment.state in states.PAYABLE_STATES:
            states.transition(payment.id, PaymentState.EXPIRED, by=Actor.SYSTEM)
    return any(payment.state in states.SETTLED_STATES for payment in others)
