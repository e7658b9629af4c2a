"""The product page tells everything a buyer wants to know before ordering."""

import json

from flask import Flask

from marketplace.catalog.models import Photo, Product, ProductState, Variant
from marketplace.clock import now
from marketplace.db import writing
from marketplace.sellers.models import CourierRate, Shop
from tests.browser import Browser, Page, fields_of, text_of
from tests.catalog.goods import change, titles
from tests.factories import Market, make_product

ONDE, SHOE = "/produk/onde-onde-isi-10", "/produk/sepatu-pantofel-kulit"
DRAFTS = {3: "draft", 12: "archived"}


def chips(page: Page) -> dict[str, bool]:
    """What each chip says, and whether it can be chosen."""
    labels = page.all("label", class_="chip")
    return {text_of(label): next(label.iter("input")).get("disabled") is None for label in labels}


def test_it_shows_title_price_and_facts(app: Flask, client: Browser, market: Market) -> None:
    page = client.get(ONDE)
    assert page.h1 == "Onde-onde isi 10"
    for words in ("Rp25.000", "600 gram", "Masa simpan 2 hari", "08.00-17.00 WIB", "Rp15.000", "Kabupaten Mojokerto"):
        assert words in page.text
    assert "/toko/onde-onde-bu-ani" in page.links()
    assert "/kategori/jajanan-basah" in page.links()
    assert "/kategori/kuliner" in page.links()


def test_a_single_variant_goes_into_the_cart_without_choosing(client: Browser, market: Market) -> None:
    page = client.get(ONDE)
    form = page.form("/keranjang")
    assert form.get("method") == "post"
    assert fields_of(form, page.root) == {"varian": str(market.variants["onde"]), "jumlah": "1"}


def test_shoes_are_chosen_by_colour_and_size_with_their_own_price(client: Browser, market: Market) -> None:
    page = client.get(SHOE)
    assert "Rp185.000–Rp190.000" in page.text
    assert len(chips(page)) == 6
    assert "Hitam 41 Rp190.000" in chips(page)
    assert fields_of(page.form("/keranjang"), page.root)["varian"] == str(market.variants["sepatu 39 Hitam"])


def test_a_variant_sold_out_cannot_be_chosen(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Variant, market.variants["sepatu 39 Hitam"], held=4)
        change(Variant, market.variants["sepatu 40 Hitam"], is_offered=False)
    page = client.get(SHOE)
    assert chips(page)["Hitam 39 Stok habis"] is False
    assert not any("Hitam 40" in text for text in chips(page))
    assert fields_of(page.form("/keranjang"), page.root)["varian"] == str(market.variants["sepatu 39 Cokelat"])
    assert len([radio for radio in page.all("input", name="varian") if radio.get("checked") is not None]) == 1


def test_a_product_sold_out_has_no_form(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Product, market.products["onde"], in_stock=False)
    page = client.get(ONDE)
    assert "Stok habis" in page.text
    assert not page.all("form", id="buy")
    assert not page.all("div", class_="bar")


def test_goods_made_to_order_tell_lead_time_and_minimum(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Product, market.products["onde"], made_to_order=True, lead_days=5, min_order=10)
    page = client.get(ONDE)
    assert "Pre-order 5 hari" in page.text
    assert "Minimal 10" in page.text
    assert fields_of(page.form("/keranjang"), page.root)["jumlah"] == "10"


def test_courier_fees_are_told_by_region(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        rate = CourierRate(
            shop_id=market.shops["bu_ani"], courier_code="jne", service_code="REG", jawa_timur=9000, jawa=14000
        )
        session.add(rate)
    page = client.get(ONDE)
    assert "JNE Express Reguler" in page.text
    assert "Jawa Timur Rp9.000, Jawa lainnya Rp14.000" in page.text
    assert "Luar Jawa" not in page.text


def test_only_photos_that_are_ready_are_shown(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        for position, (digest, ready, broken) in enumerate(
            [("a" * 64, True, False), ("b" * 64, False, False), ("c" * 64, True, True), ("d" * 64, True, False)]
        ):
            photo = Photo(product_id=market.products["onde"], digest=digest, created_at=now(), position=position)
            photo.name, photo.is_broken = digest if ready and not broken else "", broken
            session.add(photo)
    page = client.get(ONDE)
    shown = [image.get("src", "") for image in page.all("img") if image.get("alt") == "Onde-onde isi 10"]
    assert [path.split("/foto/")[1][0] for path in shown] == ["a", "d"]


def test_more_goods_of_the_shop_are_offered_but_none_of_others(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        shop = session.get_one(Shop, market.shops["bu_ani"])
        make_product(shop, "Keciput", "camilan", [{"price": 18000, "on_hand": 3, "weight_grams": 250}])
    assert titles(client.get(ONDE)) == ["Keciput"]
    assert titles(client.get(SHOE)) == []


def test_more_goods_are_the_newest_ten_that_are_on_show(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context(), writing() as session:
        shop, variant = (
            session.get_one(Shop, market.shops["bu_ani"]),
            {"price": 9000, "on_hand": 3, "weight_grams": 100},
        )
        for n in range(13):
            make_product(shop, f"Klepon {n}", "camilan", [variant], state=ProductState(DRAFTS.get(n, "published")))
    assert titles(client.get(ONDE)) == [f"Klepon {n}" for n in range(12, 0, -1) if n not in DRAFTS]


def test_english_falls_back_to_indonesian_and_says_so(app: Flask, client: Browser, market: Market) -> None:
    page = client.get("/en" + ONDE)
    assert page.all("h1")[0].get("lang") == "id"
    with app.app_context():
        change(Product, market.products["onde"], title_en="Box of ten onde-onde", description_en="Crisp.")
    page = client.get("/en" + ONDE)
    assert page.h1 == "Box of ten onde-onde"
    assert page.all("h1")[0].get("lang") is None
    assert "Crisp." in page.text
    assert page.form("/keranjang").get("action") == "/en/keranjang"


def test_hostile_titles_stay_text(app: Flask, client: Browser, market: Market) -> None:
    evil = "</script><script>alert('x')</script> & <b>tebal</b> \"kutip\""
    with app.app_context():
        change(Product, market.products["onde"], title=evil, description=evil)
    page = client.get(ONDE)
    assert page.h1 == evil
    assert page.html.count("<script") == 3


def test_search_engines_get_the_product_in_their_words(client: Browser, market: Market) -> None:
    page = client.get(SHOE)
    data = json.loads("".join(page.all("script", type="application/ld+json")[0].itertext()))
    assert (data["@type"], data["name"]) == ("Product", "Sepatu Pantofel Kulit")
    assert data["url"] == "http://localhost/produk/sepatu-pantofel-kulit"
    assert (data["offers"]["lowPrice"], data["offers"]["highPrice"]) == (185000, 190000)
    assert data["offers"]["availability"] == "https://schema.org/InStock"
