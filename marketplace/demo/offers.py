"""Makes the vouchers of the demo market, a shop's and the city's."""

from datetime import timedelta
from typing import Any

from marketplace import clock
from marketplace.demo import content
from marketplace.demo.moments import GOODS_COMPLETE
from marketplace.demo.orders import Ids
from marketplace.demo.people import OFFICER
from marketplace.orders import vouchers
from marketplace.orders.vouchers import Offer

HALF_A_YEAR = timedelta(days=182)


def make_demo_vouchers(ids: Ids) -> None:
    """Each under a key of its own: what an interrupted run has made stays as it is."""
    with clock.at(clock.now() - GOODS_COMPLETE):
        days: dict[str, Any] = {"starts_at": clock.now(), "ends_at": clock.now() + HALF_A_YEAR}
        for entry in content.vouchers():
            slug, terms = entry.get("shop"), {name: value for name, value in entry.items() if name != "shop"}
            shop_id, actor_id = (ids.shops[slug], ids.owners[slug]) if slug else (None, ids.users[OFFICER])
            vouchers.make(shop_id, Offer(**terms, **days), actor_id=actor_id, key=f"demo:{entry['code']}")
