"""What the platform keeps of a shop's goods: a rate that the office sets, for orders placed from then on."""

from sqlalchemy import select

from marketplace import audit
from marketplace.db import writing
from marketplace.sellers.models import Shop


def set_rate(shop_id: int, officer_id: int, rate: int) -> None:
    """From now on `rate` per mille of the goods of a new order is the platform's; older orders keep theirs."""
    with writing() as session:
        shop = session.scalars(select(Shop).where(Shop.id == shop_id).with_for_update(of=Shop)).one()
        if shop.fee_rate != rate:
            audit.record("set_fee", "shop", shop_id, actor_id=officer_id, note=f"{shop.fee_rate} -> {rate}")
            shop.fee_rate = rate
