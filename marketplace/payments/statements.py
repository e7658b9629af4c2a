"""What a shop earned in a period, and where it went: read from the ledger alone."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select, true

from marketplace.db import db
from marketplace.payments.books import SHOP_ACCOUNTS, Account, Entry, Journal, JournalKind
from marketplace.payments.periods import Period

IN_HAND = (Account.COD_RECEIVABLE, Account.PAID_TO_SHOP)
SALES = (JournalKind.CAPTURE, JournalKind.EARNED)
PAYOUTS = (JournalKind.PAYOUT_DUE, JournalKind.PAYOUT_RETURNED)

# Rupiah onto each account, by the kind of journal.
Moves = Counter[tuple[JournalKind, Account]]


@dataclass(frozen=True)
class Statement:
    """A shop's period in rupiah; what the shop is owed is positive. `closing` is the sum of all the others."""

    opening: int
    orders: int
    sales: int
    fees: int
    refunds: int
    direct: int
    paid_out: int
    others: int

    @property
    def net(self) -> int:
        """What the shop earned, whoever has the money."""
        return self.sales + self.fees + self.refunds + self.others

    @property
    def closing(self) -> int:
        """What the platform owes the shop at the end; negative when the shop owes."""
        return self.opening + self.net + self.direct + self.paid_out


def statements(period: Period, shop_id: int | None = None) -> dict[int, Statement]:
    """The statements of every shop that has a balance or moved money in the period, or of one, in two statements."""
    opening = owed(shop_id, counted=Journal.at < period.start)
    moves: dict[int, Moves] = defaultdict(Counter)
    orders: Counter[int] = Counter()
    for shop, kind, account, amount, journals in db.session.execute(_moves(period, shop_id)):
        moves[shop][kind, account] = int(amount)
        if (kind, account) in {(JournalKind.CAPTURE, Account.SHOP_PAYABLE), (JournalKind.EARNED, Account.BUYER_HELD)}:
            orders[shop] += journals
    shops = sorted({shop for shop, amount in opening.items() if amount} | moves.keys())
    return {shop: _statement(opening.get(shop, 0), orders[shop], moves[shop]) for shop in shops}


def owed(shop_id: int | None = None, *, counted: ColumnElement[bool] | None = None) -> dict[int, int]:
    """What the platform owes each shop, or one, now; `counted` leaves out journals."""
    found = select(Entry.shop_id, -func.sum(Entry.amount)).join(Journal, Journal.id == Entry.journal_id)
    found = found.where(Entry.account.in_(SHOP_ACCOUNTS), true() if counted is None else counted, *_of(shop_id))
    return {id: int(amount) for id, amount in db.session.execute(found.group_by(Entry.shop_id)) if id is not None}


def owed_by(period: Period) -> dict[int, int]:
    """What each shop had earned by the end of the period and was not promised since: later payouts count, too."""
    return owed(counted=or_(Journal.at < period.end, Journal.kind.in_(PAYOUTS)))


def _moves(period: Period, shop_id: int | None) -> Select[int, JournalKind, Account, int, int]:
    """Sums of all journals that touch a shop, by shop; entries without a shop belong to the one beside them."""
    touching = select(Entry.journal_id, Entry.shop_id).where(Entry.shop_id.is_not(None), *_of(shop_id))
    mine = touching.distinct().subquery()
    own = or_(Entry.shop_id == mine.c.shop_id, Entry.shop_id.is_(None))
    sums = (func.sum(Entry.amount), func.count(Journal.id.distinct()))
    found = select(mine.c.shop_id, Journal.kind, Entry.account, *sums).join(Journal, Journal.id == mine.c.journal_id)
    found = found.join(Entry, (Entry.journal_id == mine.c.journal_id) & own)
    found = found.where(Journal.at >= period.start, Journal.at < period.end)
    return found.group_by(mine.c.shop_id, Journal.kind, Entry.account)


def _of(shop_id: int | None) -> tuple[ColumnElement[bool], ...]:
    return () if shop_id is None else (Entry.shop_id == shop_id,)


def _statement(opening: int, orders: int, moves: Moves) -> Statement:
    def payable(*kinds: JournalKind) -> int:
        return -sum(moves[kind, Account.SHOP_PAYABLE] for kind in kinds)

    def fee(*kinds: JournalKind) -> int:
        return sum(moves[kind, Account.PLATFORM_FEE] for kind in kinds)

    known = (*SALES, JournalKind.REFUND_DUE, *PAYOUTS)
    return Statement(
        opening=opening,
        orders=orders,
        sales=payable(*SALES) - fee(*SALES),
        fees=fee(*SALES, JournalKind.REFUND_DUE),
        refunds=payable(JournalKind.REFUND_DUE) - fee(JournalKind.REFUND_DUE),
        direct=-sum(amount for (_kind, account), amount in moves.items() if account in IN_HAND),
        paid_out=payable(*PAYOUTS),
        others=payable(*(kind for kind in JournalKind if kind not in known)),
    )
