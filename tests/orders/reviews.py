"""A delivered order and the forms with which its buyer reviews it, for several tests."""

from io import BytesIO
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.catalog.models import Product, Review
from marketplace.db import db
from marketplace.orders import fulfilment
from marketplace.orders.invariants import CHECKS
from marketplace.orders.models import Actor, Order, OrderLine, State
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import order

ONDE = "/produk/onde-onde-isi-10"


def delivered(app: Flask, market: Market, buyer: Browser) -> tuple[str, str]:
    """Let the buyer have a box of onde-onde; returns (the member's, the guest's) address of its review."""
    order(buyer, market, onde=1)
    with app.app_context():
        placed = db.session.scalars(select(Order).where(Order.state == State.PLACED).order_by(Order.id.desc())).first()
        assert placed is not None
        number, token, id = placed.number, placed.group.token, placed.id
        line_id = db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == id)).one()
        for step in (fulfilment.accept, fulfilment.ship, fulfilment.deliver):
            step(id, by=Actor.SELLER, actor_id=market.people["bu_ani"])
    return f"/pesanan/{number}/ulasan/{line_id}", f"/lacak/{token}/ulasan/{line_id}"


def send(browser: Browser, path: str, stars: int, words: str = "", *photos: bytes, **more: Any) -> Page:
    """Send the form of a review, with photos as a browser does, and go where it leads."""
    data: dict[str, Any] = {"stars": stars, "words": words, **more}
    data["photos"] = [(BytesIO(photo), f"foto-{n}.jpg") for n, photo in enumerate(photos)]
    return browser.post(path, data, follow=True, content_type="multipart/form-data")


def reviews(app: Flask) -> list[Review]:
    """Every review there is."""
    with app.app_context():
        return list(db.session.scalars(select(Review).order_by(Review.id)))


def rating(app: Flask) -> tuple[int, int]:
    """Sum and count of the stars that the onde-onde have; nothing may be in breach."""
    with app.app_context():
        assert [line for check in CHECKS for line in check()] == []
        found = select(Product.rating_sum, Product.rating_count).where(Product.slug == "onde-onde-isi-10")
        stars, count = db.session.execute(found).one()
        return stars, count
