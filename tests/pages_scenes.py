"""The three moments in which every page is looked at: an empty market, a filled one, and one full of long texts."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import String, cast, select, update

from marketplace.accounts import codes
from marketplace.accounts.models import Address, User
from marketplace.catalog.models import Product, ProductState, Review, Variant
from marketplace.clock import now
from marketplace.db import Row, db, writing
from marketplace.jobs import run_due
from marketplace.orders import fulfilment
from marketplace.orders.models import Actor, Cart, CartLine, CartNote, Order, OrderEvent, OrderGroup, OrderLine, State
from marketplace.places.queries import kampung_named
from marketplace.sellers.models import CourierRate, Shop, ShopState
from marketplace.sellers.verification import suspend
from marketplace.wiring import HANDLERS
from tests.access.world import Args, build
from tests.browser import Browser
from tests.factories import Market, make_product, make_shop, make_user, open_market
from tests.orders.flows import fill_cart, give_address, order, use_voucher
from tests.pages_money import money_moved
from tests.pages_opinions import opinions

LONG_TITLE = "Onde" * 30
LONG_NAME = "Bu" + "w" * 58
LONG_LABEL = "Merahmarun" * 3
LONG_NOTE = "Tolong jangan pedas 🌶️🙏🏽 " + "مرحبا بكم في موجوكيرتو " + "W" * 160
LONG_STREET = "Jl." + "Empunala" * 15
MUCH = 999_999_999


@dataclass
class Scene:
    """Who looks, by session cookie, and what fills a route's placeholders, by endpoint or `endpoint: which`."""

    cookies: dict[str, str]
    args: dict[str, Args]

    def browser(self, app: Flask, who: str) -> Browser:
        """A browser of this person; a guest without anything has no cookie."""
        browser = Browser(app)
        if who in self.cookies:
            browser.client.set_cookie("sesi", self.cookies[who])
        return browser

    def path(self, app: Flask, endpoint: str, which: str = "", **query: str) -> str:
        """The Indonesian address of a page; KeyError for a route with placeholders that the scene lacks."""
        with app.test_request_context():
            needed = {name for rule in app.url_map.iter_rules(endpoint) for name in rule.arguments}
            args = self.args[f"{endpoint}: {which}" if which else endpoint] if needed else {}
            return app.url_for(endpoint, **args, **query)


def empty(app: Flask) -> Scene:
    """New people, a new shop without goods, and nobody has ordered anything."""
    with app.app_context(), writing():
        people = {"siti": make_user("Siti"), "joko": make_user("Joko"), "bu_ani": make_user("Ani")}
        people["bu_rina"] = make_user("Rina", is_officer=True)
        shop = make_shop("Toko baru", people["bu_ani"])
        tokens = {who: person.session_token for who, person in people.items()}
        args: dict[str, Args] = {
            "catalog.category": {"slug": "batik"},
            "catalog.kampung": {"slug": "onde-onde"},
            "accountoffice.person": {"id": people["siti"].id},
            **{page: {"slug": shop.slug} for page in ("catalog.shop", "office.shop")},
            "payoutoffice.show": {"week": "2026-W40"},
        }
    return Scene({who: _cookie(_enter(app, token)) for who, token in tokens.items()}, args)


def filled(app: Flask) -> Scene:
    """The cast at work: goods with photos, carts, and orders in every state."""
    with app.app_context():
        market = open_market()
    siti, guest = _enter(app, market.tokens["siti"]), Browser(app)
    args = build(app, market, siti).args
    with app.app_context():
        _add_shops_and_goods(market)
    order(siti, market, kuningan=2)
    order(siti, market, onde=4)
    args |= money_moved(app, market, siti)
    order(guest, market, onde=3, **{"sepatu 40 Cokelat": 1})
    for browser in (siti, guest):
        fill_cart(browser, market, onde=2, kain=1, **{"sepatu 41 Hitam": 1})
        use_voucher(browser, give_address(browser, landmark="Rumah pagar hijau"), "ONDE10" if browser is siti else "")
    with app.app_context():
        args |= _moved_orders(market) | opinions(market) | _links_and_lines(market)
        suspend(market.shops["pak_hadi"], market.people["bu_rina"], "Alamat toko tidak ditemukan saat dikunjungi.")
        run_due(HANDLERS)
    tokens = {who: _cookie(_enter(app, token)) for who, token in market.tokens.items()}
    return Scene({**tokens, "guest": _cookie(guest)}, args)


def lengthened(app: Flask, scene: Scene) -> Scene:
    """The filled market, with the longest text and the highest price wherever somebody can type one."""
    address = {"recipient": LONG_NAME, "street": LONG_STREET, "landmark": LONG_STREET, "rt": "001", "rw": "002"}
    with app.app_context(), writing() as session:
        for model, values in LONG.items():
            session.execute(update(model).values(values))
        for placed in session.scalars(select(Order)):
            placed.address = {**placed.address, **address} if placed.address else None
        for cart in session.scalars(select(Cart)):
            contact = {"name": LONG_NAME, "phone": "6281234567890", "email": f"{'surat' * 12}@contoh.example"}
            cart.draft = {**cart.draft, "contact": contact, "address": {**cart.draft["address"], **address}}
    return scene


def _number(column: Any) -> Any:
    """The row's number as text: what is unique stays so."""
    return cast(column, String)


LONG: dict[type[Row], dict[Any, Any]] = {
    User: {User.name: LONG_NAME, User.email: "surat" * 12 + _number(User.id) + "@contoh.example"},
    Address: {Address.recipient: LONG_NAME, Address.street: LONG_STREET, Address.landmark: LONG_STREET},
    Shop: {Shop.name: LONG_NAME, Shop.description: LONG_NOTE, Shop.street: LONG_STREET, Shop.fee_city: 1_000_000},
    Product: {
        Product.title: LONG_TITLE,
        Product.title_en: LONG_TITLE,
        Product.description: LONG_NOTE,
        Product.price_min: MUCH,
        Product.price_max: MUCH + 1,
        Product.sold: 123_456,
        Product.made_to_order: True,
        Product.lead_days: 365,
        Product.min_order: 9_999,
    },
    Variant: {
        Variant.price: MUCH,
        Variant.size: LONG_LABEL + _number(Variant.id),
        Variant.colour: LONG_LABEL,
        Variant.sku: LONG_LABEL,
        Variant.on_hand: 1_000_000,
    },
    CourierRate: {CourierRate.jawa_timur: MUCH, CourierRate.jawa: MUCH, CourierRate.luar_jawa: MUCH},
    CartLine: {CartLine.quantity: 9_999},
    CartNote: {CartNote.note: LONG_NOTE},
    OrderGroup: {OrderGroup.contact_name: LONG_NAME, OrderGroup.total: 2 * MUCH},
    Order: {
        Order.shop_name: LONG_NAME,
        Order.goods_total: MUCH,
        Order.delivery_fee: 0,
        Order.total: MUCH - Order.discount,
        Order.note: LONG_NOTE,
        Order.tracking_number: LONG_TITLE[:60],
    },
    OrderLine: {
        OrderLine.title: LONG_TITLE,
        OrderLine.variant_label: f"{LONG_LABEL}, {LONG_LABEL}",
        OrderLine.price: MUCH,
        OrderLine.quantity: 9_999,
    },
    OrderEvent: {OrderEvent.note: LONG_NOTE},
    Review: {Review.author: LONG_NAME[:24], Review.words: LONG_NOTE, Review.reply: LONG_NOTE},
}


def _enter(app: Flask, token: str) -> Browser:
    browser = Browser(app)
    browser.sign_in_as(token)
    return browser


def _cookie(browser: Browser) -> str:
    cookie = browser.client.get_cookie("sesi")
    assert cookie is not None
    return cookie.value


def _add_shops_and_goods(market: Market) -> None:
    """Shops that wait, will close and will be suspended, and goods of Bu Ani that are sold out or not on show."""
    with writing() as session:
        make_shop("Keripik Mak Tun", make_user("Tun"), state=ShopState.WAITING, verified_at=None)
        sekar = make_shop("Batik Sekar", make_user("Sekar"), fee_city=9_000)
        hadi = make_shop("Kuningan Pak Hadi", make_user("Hadi"), fee_city=12_000)
        dear: list[dict[str, object]] = [{"price": 350_000, "on_hand": 9, "weight_grams": 2_500}]
        goods = {
            "kain": make_product(sekar, "Kain batik tulis", "batik", dear, made_to_order=True, lead_days=7),
            "kuningan": make_product(hadi, "Genta kuningan", "cor-kuningan", dear),
        }
        ani = session.get_one(Shop, market.shops["bu_ani"])
        ani.kampung_id = session.scalars(kampung_named("onde-onde")).one().id
        ani.street, ani.shows_street, ani.latitude, ani.longitude = "Jl. Residen Pamuji 7", True, -7.4664, 112.4382
        ani.description = "Onde-onde wijen, digoreng setiap pagi."
        cake: list[dict[str, object]] = [{"price": 30_000, "on_hand": 0, "weight_grams": 700}]
        make_product(ani, "Kue lapis", "jajanan-basah", cake, state=ProductState.DRAFT)
        make_product(ani, "Onde-onde ceplus", "jajanan-basah", cake)
        make_product(ani, "Bolu lama", "jajanan-basah", cake, state=ProductState.ARCHIVED)
        market.shops |= {"sekar": sekar.id, "pak_hadi": hadi.id}
        for name, product in goods.items():
            market.variants[name] = session.scalars(select(Variant.id).where(Variant.product_id == product.id)).one()


def _moved_orders(market: Market) -> dict[str, Args]:
    """The guest's onde-onde is delivered, the guest's shoes are sent, Siti's shoes are refused."""
    bought = select(Order.number, Order.id, Order.shop_id, OrderGroup.user_id, OrderGroup.token)
    rows = db.session.execute(bought.join(OrderGroup).where(Order.state == State.PLACED).order_by(Order.id)).all()
    by_seller = {"by": Actor.SELLER, "actor_id": market.people["bu_ani"]}
    args: dict[str, Args] = {}
    for number, id, shop_id, user_id, token in rows:
        if user_id and shop_id == market.shops["pak_budi"]:
            fulfilment.cancel(id, **by_seller, reason="Ukuran ini ternyata sudah habis.")  # type: ignore[arg-type]
            args["orders.show: cancelled"] = {"number": number}
        elif user_id is None:
            fulfilment.accept(id, **by_seller)  # type: ignore[arg-type]
            fulfilment.ship(id, **by_seller, tracking_number="JT1234567890")  # type: ignore[arg-type]
            if shop_id == market.shops["bu_ani"]:
                fulfilment.deliver(id, **by_seller)  # type: ignore[arg-type]
                args["orderdesk.show: delivered"] = {"number": number}
            args["tracking.show: moved"] = args["tracking.receipt: moved"] = {"token": token}
            args["tracking.cancel: moved"] = {"token": token, "number": number}
    return args


def _links_and_lines(market: Market) -> dict[str, Args]:
    """The links that were mailed, a closed shop, and the lines that the carts hold now."""
    with writing() as session:
        joko = session.get_one(User, market.people["joko"])
        joko.email = "joko@contoh.example"
        session.get_one(Shop, market.shops["sekar"]).closed_until = now() + timedelta(days=3)
        reset = codes.make_link(market.people["joko"], codes.RESET)
        proof = codes.make_link(market.people["joko"], codes.PROVE_EMAIL)
    line = select(CartLine.id).join(Cart).where(Cart.user_id == market.people["siti"])
    line_id = db.session.scalars(line.where(CartLine.variant_id == market.variants["onde"])).one()
    return {
        "accounts.reset_by_link": {"token": reset},
        "accounts.reset_by_link: over": {"token": "x" * 43},
        "catalog.alert_end: over": {"token": "x" * 22},
        "accounts.proof_link": {"token": proof},
        "accounts.proof_link: over": {"token": "x" * 43},
        "cart.change": {"line_id": line_id},
        "catalog.product: choices": {"slug": "sepatu-pantofel-kulit"},
        "catalog.product: sold out": {"slug": "onde-onde-ceplus"},
        "catalog.product: closed": {"slug": "kain-batik-tulis"},
        "catalog.product: gone": {"slug": "tidak-ada"},
    }


SCENES: dict[str, Callable[[Flask], Scene]] = {
    "empty": empty,
    "filled": filled,
    "long": lambda app: lengthened(app, filled(app)),
}
