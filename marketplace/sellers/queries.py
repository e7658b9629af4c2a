"""What the desk and the product page ask of a shop, as statements."""

from sqlalchemy import Select, select

from marketplace.accounts.models import User
from marketplace.sellers.models import CourierRate, ShopMember


def courier_rates(shop_id: int) -> Select[CourierRate]:
    """What the shop asks for its courier services."""
    return select(CourierRate).where(CourierRate.shop_id == shop_id)


def owner_of(shop_id: int) -> Select[User]:
    """The person who opened the shop; nobody for a shop that no owner has claimed."""
    members = select(User).join(ShopMember, ShopMember.user_id == User.id)
    return members.where(ShopMember.shop_id == shop_id, ShopMember.is_owner).order_by(ShopMember.id).limit(1)
