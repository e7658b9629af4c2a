"""Vouchers for tests: made by the real function, used in a guest's checkout."""

from datetime import timedelta
from itertools import count
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db
from marketplace.orders import vouchers
from marketplace.orders.models import Order
from marketplace.orders.voucher_models import Voucher
from marketplace.orders.vouchers import Offer
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, place, use_voucher

_keys = count(1)


def offer(app: Flask, market: Market, code: str, who: str | None = None, **terms: Any) -> int:
    """A voucher of somebody's shop, or of the city; 10 % for everybody from yesterday on, if nothing else is said."""
    if "amount" not in terms:
        terms.setdefault("percent", 10)
    yesterday = now() - timedelta(days=1)
    days = {"starts_at": yesterday, "ends_at": now() + timedelta(days=9)}
    usual = {"minimum": 1_000, "total": 10, "per_buyer": 1, **days}
    shop_id = market.shops[who] if who else None
    with app.test_request_context():
        given = Offer(code=code, **{**usual, **terms})
        vouchers.make(shop_id, given, actor_id=market.people[who or "bu_rina"], key=f"test {next(_keys)}")
        return db.session.scalars(select(Voucher.id).where(Voucher.code == code)).one()


def buy_with(browser: Browser, market: Market, code: str, pays: dict[str, str] | None = None, **goods: int) -> Page:
    """A whole checkout with a voucher; `pays` are codes of ways by the shop's owner."""
    fill_cart(browser, market, **(goods or {"onde": 2}))
    summary = use_voucher(browser, give_address(browser), code)
    assert summary.status == 200, summary.text
    chosen = {f"bayar-{market.shops[who]}": way for who, way in (pays or {}).items()}
    return place(browser, summary, **chosen)


def orders(app: Flask) -> list[Order]:
    """All of them, the oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(Order).order_by(Order.id)))


def held(app: Flask, voucher_id: int) -> int:
    """How many checkouts use a voucher."""
    with app.app_context():
        return db.session.scalars(select(Voucher.held).where(Voucher.id == voucher_id)).one()
