"""Journeys of buyers who pay by card."""

from marketplace.catalog.models import Variant
from marketplace.db import db
from marketplace.orders.models import Order, OrderGroup, State
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, place
from tests.payments.cards import Till

CARD = "stripe_card"


def buy(client: Browser, market: Market, *by_card: int) -> Page:
    """Order from both shops, from these by card; the answer to the last button, a redirect."""
    fill_cart(client, market, onde=2, **{"sepatu 39 Hitam": 1})
    pays = {f"bayar-{shop_id}": CARD for shop_id in by_card}
    return place(client, give_address(client), follow=False, **pays)


def session_of(answer: Page) -> str:
    assert answer.status == 303
    return str(answer.response.location).rsplit("/", 1)[1]


def states(till: Till) -> list[State]:
    return [order.state for order in till.rows(Order)]


def token(till: Till) -> str:
    return str(till.rows(OrderGroup)[0].token)


def held(till: Till) -> int:
    with till.app.app_context():
        return sum(variant.held for variant in db.session.query(Variant))
