"""Home shows what the market has, and nothing that it has not."""

from xml.etree.ElementTree import Element

from flask import Flask

from marketplace.catalog.models import Product
from marketplace.sellers.models import Shop, ShopState
from tests.browser import Browser
from tests.catalog.goods import change, kampung_id, many_goods, titles
from tests.factories import Market


def test_an_empty_market_helps_on_instead_of_showing_empty_shelves(client: Browser) -> None:
    page = client.get("/")
    assert page.status == 200
    assert "Pasar ini baru dibuka" in page.text
    assert "/kampung" in page.links()
    assert not page.all("h2")


def test_only_categories_with_goods_are_live(client: Browser, market: Market) -> None:
    links = client.get("/").links()
    assert {"/kategori/kuliner", "/kategori/jajanan-basah", "/kategori/alas-kaki", "/kategori/sepatu"} <= set(links)
    assert "/kategori/craft" not in links
    assert "/kategori/sandal" not in links


def test_new_goods_come_newest_first(client: Browser, market: Market) -> None:
    assert titles(client.get("/")) == ["Sepatu Pantofel Kulit", "Onde-onde isi 10"]


def test_best_selling_goods_come_first_and_only_once(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Product, market.products["onde"], sold=7)
    page = client.get("/")
    assert "Terlaris" in page.text
    assert titles(page) == ["Onde-onde isi 10", "Sepatu Pantofel Kulit"]


def test_a_filled_market_shows_at_least_20_products(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        many_goods(30)
    assert len(titles(client.get("/"))) >= 20


def test_a_kampung_is_shown_once_it_has_a_shop(app: Flask, client: Browser, market: Market) -> None:
    assert "/kampung/onde-onde" not in client.get("/").links()
    with app.app_context():
        change(Shop, market.shops["bu_ani"], kampung_id=kampung_id("onde-onde"))
    assert "/kampung/onde-onde" in client.get("/").links()


def test_english_shows_english_titles_and_leads_to_english_pages(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Product, market.products["onde"], title_en="Onde-onde, box of ten")
    page = client.get("/en/")
    assert page.root.get("lang") == "en"
    assert titles(page) == ["Sepatu Pantofel Kulit", "Onde-onde, box of ten"]
    assert "/en/produk/onde-onde-isi-10" in page.links()
    assert "Food and drink" in page.text


def test_goods_of_a_waiting_or_suspended_shop_are_nowhere(app: Flask, client: Browser, market: Market) -> None:
    for state in (ShopState.WAITING, ShopState.SUSPENDED):
        with app.app_context():
            change(Shop, market.shops["bu_ani"], state=state, kampung_id=kampung_id("onde-onde"))
        home = client.get("/")
        assert titles(home) == ["Sepatu Pantofel Kulit"]
        assert not {"/kategori/kuliner", "/kampung/onde-onde"} & set(home.links())
        for path in ("/cari", "/cari?q=onde", "/kategori/kuliner", "/kampung/onde-onde", "/sitemap.xml"):
            text = client.client.get(path).get_data(as_text=True)
            assert "onde-onde-isi-10" not in text
            assert "/toko/onde-onde-bu-ani" not in text
        for path in ("/toko/onde-onde-bu-ani", "/produk/onde-onde-isi-10"):
            assert client.get(path).status == 404


def test_tiles_borrow_a_photo_of_recent_goods(app: Flask, client: Browser, market: Market) -> None:
    with app.app_context():
        change(Shop, market.shops["bu_ani"], kampung_id=kampung_id("onde-onde"))
        change(Product, market.products["onde"], cover="a" * 64)
    tiles = {link.get("href"): tile for tile in client.get("/").all("li", class_="tile") for link in tile.iter("a")}
    assert photos_in(tiles["/kategori/kuliner"]) == ["a" * 64]
    assert photos_in(tiles["/kampung/onde-onde"]) == ["a" * 64]
    assert photos_in(tiles["/kategori/alas-kaki"]) == []
    assert photos_in(client.get("/kampung/onde-onde").all("li", class_="tile")[0]) == ["a" * 64]


def photos_in(element: Element) -> list[str]:
    return [image.get("src", "").removeprefix("/foto/").partition("-")[0] for image in element.iter("img")]
