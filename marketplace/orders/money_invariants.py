"""What must always hold between orders and the ledger; `flask check` prints one line per breach."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Select, String, cast, func, select

from marketplace.db import db
from marketplace.orders.fees import fee_of, subsidy_of
from marketplace.orders.models import Order, State
from marketplace.orders.paying import KIND
from marketplace.payments.books import Account, Entry, Journal, JournalKind
from marketplace.payments.models import Payment, PaymentPart, Refund
from marketplace.payments.states import SETTLED_STATES

# Rupiah by account and order id.
Sums = Counter[tuple[Account, int]]
WATCHED = (Account.BUYER_HELD, Account.SHOP_PAYABLE, Account.PLATFORM_FEE, Account.SUBSIDY)


def earnings() -> Iterator[str]:
    """Completed orders that were paid are earned, and what the platform bears of cancelled ones, no others.

    The ledger has moved for each what it brings less the fee, with what the city adds for its voucher.
    """
    money = (PaymentPart.kind == KIND, Payment.state.in_(SETTLED_STATES))
    found = select(Order, PaymentPart, Payment).join(PaymentPart, PaymentPart.item_id == Order.id)
    expected: Sums = Counter()
    kept: Counter[int] = Counter()
    orders: dict[int, Order] = {}
    for order, part, payment in db.session.execute(found.join(Payment).where(*money)):
        is_over = order.state == State.COMPLETED or (order.state == State.CANCELLED and part.borne > 0)
        if part.is_earned != is_over:
            yield f"order {order.id}: is {order.state}, and its money is {'' if part.is_earned else 'not '}earned"
        expected.update(_moved(order, part, payment))
        orders[order.id] = order
        kept[order.id] += (part.amount + payment.code - part.refunded + part.borne) * part.is_earned
    for id, rest in kept.items():
        expected.update(_earned(orders[id], rest))
    booked = _booked()
    for account, order_id in sorted(expected.keys() | booked.keys()):
        if expected[account, order_id] != booked[account, order_id]:
            wrong, right = booked[account, order_id], expected[account, order_id]
            yield f"order {order_id}: the ledger moved {wrong} rupiah on {account}, not {right}"


def _earned(order: Order, kept: int) -> Sums:
    """What fee and subsidy must have moved of an order of which so many rupiah were earned."""
    fee, subsidy = fee_of(order, kept), subsidy_of(order, kept)
    sides = {Account.PLATFORM_FEE: -fee, Account.SUBSIDY: subsidy, Account.SHOP_PAYABLE: fee - subsidy}
    return Counter({(account, order.id): amount for account, amount in sides.items()})


def _moved(order: Order, part: PaymentPart, payment: Payment) -> Sums:
    """What one payment of an order must have moved since it came, but for fee and subsidy."""
    paid, lost = part.amount + payment.code, part.refunded - part.borne
    moved: Sums = Counter({(Account.SUBSIDY, order.id): part.borne})
    if payment.shop_id:
        moved[Account.SHOP_PAYABLE, order.id] = lost
    elif part.is_earned:
        moved.update({(Account.BUYER_HELD, order.id): paid, (Account.SHOP_PAYABLE, order.id): lost - paid})
    else:
        moved[Account.BUYER_HELD, order.id] = lost
    return moved


def _booked() -> Sums:
    """What the ledger has moved of orders since their money came."""
    earned = _sums(Order.id).join(Order, (Journal.kind == JournalKind.EARNED) & (Journal.reference == Order.number))
    is_mine = (Journal.kind == JournalKind.REFUND_DUE) & (Journal.reference == cast(Refund.id, String))
    owed = _sums(PaymentPart.item_id).join(Refund, is_mine).join(PaymentPart, PaymentPart.id == Refund.part_id)
    booked: Sums = Counter()
    for rows in (earned.group_by(Order.id), owed.where(PaymentPart.kind == KIND).group_by(PaymentPart.item_id)):
        booked.update({(account, id): int(amount) for account, id, amount in db.session.execute(rows)})
    return booked


def _sums(order_id: object) -> Select[Account, int, int]:
    found = select(Entry.account, order_id, func.sum(Entry.amount)).join(Journal, Journal.id == Entry.journal_id)  # type: ignore[call-overload]
    return found.where(Entry.account.in_(WATCHED)).group_by(Entry.account)  # type: ignore[no-any-return]


CHECKS = (earnings,)
