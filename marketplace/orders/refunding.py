"""Shop and office give money back while an order goes on: by line and quantity, by amount, or over a whole checkout."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import func, select

from marketplace import audit, once
from marketplace.db import db, writing
from marketplace.money import format_rupiah, split
from marketplace.orders import fulfilment, holds, paying
from marketplace.orders.line_prices import paid_of_lines, piece
from marketplace.orders.models import Actor, Order, OrderLine, RefundedLine, State
from marketplace.payments import refunds
from marketplace.payments.earning import Share, shares_of
from marketplace.payments.models import Bearer, PaymentPart, Refund
from marketplace.refusal import Refusal

# Before that the order is refused or called off, and everything goes back.
REFUNDABLE = frozenset({State.ACCEPTED, State.READY, State.SHIPPED, State.DELIVERED, State.COMPLETED, State.DISPUTED})


class NothingChosen(Refusal):
    """Neither goods nor rupiah were named."""


class NotRefundable(Refusal):
    """No money has come for the order, or it is called off as a whole."""


class RefundedMeanwhile(Refusal):
    """More was promised back since the form was shown."""


@dataclass(frozen=True)
class Wish:
    """What somebody wants to give back: so many of order lines by their ids, and `extra` rupiah on top.

    `are_back` says that the goods can be sold again; those that have not left the shop can be in any case. `seen` is
    how many rupiah of the order were promised back when the form was shown, None for who was shown none.
    """

    quantities: Mapping[int, int]
    extra: int
    reason: str
    bearer: Bearer = Bearer.SHOP
    are_back: bool = False
    seen: int | None = None


def refund(order_id: int, wish: Wish, *, key: str, by: Actor, actor_id: int) -> None:
    """Give it back, once for each key.

    Raises NothingChosen, NotRefundable, RefundedMeanwhile, TooMuch; ShopSuspended when the office has to do it.
    """
    try:
        with writing():
            once.claim(f"refund:{key}")
            if by == Actor.SELLER:
                fulfilment.refuse_suspended(order_id)
            owed = give_back(_locked(order_id), wish)
            if owed is None:
                raise _nothing_chosen()
            _record(owed, by, actor_id)
    except once.AlreadyDone:
        return


def refund_together(order_id: int, amount: int, reason: str, *, bearer: Bearer, key: str, actor_id: int) -> None:
    """The office gives back an amount of a payment for several orders, of each in proportion to what is left.

    Raises NotRefundable, TooMuch.
    """
    try:
        with writing():
            once.claim(f"refund:{key}")
            payment_id = left_of(db.session.get_one(Order, order_id)).payment_id
            shares = {id: share for id in orders_of(payment_id) if (share := _share_of(_locked(id), payment_id))}
            if amount > sum(share.left for share in shares.values()):
                raise refunds.TooMuch(_("Dana yang dikembalikan tidak boleh melebihi yang dibayar."))
            if not amount:
                raise _nothing_chosen()
            parts = split(amount, [share.left for share in shares.values()])
            for (id, share), part in zip(shares.items(), parts, strict=True):
                if part:
                    _record(paying.owe(id, share, part, reason, bearer), Actor.OFFICER, actor_id)
    except once.AlreadyDone:
        return


def give_back(order: Order, wish: Wish) -> Refund | None:
    """Inside writing(), the order locked: promise it to the buyer; None when nothing is named. Raises as `refund`."""
    amount = _amount(order, wish)
    if not amount:
        return None
    share = left_of(order)
    if wish.seen not in (None, _promised(order.id)):
        raise RefundedMeanwhile(_("Sudah ada pengembalian dana lain. Periksa lagi sebelum mengirim."))
    if amount > share.left:
        most = format_rupiah(share.left)
        raise refunds.TooMuch(_("Paling banyak %(most)s yang masih bisa dikembalikan.", most=most))
    owed = paying.owe(order.id, share, amount, wish.reason, wish.bearer)
    for line_id, quantity in wish.quantities.items():
        db.session.add(RefundedLine(refund_id=owed.id, line_id=line_id, quantity=quantity))
    if wish.quantities:
        holds.put_back(order.id, wish.quantities, are_back=wish.are_back)
    return owed


def left_of(order: Order) -> Share:
    """The money of an order of which something can go back. Raises NotRefundable."""
    share = max(shares_of(paying.KIND, order.id), key=lambda share: share.left, default=None)
    if share is None or not share.left or order.state not in REFUNDABLE:
        raise NotRefundable(_("Tidak ada dana pesanan ini yang bisa dikembalikan."))
    return share


def refunded_of(order_id: int) -> dict[int, int]:
    """How many of each line were refunded already, by its id."""
    found = select(RefundedLine.line_id, func.sum(RefundedLine.quantity)).join(
        OrderLine, OrderLine.id == RefundedLine.line_id
    )
    rows = db.session.execute(found.where(OrderLine.order_id == order_id).group_by(RefundedLine.line_id))
    return {id: int(n) for id, n in rows}


def refunded_lines(refund_ids: Sequence[int]) -> dict[int, list[tuple[OrderLine, int]]]:
    """The lines that refunds are of, each with how many of it, by refund id."""
    found = select(RefundedLine.refund_id, OrderLine, RefundedLine.quantity)
    found = found.join(OrderLine, OrderLine.id == RefundedLine.line_id).where(RefundedLine.refund_id.in_(refund_ids))
    lines: dict[int, list[tuple[OrderLine, int]]] = {id: [] for id in refund_ids}
    for refund_id, line, quantity in db.session.execute(found.order_by(RefundedLine.id)):
        lines[refund_id].append((line, quantity))
    return lines


def _amount(order: Order, wish: Wish) -> int:
    """The rupiah that a wish comes to; more of a line than is left of it raises TooMuch."""
    lines = db.session.scalars(select(OrderLine).where(OrderLine.order_id == order.id).order_by(OrderLine.id)).all()
    before, paid = refunded_of(order.id), paid_of_lines(order, lines)
    for line in lines:
        if wish.quantities.get(line.id, 0) > line.quantity - before.get(line.id, 0):
            raise refunds.TooMuch(_("%(title)s tidak sebanyak itu lagi.", title=line.title))
    return wish.extra + sum(
        piece(paid[line.id], line.quantity, before.get(line.id, 0), wish.quantities.get(line.id, 0)) for line in lines
    )


def _nothing_chosen() -> NothingChosen:
    return NothingChosen(_("Isi jumlah barang atau jumlah rupiah yang dikembalikan."))


def _promised(order_id: int) -> int:
    """Rupiah of the order that go back or went back."""
    return sum(share.refunded for share in shares_of(paying.KIND, order_id))


def _locked(order_id: int) -> Order:
    found = select(Order).where(Order.id == order_id).with_for_update(of=Order)
    return db.session.scalars(found.execution_options(populate_existing=True)).one()


def orders_of(payment_id: int) -> list[int]:
    """The orders of a payment, in the order in which they are locked."""
    mine = (PaymentPart.payment_id == payment_id, PaymentPart.kind == paying.KIND)
    return list(db.session.scalars(select(PaymentPart.item_id).where(*mine).order_by(PaymentPart.item_id)))


def _share_of(order: Order, payment_id: int) -> Share | None:
    """What can go back of an order's part of a payment."""
    shares = shares_of(paying.KIND, order.id)
    mine = (share for share in shares if share.payment_id == payment_id and share.left)
    return next(mine, None) if order.state in REFUNDABLE else None


def _record(owed: Refund, by: Actor, actor_id: int) -> None:
    note = f"{owed.amount} rupiah, {by}, borne by {owed.borne_by}"
    audit.record("refund", "payment", owed.payment_id, actor_id=actor_id, note=note)
