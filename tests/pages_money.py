"""Orders paid by transfer in the filled market: one to be paid, one with a proof, one refused, one to be refunded."""

from flask import Flask
from sqlalchemy import select

from marketplace.db import db
from marketplace.orders import fulfilment, money_moves
from marketplace.orders.models import Actor, Order
from tests.access.world import Args
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, numbers_of, place
from tests.payments.money import give_account, picture


def money_moved(app: Flask, market: Market, siti: Browser) -> dict[str, Args]:
    """Siti buys at Bu Ani's; each order's number by the page that shows it."""
    with app.app_context():
        give_account(market, "bu_ani")
    waiting, proved, refused, paid = (_bought(siti, market) for _ in range(4))
    by_seller = {"by": Actor.SELLER, "actor_id": market.people["bu_ani"]}
    with app.app_context():
        for number in (proved, refused):
            money_moves.hand_in(_id(number), picture("white").getvalue(), by=Actor.BUYER, actor_id=None)
        money_moves.refuse_proof(_id(refused), "Belum ada di mutasi rekening.", **by_seller)
        money_moves.confirm(_id(paid), f"{paid}-1", **by_seller)
        fulfilment.cancel(_id(paid), reason="Kompor rusak.", **by_seller)
    return {
        "orders.show: transfer": {"number": waiting},
        "orders.show: refused": {"number": refused},
        "orderdesk.show: proof": {"number": proved},
        "orderdesk.show: refund": {"number": paid},
        "orderoffice.show: proof": {"number": proved},
    }


def _bought(siti: Browser, market: Market) -> str:
    fill_cart(siti, market, onde=1)
    summary = give_address(siti)
    return numbers_of(place(siti, summary, **{f"bayar-{market.shops['bu_ani']}": "transfer"}))[0]


def _id(number: str) -> int:
    return db.session.scalars(select(Order.id).where(Order.number == number)).one()
