"""Checkout: ways and fees by address, the total that is seen is the total that is ordered, nothing typed is lost."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.catalog.models import Product, Variant
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders.models import Delivery, Order, OrderGroup, State
from marketplace.sellers.models import CourierRate, Shop, ShopState
from tests.browser import Browser, Page
from tests.factories import Market
from tests.orders.flows import fill_cart, give_address, order, place

OUTSIDE = {"place": "outside", "regency": "Kota Surabaya", "district": "Gubeng", "postal_code": "60281"}


def offer_courier(app: Flask, market: Market) -> None:
    with app.app_context(), writing() as session:
        rate = CourierRate(
            shop_id=market.shops["bu_ani"], courier_code="jne", service_code="REG", jawa_timur=9000, jawa=14000
        )
        session.add(rate)


def orders(app: Flask) -> list[Order]:
    with app.app_context():
        return list(db.session.scalars(select(Order).order_by(Order.id)))


def ways(page: Page) -> list[str]:
    return [e.get("value", "") for e in page.all("input", type="radio") if e.get("name", "").startswith("cara-")]


@pytest.mark.parametrize(
    ("kelurahan", "fee"), [("Balongsari", "Gratis"), ("Kedundung", "Rp5.000"), ("Kranggan", "Rp8.000")]
)
def test_the_shops_own_fee_follows_the_zone(client: Browser, market: Market, kelurahan: str, fee: str) -> None:
    fill_cart(client, market, onde=1)
    page = client.get("/checkout")
    id = next(o.get("value") for o in page.root.iter("option") if o.text == kelurahan)
    summary = give_address(client, kelurahan_id=id)
    assert f"Diantar penjual {fee}" in summary.text


def test_outside_the_city_a_courier_brings_it_by_started_kilogram(app: Flask, client: Browser, market: Market) -> None:
    offer_courier(app, market)
    fill_cart(client, market, onde=2)  # 1,200 g: two started kilograms
    summary = give_address(client, province="Jawa Timur", **OUTSIDE)
    assert ways(summary) == ["courier:jne:REG", "pickup"]
    assert "Rp68.000" in summary.text
    summary = give_address(client, province="Jawa Barat", **OUTSIDE)
    assert "Rp78.000" in summary.text
    summary = give_address(client, province="Bali", **OUTSIDE)
    assert ways(summary) == ["pickup"]


def test_the_surroundings_are_reached_by_the_shop(client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    near = {**OUTSIDE, "regency": "Kab. Mojokerto", "district": "Trowulan", "postal_code": "61362"}
    summary = give_address(client, province="Jawa Timur", **near)
    assert "Diantar penjual Rp15.000" in summary.text


def test_a_shop_that_goes_nowhere_near_is_named(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        session.execute(update(Shop).values(offers_pickup=False))
    fill_cart(client, market, onde=1)
    summary = give_address(client, province="Papua", **OUTSIDE)
    assert "tidak mengirim ke alamat ini" in summary.text
    assert place(client, summary).status == 409
    assert orders(app) == []


def test_picking_up_needs_no_address(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    page = client.get("/checkout")
    summary = client.submit(page, "/checkout", cara="ambil", recipient="Siti", phone="081234567890")
    receipt = place(client, summary)
    assert receipt.status == 200
    (one,) = orders(app)
    assert (one.delivery, one.pay_by, one.address, one.total) == (Delivery.PICKUP, "at_pickup", None, 25000)


@pytest.mark.parametrize(
    ("field", "value"),
    [("phone", "12"), ("phone", "(0321) 123456"), ("recipient", ""), ("street", " "), ("email", "siti@"), ("rt", "x")],
)
def test_a_wrong_field_is_named_and_nothing_typed_is_lost(
    client: Browser, market: Market, field: str, value: str
) -> None:
    fill_cart(client, market, onde=1)
    page = give_address(client, landmark="pagar hijau", **{field: value})
    assert page.status == 422
    assert page.by_id(f"{field}-error") is not None
    assert page.all("input", name="landmark")[0].get("value") == "pagar hijau"


def test_another_way_changes_the_total_before_anything_is_ordered(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, **{"sepatu 39 Hitam": 1})
    summary = give_address(client)
    assert "Rp195.000" in summary.text
    shop = market.shops["pak_budi"]
    page = place(client, summary, **{f"cara-{shop}": "pickup"})
    assert page.status == 409 and "Total berubah" in page.text and "Rp185.000" in page.text
    assert orders(app) == []
    receipt = place(client, page)
    assert receipt.status == 200 and orders(app)[0].delivery == Delivery.PICKUP


def test_counting_again_shows_the_new_total(client: Browser, market: Market) -> None:
    fill_cart(client, market, **{"sepatu 39 Hitam": 1})
    summary = give_address(client)
    page = client.post("/checkout/ringkasan", {f"cara-{market.shops['pak_budi']}": "pickup"}, follow=True)
    assert "Rp195.000" in summary.text and "Rp195.000" not in page.text


@pytest.mark.parametrize("values", [{"price": 26000}, {"on_hand": 1}])
def test_what_moved_meanwhile_is_shown_not_ordered(
    app: Flask, client: Browser, market: Market, values: dict[str, int]
) -> None:
    fill_cart(client, market, onde=2)
    summary = give_address(client)
    with app.app_context(), writing() as session:
        session.execute(update(Variant).where(Variant.id == market.variants["onde"]).values(**values))
    page = place(client, summary)
    assert page.status == 409 and "Total berubah" in page.text
    assert orders(app) == []


def test_the_same_button_twice_is_one_order(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=2)
    summary = give_address(client)
    first, second = place(client, summary), place(client, summary)
    assert first.response.request.path == second.response.request.path
    assert len(orders(app)) == 1


def test_a_second_tab_finds_the_cart_empty(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=2)
    tab_one, tab_two = give_address(client), client.get("/checkout/ringkasan")
    place(client, tab_one)
    page = place(client, tab_two)
    assert page.h1 == "Keranjang" and "masih kosong" in page.text
    assert len(orders(app)) == 1


def test_closed_and_suspended_shops_are_kept_out(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    with app.app_context(), writing() as session:
        session.execute(update(Shop).where(Shop.id == market.shops["pak_budi"]).values(state=ShopState.SUSPENDED))
    place(client, give_address(client))
    (one,) = orders(app)
    assert one.shop_id == market.shops["bu_ani"]
    assert "Sepatu Pantofel" in client.get("/keranjang").text


def test_an_order_copies_what_it_needs(app: Flask, client: Browser, market: Market) -> None:
    receipt = order(client, market, onde=2)
    with app.app_context():
        group = db.session.scalars(select(OrderGroup)).one()
        assert (group.total, group.consent_version, group.contact_phone) == (50000, "2026-11", "6281234567890")
        one = db.session.scalars(select(Order)).one()
        assert one.address is not None and one.address["kelurahan"] == "Balongsari"
        assert one.state == State.PLACED and one.accept_by > now()
    assert receipt.all("a", rel="nofollow noopener")[0].get("href", "").startswith("https://wa.me/6281234567890?text=")


def test_a_member_finds_the_order_and_a_stranger_does_not(
    app: Flask, market: Market, signed_in: Callable[[str], Browser]
) -> None:
    siti, joko = signed_in("siti"), signed_in("joko")
    order(siti, market, onde=1)
    (one,) = orders(app)
    assert one.number in siti.get("/pesanan").text
    assert "Onde-onde isi 10" in siti.get(f"/pesanan/{one.number}").text
    assert "Nota" in siti.get(f"/pesanan/{one.number}/nota").h1
    assert one.number not in joko.get("/pesanan").text
    assert joko.get(f"/pesanan/{one.number}").status == 404
    assert joko.post(f"/pesanan/{one.number}/batal").status == 404


def test_a_guests_link_cannot_be_guessed(app: Flask, client: Browser, market: Market) -> None:
    receipt = order(client, market, onde=1)
    token = receipt.response.request.path.rsplit("/", 1)[1]
    assert len(token) >= 22
    assert Browser(app).get(f"/lacak/{token}").status == 200
    assert Browser(app).get("/lacak/1").status == 404


def test_english_speaks_english_all_the_way(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        session.get_one(Product, market.products["onde"]).title_en = "Sesame balls, box of 10"
    client.post("/en/keranjang", {"varian": market.variants["onde"], "jumlah": 1})
    page = client.get("/en/checkout")
    assert page.root.get("lang") == "en"
    assert page.form("/checkout").get("action") == "/en/checkout"
    id = next(o.get("value") for o in page.root.iter("option") if o.text == "Balongsari")
    summary = client.submit(page, "/en/checkout", recipient="S", phone="+65 9123 4567", street="Jl. A", kelurahan_id=id)
    receipt = place(client, summary)
    assert "Sesame balls, box of 10" in summary.text
    chat = receipt.all("a", rel="nofollow noopener")[0].get("href", "")
    assert "Halo%20Onde-onde%20Bu%20Ani" in chat, "the shop reads Indonesian"
    assert receipt.response.request.path.startswith("/en/lacak/") and receipt.root.get("lang") == "en"
    with app.app_context():
        assert db.session.scalar(select(OrderGroup.language)) == "en"
        assert db.session.scalar(select(func.count(Order.id))) == 1


def test_another_tab_may_not_change_the_address_unseen(app: Flask, client: Browser, market: Market) -> None:
    fill_cart(client, market, onde=1)
    tab_one = give_address(client)
    give_address(client, street="Jalan Kenanga 99")
    page = place(client, tab_one)
    assert page.status == 409 and "Jalan Kenanga 99" in page.text
    assert orders(app) == []
    assert place(client, page).status == 200


def test_the_buyers_link_is_told_to_no_shop(client: Browser, market: Market) -> None:
    receipt = order(client, market, onde=1, **{"sepatu 39 Hitam": 1})
    token = receipt.response.request.path.rsplit("/", 1)[1]
    chats = [link for link in receipt.links() if "wa.me" in link]
    assert len(chats) == 2 and not any(token in chat for chat in chats)
    assert all("%2Fjualan%2Fpesanan%2FPM-" in chat for chat in chats)


@pytest.mark.parametrize("number", ["9" * 30, str(2**63), "-1", "x", "%00", "1e9"])
def test_absurd_keys_are_nobodys(signed_in: Callable[[str], Browser], market: Market, number: str) -> None:
    siti, ani, rina = signed_in("siti"), signed_in("bu_ani"), signed_in("bu_rina")
    fill_cart(siti, market, onde=1)
    assert siti.post("/keranjang", {"varian": number, "jumlah": 1}).status in {404, 422}
    assert siti.get(f"/checkout?alamat={number}").status == 200
    assert siti.get(f"/pesanan?sesudah={number}").status == 200
    assert ani.get(f"/jualan?tab=selesai&sesudah={number}").status == 200
    assert rina.get(f"/kantor/toko?sesudah={number}&q=%00{number}").status == 200
    assert rina.get(f"/kantor/pesanan?toko=%00{number}").status == 200
