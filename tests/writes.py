"""A scene for each function that opens writing() and changes what public pages print, and the list of all others."""

import ast
from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.catalog import importing, pictures, products, reviews, shelf
from marketplace.catalog.models import Photo, Product, Review, ReviewPhoto, Variant
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.reviews import Opinion
from marketplace.clock import now
from marketplace.config import ROOT
from marketplace.db import db
from marketplace.jobs import run_due
from marketplace.orders import complaining, fulfilment, refunding, reviewing
from marketplace.orders.complaining import Decision, Opening
from marketplace.orders.complaint_models import ComplaintReason
from marketplace.orders.models import Actor, Order, OrderLine, State
from marketplace.sellers import shops, verification
from marketplace.sellers.hours import Hours
from marketplace.sellers.models import CourierRate, Shop
from marketplace.wiring import HANDLERS
from tests.browser import Browser
from tests.factories import Market, category_id, kelurahan_id
from tests.orders.flows import fill_cart, give_address, order, place

PACKAGES = ("places", "sellers", "catalog", "orders")
ONDE = "onde-onde-isi-10"


def writers() -> Iterator[str]:
    """`catalog.shelf.save_count` and every other function in PACKAGES that opens writing()."""
    for package in PACKAGES:
        for path in sorted((ROOT / "marketplace" / package).rglob("*.py")):
            for function in ast.walk(ast.parse(path.read_text())):
                if isinstance(function, ast.FunctionDef) and any(map(_opens_writing, ast.walk(function))):
                    yield ".".join((*path.relative_to(ROOT / "marketplace").with_suffix("").parts, function.name))


def _opens_writing(node: ast.AST) -> bool:
    return isinstance(node, ast.With) and any(ast.unparse(item.context_expr) == "writing()" for item in node.items)


def shop_id(slug: str = "onde-onde-bu-ani") -> int:
    return db.session.scalars(select(Shop.id).where(Shop.slug == slug)).one()


def product_id(slug: str = ONDE) -> int:
    return db.session.scalars(select(Product.id).where(Product.slug == slug)).one()


def variant_id(slug: str = ONDE) -> int:
    return db.session.scalars(select(Variant.id).where(Variant.product_id == product_id(slug))).one()


def change_product(price: int = 27_000, shelf_name: str = "jajanan-basah") -> None:
    variants = (VariantData(price=price, weight_grams=650, stock=25),)
    data = ProductData("Onde-onde isi sepuluh", category_id(shelf_name), variants, description="Digoreng pagi ini.")
    products.update_product(shop_id(), ONDE, data)


def encode_photo(colour: str = "green") -> None:
    image = BytesIO()
    Image.new("RGB", (400, 300), colour).save(image, "JPEG")
    pictures.store(image.getvalue(), product_id())
    run_due(HANDLERS)


def encode_review_photo() -> None:
    image = BytesIO()
    Image.new("RGB", (400, 300), "purple").save(image, "JPEG")
    digest = pictures.keep(image.getvalue())
    reviewing.review_line(reviewed_line(), Opinion(4, "Dengan foto.", (digest,)))
    run_due(HANDLERS)
    assert db.session.scalars(select(ReviewPhoto.ready_at)).one()


def reviewed_line() -> int:
    lines = select(OrderLine.id).join(Order).where(Order.state == State.DELIVERED)
    return db.session.scalars(lines.order_by(OrderLine.id).limit(1)).one()


def reviewed(*, hidden: bool = False) -> int:
    """The id of the first review that is on show, or hidden."""
    some = Review.hidden_at.is_not(None) if hidden else Review.hidden_at.is_(None)
    return db.session.scalars(select(Review.id).where(some).order_by(Review.id)).all()[0]


def a_rate() -> int:
    return db.session.scalars(select(CourierRate.id).where(CourierRate.shop_id == shop_id())).all()[0]


def last_photo() -> int:
    return db.session.scalars(select(Photo.id).order_by(Photo.id.desc()).limit(1)).one()


def unanswered_review() -> int:
    return db.session.scalars(select(Review.id).where(Review.replied_at.is_(None), Review.hidden_at.is_(None))).all()[0]


def import_sheet() -> None:
    head = "sku,nama_produk,kategori,harga,stok,berat_gram,deskripsi"
    rows = ["OND-10,Onde-onde impor,Jajanan basah,31000,20,600,Baru", "BR-1,Brem baru,Jajanan basah,9000,5,100,Manis"]
    importing.import_products(shop_id(), "\n".join([head, *rows]).encode())


def change_profile(**changes: Any) -> None:
    known = {"name": "Onde-onde Bu Ani", "whatsapp": "6281234567890", "kelurahan_id": kelurahan_id()}
    kampung_id = db.session.scalar(select(Shop.kampung_id).where(Shop.id == shop_id()))
    profile = shops.Profile(**{**known, "kampung_id": kampung_id, "description": "Setiap pagi.", **changes})
    shops.change_profile(shop_id(), 1, profile)


def move_order(step: Callable[..., None], **more: Any) -> None:
    """A step of the newest order of Bu Ani's that waits."""
    waiting = select(Order.id).where(
        Order.shop_id == shop_id(), Order.state.in_((State.PLACED, State.ACCEPTED, State.READY))
    )
    id = db.session.scalars(waiting.order_by(Order.id.desc())).all()[0]
    step(id, by=Actor.OFFICER, actor_id=None, **more)


def ship() -> None:
    move_order(fulfilment.accept)
    move_order(fulfilment.ship)


def hand_over() -> None:
    for step in (fulfilment.accept, fulfilment.make_ready, fulfilment.deliver):
        move_order(step)


def give_back() -> None:
    """A box of the order that was handed over comes back to the shelf."""
    line = select(OrderLine.order_id, OrderLine.id).join(Order).where(Order.state == State.DELIVERED)
    order_id, line_id = db.session.execute(line.order_by(OrderLine.id.desc())).all()[0]
    wish = refunding.Wish({line_id: 1}, 0, "Satu kotak penyok.", are_back=True)
    refunding.refund(order_id, wish, key="writes", by=Actor.OFFICER, actor_id=1)


def decide() -> None:
    """The same order is complained of and called off; the other box comes back, too."""
    id = db.session.scalars(select(Order.id).where(Order.state == State.DELIVERED).order_by(Order.id.desc())).all()[0]
    opening = Opening(ComplaintReason.BROKEN, "Semua kotak penyok.")
    complaining.open_complaint(id, opening, key="writes", actor_id=None)
    wish = refunding.Wish({}, 0, "Semua uang kembali.", are_back=True)
    complaining.decide(id, Decision(True, wish), key="writes", officer_id=1)


def expire() -> None:
    id = db.session.scalars(select(Order.id).where(Order.state == State.PLACED, Order.shop_id == shop_id())).all()[0]
    placed = db.session.get_one(Order, id)
    late = placed.accept_by + timedelta(minutes=1)
    db.session.rollback()
    with time_machine.travel(late, tick=False):
        fulfilment.expire(id)


def place_orders(app: Flask, n: int) -> None:
    """Orders of guests that wait, each for two boxes; the last one is picked up."""
    market = Market(variants={"onde": variant_id()})
    for _ in range(n):
        order(Browser(app), market, onde=2)
    last = Browser(app)
    fill_cart(last, market, onde=2)
    place(last, give_address(last, cara="ambil"))


# Name of a writer -> its scenes, in an order in which each finds what it needs.
WRITES: dict[str, Callable[[Flask], object]] = {
    "catalog.products.update_product": lambda _: change_product(),
    "catalog.products.update_product: another shelf": lambda _: change_product(shelf_name="sepatu"),
    "catalog.products.update_product: and back": lambda _: change_product(),
    "catalog.products._move: out": lambda _: products.unpublish(shop_id(), ONDE),
    "catalog.products._move: in": lambda _: products.publish(shop_id(), ONDE),
    "catalog.products._move: a draft": lambda _: products.publish(shop_id(), "kue-lapis"),
    "catalog.products._move: a draft again": lambda _: products.unpublish(shop_id(), "kue-lapis"),
    "catalog.products.publish_drafts": lambda _: products.publish_drafts(shop_id()),
    "catalog.shelf.save_count": lambda _: shelf.save_count(shop_id(), variant_id(), 26, seen=None),
    "catalog.shelf.save_count: sold out": lambda _: shelf.save_count(
        shop_id("batik-sekar"), variant_id("kain-batik-tulis"), 0, seen=None
    ),
    "catalog.shelf.save_count: there again": lambda _: shelf.save_count(
        shop_id("batik-sekar"), variant_id("kain-batik-tulis"), 8, seen=None
    ),
    "catalog.importing.import_products": lambda _: import_sheet(),
    "catalog.pictures.encode": lambda _: encode_photo(),
    "catalog.pictures.make_cover": lambda _: pictures.make_cover(shop_id(), last_photo()),
    "catalog.pictures.delete_photo": lambda _: pictures.delete_photo(shop_id(), last_photo()),
    "catalog.pictures.encode_for_review": lambda _: encode_review_photo(),
    "catalog.reviews.reply": lambda _: reviews.reply(shop_id(), unanswered_review(), "Terima kasih."),
    "catalog.reviews.hide": lambda _: reviews.hide(reviewed(), 1, "Kasar."),
    "catalog.reviews.show": lambda _: reviews.show(reviewed(hidden=True), 1),
    "orders.reviewing.review_line": lambda _: reviewing.review_line(reviewed_line(), Opinion(2, "Ternyata biasa.")),
    "orders.checkout.place_order": lambda app: place_orders(app, 4),
    "orders.fulfilment.deliver": lambda _: hand_over(),
    "orders.refunding.refund": lambda _: give_back(),
    "orders.complaining.decide": lambda _: decide(),
    "orders.fulfilment.cancel": lambda _: move_order(fulfilment.cancel, reason="Habis."),
    "orders.fulfilment.ship": lambda _: ship(),
    "orders.fulfilment.expire": lambda _: expire(),
    "sellers.shops.change_profile": lambda _: change_profile(name="Onde-onde Bu Ani Jaya"),
    "sellers.shops.change_profile: words": lambda _: change_profile(name="Onde-onde Bu Ani Jaya", description="Baru."),
    "sellers.shops.change_profile: kampung": lambda _: change_profile(name="Onde-onde Bu Ani Jaya", kampung_id=None),
    "sellers.shops._set: hours": lambda _: shops.change_hours(shop_id(), Hours((None,) * 6 + ((480, 600),))),
    "sellers.shops._set: closing": lambda _: shops.close_until(shop_id(), now() + timedelta(days=2)),
    "sellers.shops._set: open again": lambda _: shops.reopen(shop_id()),
    "sellers.shops._set: place": lambda _: shops.change_location(
        shop_id(), shops.Location("Jl. Baru 1", True, None, None, False)
    ),
    "sellers.shops.change_delivery": lambda _: shops.change_delivery(
        shop_id(), shops.DeliveryTerms(True, 0, 6000, 9000, None)
    ),
    "sellers.shops.offer_courier": lambda _: shops.offer_courier(
        shop_id(), "jne", "YES", shops.CourierFees(20_000, None, None)
    ),
    "sellers.shops.change_courier": lambda _: shops.change_courier(
        shop_id(), a_rate(), shops.CourierFees(21_000, None, None)
    ),
    "sellers.shops.drop_courier": lambda _: shops.drop_courier(shop_id(), a_rate()),
    "sellers.verification._transition: suspend": lambda _: verification.suspend(shop_id("batik-sekar"), 1, "Alamat."),
    "sellers.verification._transition: reinstate": lambda _: verification.reinstate(shop_id("batik-sekar"), 1),
    "sellers.verification._transition: verify": lambda _: verification.verify(shop_id("keripik-mak-tun"), 1),
}
