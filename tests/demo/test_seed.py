"""The demo market: filled through the functions that users call, once, with invented people and no empty shelf."""

from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts.identities import read_identity
from marketplace.accounts.models import Address, User
from marketplace.accounts.phone import normalise_phone
from marketplace.accounts.sign_in import identify
from marketplace.catalog.models import Category, Photo, Product, ProductState, Review, ReviewPhoto, Variant
from marketplace.catalog.ratings import PAGE
from marketplace.clock import now
from marketplace.db import db
from marketplace.demo import content, sign_ins
from marketplace.demo.seeding import seed, steps
from marketplace.orders.models import Actor, Order, OrderEvent, OrderGroup, State, StockHold
from marketplace.orders.states import OPEN_STATES
from marketplace.orders.voucher_models import Voucher
from marketplace.places.models import Kampung
from marketplace.sellers.models import CourierRate, Shop, ShopState
from marketplace.wiring import CHECKS
from tests.browser import Browser

TABLES = (User, Address, Shop, CourierRate, Product, Variant, Photo, Order, OrderEvent, OrderGroup, StockHold, Review)
SMALL = 64  # pixels: the drawings are looked at elsewhere
INVENTED = {normalise_phone(f"0812-0000-{number:04}") for number in range(1, 200)}


def counts() -> dict[str, int]:
    return {table.__name__: db.session.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}


@pytest.fixture
def demo(app: Flask, change_settings: Callable[..., None]) -> Flask:
    change_settings(demo=True)
    return app


def interrupt(at: str) -> Callable[[str], None]:
    """A step that ends the run when `at` begins."""

    def step(what: str) -> None:
        if what == at:
            raise KeyboardInterrupt

    return step


@pytest.mark.slow
@pytest.mark.once
@pytest.mark.timeout(400)
def test_an_interrupted_seeding_is_taken_up_and_a_finished_one_left_alone(demo: Flask, client: Browser) -> None:
    said: list[str] = []
    with demo.app_context():
        with pytest.raises(KeyboardInterrupt):
            seed(interrupt("Filling shelves"), only_if_empty=True, picture_size=SMALL)
        assert counts()["Product"] == 1
        with pytest.raises(KeyboardInterrupt):
            seed(interrupt("Writing reviews"), only_if_empty=True, picture_size=SMALL)
        assert counts()["Review"] == 1
        assert seed(said.append, only_if_empty=True, picture_size=SMALL)
        assert len(said) == steps()
        finished = counts()
        assert finished["Shop"] == len(content.shops())
        assert finished["Product"] == len(content.products())
        assert finished["Photo"] == sum(len(product["pictures"]) for _, product in content.products())
        assert not seed(said.append, picture_size=SMALL)
        assert counts() == finished
        every_shelf_and_kampung_is_filled()
        every_state_of_an_order_is_there()
        shops_wait_sell_and_are_suspended()
        the_market_has_a_past()
        buyers_say_what_they_think()
        assert list(db.session.scalars(select(Voucher.held))) == [1, 1], "each was used once"
        assert [line for breaches in CHECKS for line in breaches()] == []
    assert demo.test_cli_runner().invoke(args=["seed"]).output == "There are shops already; nothing was changed.\n"
    everybody_can_sign_in(demo)
    for path in ("/", "/kampung"):
        page = client.get(path)
        assert len(page.all("picture")) >= 7
        assert not page.all("svg", **{"class": "no-photo"})
    for path in (
        "/kategori/jajanan-basah",
        "/kampung",
        "/toko/onde-onde-mbok-rondo",
        "/en/produk/keciput-renyah-250-g",
    ):
        assert client.get(path).status == 200


def every_shelf_and_kampung_is_filled() -> None:
    published = (Product.state == ProductState.PUBLISHED, Shop.state == ShopState.VERIFIED)
    on_show = select(Product).join(Shop, Shop.id == Product.shop_id).where(*published)
    goods = db.session.scalars(on_show).all()
    assert len(goods) >= 240
    pictured = Counter(product.shop_id for product in goods if product.cover)  # the others wait for the worker
    assert len(pictured) >= 40
    assert min(pictured.values()) >= 1
    shelves = set(db.session.scalars(select(Category.id).where(Category.parent_id.is_not(None))))
    assert {product.category_id for product in goods} == shelves
    kampung = set(db.session.scalars(select(Shop.kampung_id).where(Shop.kampung_id.is_not(None))))
    assert kampung == set(db.session.scalars(select(Kampung.id)))
    assert any(not product.in_stock for product in goods)
    assert all(product.title_en and product.description_en for product in goods)


def every_state_of_an_order_is_there() -> None:
    states = select(Order.state).join(OrderGroup, OrderGroup.id == Order.group_id)
    siti = select(User.id).where(User.name == "Siti Aminah").scalar_subquery()
    assert set(db.session.scalars(states.where(OrderGroup.user_id == siti))) == set(State)
    assert State.PLACED in set(db.session.scalars(states.where(OrderGroup.user_id.is_(None))))
    assert all(at > now() for at in db.session.scalars(select(Order.accept_by).where(Order.state == State.PLACED)))


def shops_wait_sell_and_are_suspended() -> None:
    shops = db.session.scalars(select(Shop)).all()
    by_state = Counter(shop.state for shop in shops)
    assert by_state[ShopState.WAITING] == by_state[ShopState.SUSPENDED] == 1
    assert all(shop.is_demo and shop.whatsapp in INVENTED for shop in shops)
    of_suspended = select(Order).join(Shop, Shop.id == Order.shop_id).where(Shop.state == ShopState.SUSPENDED)
    assert db.session.scalars(of_suspended.where(Order.state.in_(OPEN_STATES))).one().state == State.ACCEPTED
    assert set(db.session.scalars(select(User.phone))) <= INVENTED


def the_market_has_a_past() -> None:
    """Orders lie spread over weeks, every way of ending one is there, and no step comes before the one before it."""
    days = {group.placed_at.date() for group in db.session.scalars(select(OrderGroup))}
    assert len(days) >= 30
    assert max(db.session.scalars(select(Product.created_at))) < min(db.session.scalars(select(OrderGroup.placed_at)))
    cancelled_by = set(db.session.scalars(select(OrderEvent.actor).where(OrderEvent.after == State.CANCELLED)))
    assert cancelled_by == {Actor.BUYER, Actor.SELLER, Actor.SYSTEM}
    steps = db.session.execute(select(OrderEvent.order_id, OrderEvent.at).order_by(OrderEvent.id)).all()
    assert max(at for _, at in steps) <= now()
    assert all(earlier[1] <= later[1] for earlier, later in pairwise(steps) if earlier[0] == later[0])
    owners = ("onde-onde-mbok-rondo", "sepatu-langkah-surya")
    for slug in owners:  # the two sellers whom visitors sign in as find every kind of order
        mine = select(Order.state).join(Shop, Shop.id == Order.shop_id).where(Shop.slug == slug)
        assert set(db.session.scalars(mine)) >= set(State) - {State.AWAITING_PAYMENT, State.DISPUTED, State.READY}


def buyers_say_what_they_think() -> None:
    reviews = db.session.scalars(select(Review).order_by(Review.id)).all()
    assert len(reviews) == len(content.reviews()) >= 150
    assert [review.created_at for review in reviews] == sorted(review.created_at for review in reviews)
    assert all(not review.changed_at for review in reviews)
    assert sum(1 for review in reviews if review.reply) >= 15
    assert db.session.scalar(select(func.count()).select_from(ReviewPhoto)) >= 20
    assert [review.stars for review in reviews if review.hidden_at and review.hidden_reason] == [1]
    assert sum(review.reports for review in reviews) == 2
    on_shelf = db.session.scalars(select(Product).where(Product.state == ProductState.PUBLISHED)).all()
    assert sum(1 for product in on_shelf if product.rating_count) >= len(on_shelf) / 2
    assert max(product.rating_count for product in on_shelf) > PAGE
    best = sorted(on_shelf, key=lambda product: -product.sold)[:8]
    assert len({product.shop_id for product in best}) >= 6


def everybody_can_sign_in(demo: Flask) -> None:
    with demo.test_request_context():
        people = sign_ins.sign_ins()
        ids = [identify(read_identity(person.phone), person.password, "127.0.0.1") for person in people]
        assert [user.is_officer for user in map(db.session.get_one, [User] * 4, ids)] == [False, False, False, True]


def test_only_a_demo_market_is_seeded(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["seed"])
    assert result.exit_code == 1
    assert result.stderr == "Error: this is no demo market; DEMO=1 makes it one.\n"
    with app.app_context():
        assert counts()["User"] == 0
        assert sign_ins.sign_ins() == []


@pytest.mark.usefixtures("market")
def test_a_market_with_shops_of_its_own_is_left_alone(demo: Flask) -> None:
    result = demo.test_cli_runner().invoke(args=["seed", "--if-empty"])
    assert result.exit_code == 0
    with demo.app_context():
        assert not set(db.session.scalars(select(Shop.is_demo))) - {False}


def test_the_sign_in_page_of_a_demo_market_names_its_accounts(demo: Flask, client: Browser) -> None:
    assert "0812-0000-0001" in client.get("/masuk").text
    assert sign_ins.PASSWORD in client.get("/masuk").text


def test_the_sign_in_page_of_a_real_market_names_nobody(client: Browser) -> None:
    assert "0812-0000" not in client.get("/masuk").text
