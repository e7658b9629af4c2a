"""The one order in which rows of money are locked, so that nobody waits for somebody who waits for them."""

from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.db import db
from marketplace.payments.models import Payment, PaymentPart
from marketplace.payments.payables import payable


def locked(payment_id: int) -> Payment:
    """Inside writing(): lock what a payment is for, then the payment, and return it fresh, with its parts.

    Whoever needs several of these rows takes them from the top down, here and everywhere:

    1. what is paid for, by kind and id (an order: `orders/paid.py: lock`);
    2. a refund;
    3. the payment;
    4. its hosted page.

    Stock, by variant id, comes after the order: whoever changes stock and a payment holds the order of both. Rows
    that many share come last: shops, stamps. A payment never changes what it is for, so its parts may be read before
    anything is locked.
    """
    mine = select(PaymentPart.kind, PaymentPart.item_id).where(PaymentPart.payment_id == payment_id)
    parts = db.session.execute(mine.order_by(PaymentPart.kind, PaymentPart.item_id))
    for kind, group in groupby(parts, key=lambda part: part.kind):
        payable(kind).lock([part.item_id for part in group])
    found = select(Payment).where(Payment.id == payment_id).options(selectinload(Payment.parts)).with_for_update()
    return db.session.scalars(found.execution_options(populate_existing=True)).one()
