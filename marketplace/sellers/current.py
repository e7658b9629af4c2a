"""The shop that the signed-in person works in, and the policy of the seller's desk."""

from flask import abort, g
from flask_login import current_user
from sqlalchemy import select

from marketplace.accounts.access import Policy
from marketplace.db import db
from marketplace.sellers.models import Shop, ShopMember


def shop_of_user() -> Shop | None:
    """The person's shop (the first one joined), read once a request; None for everyone else."""
    if not current_user.is_authenticated:
        return None
    if "shop" not in g:
        mine = select(Shop).join(ShopMember, ShopMember.shop_id == Shop.id).where(ShopMember.user_id == current_user.id)
        g.shop = db.session.scalar(mine.order_by(ShopMember.id).limit(1))
    shop: Shop | None = g.shop
    return shop


def current_shop() -> Shop:
    """The shop whose desk this is; behind the policy SELLER there always is one."""
    return shop_of_user() or abort(404)


SELLER = Policy("seller", lambda: shop_of_user() is not None)
