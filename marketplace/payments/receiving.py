"""The accounts on which a shop is paid without us: a new one counts after a day, or as soon as the office agrees."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta

from flask_babel import gettext as _
from sqlalchemy import Select, select, update
from sqlalchemy.engine import CursorResult

from marketplace import audit
from marketplace.accounts.passwords import confirm
from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.payments.models import Channel, ReceivingAccount
from marketplace.refusal import GoneAway
from marketplace.sellers.models import Shop

# The accounts in use now by shop and channel.
InUse = dict[tuple[int, Channel], ReceivingAccount]


@dataclass(frozen=True)
class NewAccount:
    """What the shop says: `number` is bare digits, `holder` the name that the bank has, `payload` a QRIS's text."""

    channel: Channel
    number: str
    holder: str
    bank: str = ""
    payload: str = ""


def change(shop_id: int, actor_id: int, account: NewAccount, *, password: str, network: str) -> None:
    """Announce a new account; every owner is told on every channel. Raises WrongPassword, TooManyAttempts.

    The same announcement again changes nothing, another one replaces it.
    """
    confirm(actor_id, password, network)
    at = now()
    with writing() as session:
        session.execute(select(Shop.id).where(Shop.id == shop_id).with_for_update())
        if _is_waiting(shop_id, account):
            return
        _end_waiting(shop_id, account.channel)
        row = ReceivingAccount(
            **asdict(account),
            shop_id=shop_id,
            created_at=at,
            effective_at=at + timedelta(hours=settings().account_wait_hours),
            made_by_id=actor_id,
        )
        session.add(row)
        session.flush()
        audit.record("announce", "receiving_account", row.id, actor_id=actor_id)
        enqueue("payments.tell_account", account_id=row.id)


def approve(account_id: int, officer_id: int) -> None:
    """The office has seen that the account is the shop's: it counts from now on. Raises GoneAway when it is over."""
    values = {"effective_at": now(), "approved_by_id": officer_id}
    _change(account_id, "approve", officer_id, ReceivingAccount.effective_at > now(), **values)


def refuse(account_id: int, officer_id: int) -> None:
    """The office does not believe it. Raises GoneAway when it is over already."""
    _change(account_id, "refuse", officer_id, ended_at=now())


def stop(shop_id: int, actor_id: int, channel: Channel) -> None:
    """The shop takes no money this way any more; what is open can still be paid."""
    with writing():
        _end_all(shop_id, channel)
        audit.record(f"stop_{channel}", "shop", shop_id, actor_id=actor_id)


def connect(shop_id: int, officer_id: int, number: str) -> None:
    """The office says which account at Stripe (acct_...) is the shop's; it counts at once, every owner is told.

    The same one again changes nothing; none ends it.
    """
    with writing() as session:
        shop_name = session.scalars(select(Shop.name).where(Shop.id == shop_id).with_for_update()).one()
        known = in_use([shop_id]).get((shop_id, Channel.STRIPE))
        if (known.number if known else "") == number:
            return
        _end_all(shop_id, Channel.STRIPE)
        audit.record(f"connect_{Channel.STRIPE}", "shop", shop_id, actor_id=officer_id, note=number)
        if number:
            _keep_connected(shop_id, shop_name, officer_id, number)


def _keep_connected(shop_id: int, holder: str, officer_id: int, number: str) -> None:
    account = ReceivingAccount(
        shop_id=shop_id,
        channel=Channel.STRIPE,
        number=number,
        holder=holder,
        bank="Stripe",
        created_at=now(),
        effective_at=now(),
        made_by_id=officer_id,
        approved_by_id=officer_id,
    )
    db.session.add(account)
    db.session.flush()
    enqueue("payments.tell_account", account_id=account.id)


def in_use(shop_ids: Sequence[int]) -> InUse:
    """The account that counts now for each shop and channel, in one statement."""
    at = now()
    found = select(ReceivingAccount).where(
        ReceivingAccount.shop_id.in_(shop_ids),
        ReceivingAccount.ended_at.is_(None),
        ReceivingAccount.effective_at <= at,
    )
    # The later row replaces the earlier one.
    rows = db.session.scalars(found.order_by(ReceivingAccount.effective_at, ReceivingAccount.id))
    return {(row.shop_id, row.channel): row for row in rows}


def waiting(shop_id: int | None = None) -> Select[ReceivingAccount]:
    """Announced accounts that do not count yet, of one shop or of all, the oldest first."""
    found = select(ReceivingAccount).where(ReceivingAccount.ended_at.is_(None), ReceivingAccount.effective_at > now())
    found = found if shop_id is None else found.where(ReceivingAccount.shop_id == shop_id)
    return found.order_by(ReceivingAccount.id)


def _is_waiting(shop_id: int, account: NewAccount) -> bool:
    announced = db.session.scalars(waiting(shop_id))
    same = asdict(account).items()
    return any(all(getattr(row, name) == value for name, value in same) for row in announced)


def _end_all(shop_id: int, channel: Channel) -> None:
    """Nothing more comes to the shop this way."""
    mine = (ReceivingAccount.shop_id == shop_id, ReceivingAccount.channel == channel)
    ending = update(ReceivingAccount).where(*mine, ReceivingAccount.ended_at.is_(None)).values(ended_at=now())
    db.session.execute(ending.execution_options(synchronize_session=False))


def _end_waiting(shop_id: int, channel: Channel) -> None:
    """A second announcement replaces the first."""
    mine = (ReceivingAccount.shop_id == shop_id, ReceivingAccount.channel == channel)
    unsettled = (ReceivingAccount.ended_at.is_(None), ReceivingAccount.effective_at > now())
    ending = update(ReceivingAccount).where(*mine, *unsettled).values(ended_at=now())
    db.session.execute(ending.execution_options(synchronize_session=False))


def _change(account_id: int, verb: str, officer_id: int, *conditions: object, **values: object) -> None:
    one = (ReceivingAccount.id == account_id, ReceivingAccount.ended_at.is_(None), *conditions)
    with writing() as session:
        change = update(ReceivingAccount).where(*one).values(**values)  # type: ignore[arg-type]
        result = session.execute(change.execution_options(synchronize_session=False))
        assert isinstance(result, CursorResult)
        if not result.rowcount:
            raise GoneAway(_("Rekening ini sudah tidak menunggu persetujuan."))
        audit.record(verb, "receiving_account", account_id, actor_id=officer_id)
