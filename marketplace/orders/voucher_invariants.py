"""What must always hold of vouchers; `flask check` prints one line per breach."""

from collections.abc import Iterator

from sqlalchemy import and_, case, exists, func, or_, select

from marketplace.db import db
from marketplace.orders.models import Order
from marketplace.orders.voucher_models import Voucher, VoucherBuyer, VoucherUse
from marketplace.orders.vouchers import was_enjoyed
from marketplace.payments.models import Bearer


def counters() -> Iterator[str]:
    """A voucher's counter, and that of each phone number, says how many checkouts use it."""
    for model, key in ((Voucher, VoucherUse.voucher_id), (VoucherBuyer, VoucherUse.buyer_id)):
        counted = select(func.count(VoucherUse.id)).where(key == model.id, VoucherUse.is_counted).scalar_subquery()
        for id, held, used in db.session.execute(select(model.id, model.held, counted).where(model.held != counted)):
            yield f"{model.__tablename__} {id}: its counter says {held}, {used} checkouts use it"


def uses() -> Iterator[str]:
    """A checkout's voucher counts as long as one of the orders that it made cheaper goes on, or has arrived."""
    enjoyed = was_enjoyed(VoucherUse.group_id)
    for id in db.session.scalars(select(VoucherUse.id).where(VoucherUse.is_counted != enjoyed)):
        yield f"voucher use {id}: counts and should not, or should and does not"
    other = exists().where(VoucherBuyer.id == VoucherUse.buyer_id, VoucherBuyer.voucher_id == VoucherUse.voucher_id)
    for id in db.session.scalars(select(VoucherUse.id).where(~other)):
        yield f"voucher use {id}: is counted for a buyer of another voucher"


def discounts() -> Iterator[str]:
    """An order is cheaper by its checkout's voucher alone, at the cost of whoever made that."""
    by_city = and_(Voucher.shop_id.is_(None), Order.discount_by == Bearer.PLATFORM)
    by_shop = and_(Voucher.shop_id == Order.shop_id, Order.discount_by == Bearer.SHOP)
    fits = (VoucherUse.voucher_id == Voucher.id, Voucher.code == Order.voucher_code, or_(by_city, by_shop))
    behind = exists().where(VoucherUse.group_id == Order.group_id, *fits)
    for id in db.session.scalars(select(Order.id).where(Order.discount > 0, ~behind)):
        yield f"order {id}: is cheaper without a voucher of that kind"
    reduced = or_(Voucher.shop_id.is_(None), Voucher.shop_id == Order.shop_id)
    goods = func.sum(case((reduced, Order.goods_total), else_=0))
    found = select(VoucherUse.id, Voucher, goods, func.sum(Order.discount))
    found = found.join(Voucher, Voucher.id == VoucherUse.voucher_id).join(Order, Order.group_id == VoucherUse.group_id)
    found = found.group_by(VoucherUse.id, Voucher.id)
    for id, voucher, total, off in db.session.execute(found):
        if voucher.off(int(total)) != off:
            yield f"voucher use {id}: takes {off} rupiah off, not {voucher.off(int(total))}"


CHECKS = (counters, uses, discounts)
