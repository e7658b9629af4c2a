"""What belongs to somebody is found through them alone: carts, inboxes, shelves, addresses, alerts, terms."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts import addresses
from marketplace.accounts.models import Address
from marketplace.catalog import alerts, products
from marketplace.catalog.alerts import Alert
from marketplace.catalog.desk import queries as desk
from marketplace.catalog.models import Product, ProductState, Review
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import carts, queries
from marketplace.orders.baskets import basket_of
from marketplace.orders.checkout import place_order
from marketplace.orders.models import Cart, CartLine, CartNote, Order
from marketplace.payments.models import PayTerms
from marketplace.payments.terms import CashTerms, change_cash
from marketplace.payments.ways import terms_of
from marketplace.refusal import GoneAway
from marketplace.sellers import shops
from marketplace.sellers.models import CourierRate
from marketplace.sellers.shops import CourierFees
from tests.browser import Browser
from tests.factories import Market
from tests.guards.test_at_once import PICKUP
from tests.orders.flows import order
from tests.payments.card_orders import buy, token
from tests.payments.cards import Till
from tests.payments.conftest import till as till

SAID = {"recipient": "Siti", "phone": "6281200000000", "street": "Jl. Satu", "rt": "", "rw": "", "landmark": ""}
OUTSIDE = {"kelurahan_id": None, "province": "Bali", "regency": "Badung", "district": "Kuta", "postal_code": "80361"}


@pytest.fixture
def inside(app: Flask, market: Market) -> Iterator[Market]:
    """The market, with a request open."""
    with app.test_request_context():
        yield market


def lines_of(cart_id: int) -> dict[int, int]:
    return {line.variant.id: line.quantity for line in basket_of(cart_id).lines}


def ids_of_carts() -> dict[str, int]:
    return dict(iter(db.session.execute(select(Cart.token, Cart.id))))


def test_carts_do_not_mix(inside: Market) -> None:
    """Joko's cart is the oldest, then two guests', then Siti's: nobody finds another's."""
    onde, shoe, ani = inside.variants["onde"], inside.variants["sepatu 39 Hitam"], inside.shops["bu_ani"]
    siti, joko = inside.people["siti"], inside.people["joko"]
    jokos, guests, seconds = (carts.add(who, None, onde, n) for who, n in ((joko, 7), (None, 3), (None, 1)))
    carts.add(None, seconds, shoe, 1)
    sitis = carts.add(siti, None, onde, 2)
    carts.add(siti, None, onde, 2)
    assert len({jokos, guests, seconds, sitis}) == 4
    id = ids_of_carts()
    assert [lines_of(id[each]) for each in (jokos, guests, seconds, sitis)] == [
        {onde: 7},
        {onde: 3},
        {onde: 1, shoe: 1},
        {onde: 4},
    ]
    counts = (carts.count_of(None, guests), carts.count_of(siti, None), carts.count_of(None, seconds))
    assert counts == (1, 1, 2)
    for each in (jokos, guests, sitis):
        carts.write_note(id[each], ani, f"for {each}")
    assert [basket_of(id[each]).parcels[0].note for each in (jokos, sitis)] == [f"for {jokos}", f"for {sitis}"]
    with writing():
        assert carts.hold_at_least(id[guests], onde, 5)
        assert carts.hold_at_least(id[guests], shoe, 1), "a line of another cart is no line of this one"
    assert (lines_of(id[guests]), lines_of(id[jokos])) == ({onde: 5, shoe: 1}, {onde: 7})
    place_order(id[sitis], PICKUP, key="k", user_id=siti, expected_total=100_000)
    noted = set(db.session.scalars(select(CartNote.cart_id)))
    assert noted == {id[jokos], id[guests]}, "only the note of what was ordered has gone"


def test_a_full_cart_fills_no_other(inside: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(carts, "MOST_LINES", 2)
    for name in ("onde", "sepatu 39 Hitam"):
        carts.add(inside.people["joko"], None, inside.variants[name], 1)
    with pytest.raises(carts.CartFull):
        carts.add(inside.people["joko"], None, inside.variants["sepatu 40 Hitam"], 1)
    assert carts.add(None, None, inside.variants["onde"], 1)


def test_a_guests_cart_is_merged_and_no_other(inside: Market) -> None:
    onde, shoe = inside.variants["onde"], inside.variants["sepatu 39 Hitam"]
    siti, joko = inside.people["siti"], inside.people["joko"]
    jokos, others = carts.add(joko, None, onde, 9), carts.add(None, None, onde, 1)
    sitis, mine = carts.add(siti, None, onde, 1), carts.add(None, None, onde, 2)
    carts.add(None, mine, shoe, 1)
    id = ids_of_carts()
    carts.merge(siti, jokos)
    assert jokos in ids_of_carts(), "a member's cart is no guest's"
    carts.merge(siti, mine)
    assert set(ids_of_carts()) == {jokos, others, sitis}
    assert [lines_of(id[each]) for each in (jokos, others, sitis)] == [{onde: 9}, {onde: 1}, {onde: 2, shoe: 1}]
    newcomer, fresh = inside.people["bu_rina"], carts.add(None, None, shoe, 1)
    carts.merge(newcomer, fresh)
    assert carts.cart_of(newcomer, None) is not None, "who had none takes the guest's over"
    assert len(list(db.session.scalars(select(CartLine)))) == 5


def test_an_inbox_holds_the_shops_own(app: Flask, client: Browser, market: Market) -> None:
    order(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    with app.app_context():
        for shop in market.shops.values():
            found = db.session.scalars(queries.orders_of_shop(shop, "baru")).unique().all()
            assert [each.shop_id for each in found] == [shop]


def test_a_card_link_is_one_checkouts(till: Till, client: Browser, market: Market) -> None:
    buy(client, market, *market.shops.values())
    assert client.post(f"/lacak/{token(till)}/kartu").status == 303
    assert client.post("/lacak/somebody/kartu").status == 404


def test_cash_terms_are_each_shops_own(inside: Market) -> None:
    ani, budi = inside.shops["bu_ani"], inside.shops["pak_budi"]
    for shop, limit in ((ani, 10_000), (budi, 20_000), (ani, 30_000)):
        change_cash(shop, inside.people["bu_ani"], CashTerms(("city",), limit, True, None))
    said = {shop: terms.cash.cod_limit for shop, terms in terms_of([ani, budi]).items()}
    assert said == {ani: 30_000, budi: 20_000}
    assert len(list(db.session.scalars(select(PayTerms)))) == 2


def test_addresses_have_a_main_one_for_each_person(inside: Market) -> None:
    siti, joko = inside.people["siti"], inside.people["joko"]
    for who, key in ((siti, "1"), (joko, "2"), (siti, "3")):
        addresses.add_address(who, {**SAID, **OUTSIDE}, key)  # type: ignore[typeddict-item]
    first, jokos, second = db.session.scalars(select(Address.id).order_by(Address.id)).all()
    addresses.make_main(siti, second)
    main = set(db.session.scalars(select(Address.id).where(Address.is_main)))
    assert main == {jokos, second}
    addresses.delete_address(joko, first)
    assert db.session.scalar(select(Address.id).where(Address.id == first)) == first


def test_an_alert_that_waits_is_ended_by_its_own_link(inside: Market) -> None:
    with writing() as session:
        for link in ("mine", "yours"):
            said = {"contact": f"{link}@contoh.example", "is_phone": False, "language": "id"}
            session.add(Alert(asked="q=klepon", token=link, ends_at=now() + timedelta(days=1), **said))
    assert alerts.of_token("nobodys") is None
    found = alerts.of_token("yours")
    assert found is not None and found.contact == "yours@contoh.example"
    alerts.end("nobodys")
    alerts.end("mine")
    assert list(db.session.scalars(select(Alert.token))) == ["yours"]


def test_a_desk_shows_the_shops_own_goods(inside: Market) -> None:
    ani, budi = inside.shops["bu_ani"], inside.shops["pak_budi"]
    with writing() as session:
        for product in inside.products.values():
            review = {"author": "Siti", "stars": 5, "words": "", "variant_label": "", "created_at": now()}
            session.add(Review(product_id=product, **review))
    for shop, name in ((ani, "onde"), (budi, "sepatu")):
        assert dict(iter(db.session.execute(desk.counts_by_state(shop)))) == {ProductState.PUBLISHED: 1}
        listed = db.session.execute(desk.products_of(shop, ProductState.PUBLISHED, "", 10**9)).all()
        assert [row.id for row in listed] == [inside.products[name]]
        assert {row.slug for row in db.session.execute(desk.shelf_rows(shop))} == {listed[0].slug}
        reviews = db.session.scalars(desk.reviews_of_shop(shop, 10**9)).unique()
        assert [each.product_id for each in reviews] == [inside.products[name]]
    with writing() as session:
        for product in session.scalars(select(Product)):
            product.state = ProductState.DRAFT
    assert products.publish_drafts(ani) == 1
    assert db.session.get_one(Product, inside.products["sepatu"], populate_existing=True).state == ProductState.DRAFT


def test_a_courier_is_offered_by_each_shop_for_itself(inside: Market) -> None:
    for shop, fee in ((inside.shops["bu_ani"], 9_000), (inside.shops["pak_budi"], 8_000)):
        shops.offer_courier(shop, "jne", "REG", CourierFees(fee, None, None))
    anis = db.session.scalars(select(CourierRate.id).where(CourierRate.shop_id == inside.shops["bu_ani"])).one()
    with pytest.raises(GoneAway):
        shops.change_courier(inside.shops["pak_budi"], anis, CourierFees(1, None, None))
    shops.drop_courier(inside.shops["pak_budi"], anis)
    assert sorted(db.session.scalars(select(CourierRate.jawa_timur))) == [8_000, 9_000]


def test_orders_of_nobody_are_found_by_nobody(app: Flask, client: Browser, market: Market) -> None:
    order(client, market, onde=1)
    with app.app_context():
        assert db.session.scalars(queries.orders_of_user(market.people["siti"])).unique().all() == []
        assert db.session.scalars(queries.orders_of_token("guess")).unique().all() == []
        number = db.session.scalars(select(Order.number)).one()
        assert db.session.scalar(queries.order_of_user(market.people["siti"], number)) is None
