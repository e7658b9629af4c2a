"""Guest orders find their member: once a phone or e-mail is proved, and only then."""

from typing import Any

from sqlalchemy import func, or_, update

from marketplace.db import db
from marketplace.orders.models import OrderGroup


def attach_guest_orders(_sender: Any, *, user_id: int, phone: str, email: str, **_: Any) -> None:
    """Give a member the guest orders that carry the phone or e-mail just proved; runs inside that transaction."""
    same = []
    if phone:
        same.append(OrderGroup.contact_phone == phone)
    if email:
        same.append(func.lower(OrderGroup.contact_email) == email)
    if same:
        claim = update(OrderGroup).where(OrderGroup.user_id.is_(None), or_(*same)).values(user_id=user_id)
        db.session.execute(claim.execution_options(synchronize_session=False))
