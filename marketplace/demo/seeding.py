"""Opens the demo market: people, shops, goods, orders, reviews, once."""

from collections.abc import Callable

from sqlalchemy import exists, select

from marketplace import clock, once
from marketplace.db import db, hasty, writing
from marketplace.demo import content
from marketplace.demo.goods import seen_first, stock_shops
from marketplace.demo.moments import GOODS_ARRIVED, PEOPLE_CAME, SHOPS_OPENED, spread
from marketplace.demo.offers import make_demo_vouchers
from marketplace.demo.opinions import write_demo_reviews
from marketplace.demo.orders import Ids, place_demo_order
from marketplace.demo.people import OFFICER, register_people
from marketplace.demo.shops import open_demo_shop, suspend_demo_shop
from marketplace.demo.workshop import workshop
from marketplace.language import speaking
from marketplace.sellers.models import Shop
from marketplace.turns import alone

DONE = "demo:market"
PICTURE_SIZE = 640  # pixels: what a phone shows; 960 would double the time of drawing
Step = Callable[[str], None]


def steps() -> int:
    """How many times a whole run calls `step`."""
    return len(content.shops()) + 2 * len(content.products()) + len(content.checkouts()) + len(content.reviews())


def is_wanted(only_if_empty: bool) -> bool:
    """Whether `seed` would do anything."""
    return once.answer_of(DONE) is None and not (only_if_empty and _has_own_shops())


def seed(step: Step, *, only_if_empty: bool = False, picture_size: int = PICTURE_SIZE) -> bool:
    """Open the demo market and return True; False, with nothing changed, when that was done before.

    `step` hears after each shop, product, checkout, review and set of pictures what is going on. A run that was
    interrupted is taken up again: every piece is made under a key of its own (rule 3). `only_if_empty` changes nothing
    once somebody opened a shop.
    """
    with alone("seed"):
        if not is_wanted(only_if_empty):
            return False
        with hasty(), speaking("id"):
            _open_market(step, picture_size)
        with writing():
            once.claim(DONE)
        return True


def _open_market(step: Step, picture_size: int) -> None:
    with workshop(picture_size) as drawing:
        photos = {name: drawing.keep(name) for _, _, said in content.reviews() for name in said.get("photos", [])}
        with clock.at(clock.now() - PEOPLE_CAME):
            users = register_people()
        shops = _open_shops(users, step)
        ids = Ids(users, shops, {slug: users[entry["owner"]] for slug, entry in content.shops().items()})
        product_ids = []
        for product_id in stock_shops(shops, drawing):
            product_ids.append(product_id)
            step("Filling shelves")
        make_demo_vouchers(ids)
        for entry in content.checkouts():
            place_demo_order(entry, ids)
            step("Placing orders")
        for _ in write_demo_reviews(users[OFFICER], photos):
            step("Writing reviews")
        for _ in drawing.finished():
            step("Drawing pictures")
        for _ in drawing.show(seen_first(product_ids)):  # the others are left to the worker
            pass
    for slug, entry in content.shops().items():
        suspend_demo_shop(shops[slug], entry, users)


def _open_shops(users: dict[str, int], step: Step) -> dict[str, int]:
    """Every shop's id by slug, one opened a day or two after the other."""
    shops: dict[str, int] = {}
    for rank, (slug, entry) in enumerate(content.shops().items()):
        with clock.at(spread(SHOPS_OPENED, GOODS_ARRIVED, rank, len(content.shops()))):
            shops[slug] = open_demo_shop(slug, entry, users)
        step("Opening shops")
    return shops


def _has_own_shops() -> bool:
    """Those of an interrupted run do not count."""
    return bool(db.session.scalar(select(exists().where(~Shop.is_demo))))
