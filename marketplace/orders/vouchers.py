"""Vouchers are made and ended by a shop or the office; checkouts take their uses, called-off orders give them back."""

from dataclasses import asdict, dataclass
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, Select, SQLColumnExpression, exists, or_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError

from marketplace import audit, counters, once
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders.models import Order, OrderEvent, OrderGroup, State
from marketplace.orders.reductions import taken_before, used_up
from marketplace.orders.voucher_models import Voucher, VoucherBuyer, VoucherUse
from marketplace.refusal import GoneAway, Refusal


class CodeTaken(Refusal):
    """Codes are the market's: no two vouchers share one."""


class NotUsable(Refusal):
    """The voucher takes nothing off this order, or not any more."""


@dataclass(frozen=True)
class Offer:
    """What a voucher gives: `percent` with perhaps a `cap`, or `amount`, in rupiah; `total` uses in all."""

    code: str
    minimum: int
    total: int
    per_buyer: int
    starts_at: datetime
    ends_at: datetime
    percent: int | None = None
    cap: int | None = None
    amount: int | None = None


def make(shop_id: int | None, offer: Offer, *, actor_id: int, key: str) -> None:
    """A new voucher of a shop, or of the city (None), once for each key. Raises CodeTaken."""
    terms = asdict(offer)
    try:
        with writing() as session:
            once.claim(f"voucher:{key}")
            on_hand = terms.pop("total")
            voucher = Voucher(shop_id=shop_id, on_hand=on_hand, made_by_id=actor_id, made_at=now(), **terms)
            session.add(voucher)
            session.flush()
            audit.record("make", "voucher", voucher.id, actor_id=actor_id)
    except IntegrityError as error:
        raise CodeTaken(_("Kode ini sudah dipakai. Pilih kode lain.")) from error
    except once.AlreadyDone:
        return


def end(shop_id: int | None, voucher_id: int, *, actor_id: int) -> None:
    """Nobody can use it any more; orders that were placed with it keep their price. Raises GoneAway."""
    with writing() as session:
        mine = (Voucher.id == voucher_id, _of(shop_id), Voucher.ended_at.is_(None))
        result = session.execute(update(Voucher).where(*mine).values(ended_at=now()))
        assert isinstance(result, CursorResult)
        if not result.rowcount:
            raise GoneAway(_("Voucher ini sudah tidak ada."))
        audit.record("end", "voucher", voucher_id, actor_id=actor_id)


def vouchers_of(shop_id: int | None) -> Select[Voucher]:
    """The vouchers of a shop, or the city's (None), the newest first."""
    return select(Voucher).where(_of(shop_id)).order_by(Voucher.id.desc())


def _of(shop_id: int | None) -> ColumnElement[bool]:
    return Voucher.shop_id.is_(None) if shop_id is None else Voucher.shop_id == shop_id


def use(voucher: Voucher, group: OrderGroup) -> None:
    """Inside writing(), after the stock: a new checkout uses it, counted in all and by phone. Raises NotUsable."""
    if not counters.take(Voucher, voucher.id, 1):
        raise NotUsable(used_up())
    buyer_id = _buyer_id(voucher, group.contact_phone)
    if not counters.take(VoucherBuyer, buyer_id, 1):
        raise NotUsable(taken_before())
    db.session.add(VoucherUse(group_id=group.id, voucher_id=voucher.id, buyer_id=buyer_id))


def _buyer_id(voucher: Voucher, phone: str) -> int:
    """The row of a phone number; the voucher's row is locked, so nobody else makes one meanwhile."""
    mine = (VoucherBuyer.voucher_id == voucher.id, VoucherBuyer.phone == phone)
    known = db.session.scalar(select(VoucherBuyer.id).where(*mine))
    if known is not None:
        return known
    buyer = VoucherBuyer(voucher_id=voucher.id, phone=phone, on_hand=voucher.per_buyer)
    db.session.add(buyer)
    db.session.flush()
    return buyer.id


def give_back(order_id: int) -> None:
    """Inside writing(), an order was called off: its voucher can be used again, unless somebody got goods for it."""
    use = _use_of(order_id)
    if use is None or not use.is_counted or db.session.scalar(select(was_enjoyed(use.group_id))):
        return
    counters.give_back(Voucher, use.voucher_id, 1)
    counters.give_back(VoucherBuyer, use.buyer_id, 1)
    use.is_counted = False


def take_again(order_id: int) -> bool:
    """Inside writing(), an order that had lapsed comes back: False when others have used up its voucher by now."""
    use = _use_of(order_id)
    if use is None or use.is_counted:
        return True
    if not counters.take(Voucher, use.voucher_id, 1):
        return False
    if not counters.take(VoucherBuyer, use.buyer_id, 1):
        counters.give_back(Voucher, use.voucher_id, 1)
        return False
    use.is_counted = True
    return True


def was_enjoyed(group_id: int | SQLColumnExpression[int]) -> ColumnElement[bool]:
    """Whether an order of this checkout that the voucher made cheaper goes on, or had arrived."""
    arrived = exists().where(OrderEvent.order_id == Order.id, OrderEvent.after == State.DELIVERED)
    cheaper = (Order.group_id == group_id, Order.discount > 0)
    return exists().where(*cheaper, or_(Order.state != State.CANCELLED, arrived))


def _use_of(order_id: int) -> VoucherUse | None:
    """What made this order cheaper, locked: two orders of a checkout may be called off in the same moment."""
    found = select(VoucherUse).join(Order, Order.group_id == VoucherUse.group_id)
    mine = found.where(Order.id == order_id, Order.discount > 0)
    return db.session.scalar(mine.with_for_update(of=VoucherUse).execution_options(populate_existing=True))
