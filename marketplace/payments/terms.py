"""A shop says which cash it takes: where at the door, at its counter, up to how much."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import select

from marketplace import audit
from marketplace.db import db, writing
from marketplace.payments.models import PayTerms
from marketplace.sellers.models import Shop


@dataclass(frozen=True)
class CashTerms:
    """Zones as `Zone` values and `courier`; limits are rupiah, None for none."""

    cod_zones: Sequence[str]
    cod_limit: int | None
    takes_cash_at_pickup: bool
    pickup_limit: int | None


def change_cash(shop_id: int, actor_id: int, terms: CashTerms) -> None:
    """Save it, with a trail; orders that were placed before keep their way to pay."""
    with writing() as session:
        session.execute(select(Shop.id).where(Shop.id == shop_id).with_for_update())
        row = db.session.scalar(select(PayTerms).where(PayTerms.shop_id == shop_id))
        if row is None:
            row = PayTerms(shop_id=shop_id)
            session.add(row)
        for name, value in asdict(terms).items():
            setattr(row, name, value)
        audit.record("change_cash", "shop", shop_id, actor_id=actor_id)
