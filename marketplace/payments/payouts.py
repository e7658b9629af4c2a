"""Payout runs: what shops have earned leaves their balances once, before any bank is told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError

from marketplace import audit
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.payments import ledger
from marketplace.payments.bank_file import BANK_FILE
from marketplace.payments.books import Account, JournalKind
from marketplace.payments.ledger import Side
from marketplace.payments.payout_models import Payout, PayoutRun, PayoutState
from marketplace.payments.periods import Period
from marketplace.payments.rails import BY_CODE, BY_HAND, Route, route_to
from marketplace.payments.receiving import in_use
from marketplace.payments.statements import owed, owed_by
from marketplace.refusal import GoneAway, Refusal
from marketplace.sellers.models import Shop, ShopState
from marketplace.turns import alone


class NotClosed(Refusal):
    """Money still moves in this period."""


class AlreadyMade(Refusal):
    """A period is paid out once."""


class Why(StrEnum):
    """Why a shop gets nothing now; its balance goes on into the next period."""

    OWES = "owes"
    NO_ACCOUNT = "no_account"
    SUSPENDED = "suspended"


@dataclass(frozen=True)
class LeftOut:
    """A shop with a balance in rupiah that is not paid out."""

    shop_id: int
    balance: int
    why: Why


def make_run(period: Period, officer_id: int) -> int:
    """Owe each shop what it had earned by the end of the period, once; the run's id. Raises NotClosed, AlreadyMade.

    Nobody is owed more than now: what went back to buyers since is taken off. One run at a time: two of different
    periods would both find the same money. The journals take the money off the
    shop's balance in this transaction, so no later run can find it there again, whatever becomes of the bank's file.
    """
    if not period.is_closed:
        raise NotClosed(_("Periode ini belum selesai."))
    try:
        with alone("payouts"), writing() as session:
            run = PayoutRun(period=period.key, made_at=now(), made_by_id=officer_id)
            session.add(run)
            session.flush()
            shares, _left = _shares(period)
            for shop_id, (amount, route) in shares.items():
                _owe(run, shop_id, amount, route)
            made = f"{period.key}: {len(shares)} payouts"
            audit.record("make", "payout_run", run.id, actor_id=officer_id, note=made)
    except IntegrityError as error:
        raise AlreadyMade(_("Periode ini sudah dibuatkan pembayarannya.")) from error
    return run.id


def _owe(run: PayoutRun, shop_id: int, amount: int, route: Route) -> None:
    rail, account = route
    payout = Payout(
        run_id=run.id,
        shop_id=shop_id,
        period=run.period,
        amount=amount,
        bank=account.bank,
        number=account.number,
        holder=account.holder,
        rail=rail.code,
    )
    db.session.add(payout)
    db.session.flush()
    sides = [Side(Account.SHOP_PAYABLE, amount, shop_id), Side(Account.PAYOUT_CLEARING, -amount)]
    ledger.post(JournalKind.PAYOUT_DUE, str(payout.id), sides)
    rail.send(payout)


def left_out(period: Period) -> list[LeftOut]:
    """Who has a balance and would get nothing for this period, or got nothing."""
    return _shares(period)[1]


def hand_out_file(run_id: int, officer_id: int) -> list[Payout]:
    """What the bank is to send: the payouts that are still due, in their order; remembered, with who asked."""
    with writing() as session:
        first = update(PayoutRun).where(PayoutRun.id == run_id, PayoutRun.filed_at.is_(None)).values(filed_at=now())
        session.execute(first.execution_options(synchronize_session=False))
        audit.record("file", "payout_run", run_id, actor_id=officer_id)
    mine = (Payout.run_id == run_id, Payout.rail == BANK_FILE.code)
    due = select(Payout).where(*mine, Payout.state == PayoutState.DUE).order_by(Payout.id)
    return list(db.session.scalars(due))


def mark_paid(run_id: int, payout_ids: Collection[int], reference: str, officer_id: int) -> int:
    """The bank has sent these under its reference; how many were still due. Again is nothing."""
    mine = (Payout.run_id == run_id, Payout.id.in_(payout_ids), Payout.rail.in_(BY_HAND))
    return _end(mine, (PayoutState.DUE,), PayoutState.PAID, reference, officer_id)


def mark_returned(run_id: int, payout_id: int, reason: str, officer_id: int) -> None:
    """It was not sent, or it came back: the shop has it on its balance again. Raises GoneAway, NotTakenBack.

    A rail that sends by itself fetches it back first.
    """
    mine = (Payout.run_id == run_id, Payout.id == payout_id)
    payout = db.session.scalar(select(Payout).where(*mine).execution_options(populate_existing=True))
    if payout is not None:
        BY_CODE[payout.rail].take_back(payout)
    sources = (PayoutState.DUE, PayoutState.PAID)
    if not _end(mine, sources, PayoutState.RETURNED, reason, officer_id):
        raise GoneAway(_("Pembayaran ke toko ini sudah berubah. Muat ulang halaman ini."))


def end_sent(payout_id: int, to: PayoutState, said: str) -> None:
    """A rail has sent a payout (PAID), or cannot, or the money is back (RETURNED). Again is nothing."""
    sources = (PayoutState.DUE,) if to == PayoutState.PAID else (PayoutState.DUE, PayoutState.PAID)
    _end((Payout.id == payout_id, Payout.rail.not_in(BY_HAND)), sources, to, said, None)


def _end(
    mine: Sequence[ColumnElement[bool]], sources: Sequence[PayoutState], to: PayoutState, said: str, by: int | None
) -> int:
    """Move payouts with their journals; how many were moved."""
    with writing() as session:
        found = select(Payout).where(*mine, Payout.state.in_(sources)).order_by(Payout.id).with_for_update()
        moved = session.scalars(found).all()
        for payout in moved:
            before, known_as = payout.state, payout.reference
            payout.state, payout.reference, payout.ended_at = to, said, now()
            ledger.post(_kind(to), str(payout.id), _sides(payout, before, to))
            audit.record(to, "payout", payout.id, actor_id=by, note=f"from {before} {known_as}".rstrip())
    return len(moved)


def _kind(to: PayoutState) -> JournalKind:
    return JournalKind.PAYOUT_PAID if to == PayoutState.PAID else JournalKind.PAYOUT_RETURNED


def _sides(payout: Payout, before: PayoutState, to: PayoutState) -> list[Side]:
    """What was promised is in clearing; what was paid left the account on which cards are paid to the operator."""
    if to == PayoutState.PAID:
        return [Side(Account.PAYOUT_CLEARING, payout.amount), Side(Account.PROVIDER_CLEARING, -payout.amount)]
    back = Account.PROVIDER_CLEARING if before == PayoutState.PAID else Account.PAYOUT_CLEARING
    return [Side(back, payout.amount), Side(Account.SHOP_PAYABLE, -payout.amount, payout.shop_id)]


def _shares(period: Period) -> tuple[dict[int, tuple[int, Route]], list[LeftOut]]:
    """Rupiah by shop and the way to its account, and who gets nothing."""
    by_then, today = owed_by(period), owed()
    accounts = in_use(list(today))
    verified = set(db.session.scalars(select(Shop.id).where(Shop.id.in_(today), Shop.state == ShopState.VERIFIED)))
    shares, left = {}, []
    for shop_id, balance in sorted(today.items()):
        amount = min(balance, by_then.get(shop_id, 0))
        if balance < 0:
            left.append(LeftOut(shop_id, balance, Why.OWES))
        elif amount > 0 and shop_id not in verified:
            left.append(LeftOut(shop_id, amount, Why.SUSPENDED))
        elif amount > 0 and (route := route_to(shop_id, accounts)):
            shares[shop_id] = amount, route
        elif amount > 0:
            left.append(LeftOut(shop_id, amount, Why.NO_ACCOUNT))
    return shares, left
