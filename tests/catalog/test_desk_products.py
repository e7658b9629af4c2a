"""The seller's product pages: list, form with growing rows, states; strangers find nothing."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.catalog import stock
from marketplace.catalog.models import Product, Variant
from marketplace.db import db, writing
from marketplace.sellers.models import Shop, ShopState
from tests.browser import Browser
from tests.factories import Market, category_id

SignIn = Callable[[str], Browser]
NEW = "/jualan/produk/baru"


@pytest.fixture
def ani(signed_in: SignIn) -> Browser:
    return signed_in("bu_ani")


@pytest.fixture
def budi(signed_in: SignIn) -> Browser:
    return signed_in("pak_budi")


def shelf(app: Flask, slug: str) -> dict[tuple[str, str], tuple[int, int, int, bool]]:
    """(size, colour) -> price, weight, stock, is offered."""
    with app.app_context():
        rows = select(Variant).join(Product, Product.id == Variant.product_id).where(Product.slug == slug)
        return {
            (v.size, v.colour): (v.price, v.weight_grams, v.on_hand, v.is_offered) for v in db.session.scalars(rows)
        }


def product(app: Flask, slug: str) -> Product:
    with app.app_context():
        return db.session.scalars(select(Product).where(Product.slug == slug)).one()


def filled(app: Flask, **changes: str) -> dict[str, str]:
    with app.app_context():
        shelf_id = str(category_id("jajanan-basah"))
    row = {"rows-0-price": "12.500", "rows-0-stock": "20", "rows-0-weight_grams": "300"}
    return {"title": "Lumpia Rebung", "category_id": shelf_id, **row, **changes}


def test_a_seller_lists_a_product_in_one_form(app: Flask, ani: Browser) -> None:
    page = ani.submit(ani.get(NEW), NEW, **filled(app))
    assert (page.h1, page.status) == ("Foto Lumpia Rebung", 200)
    assert "disimpan sebagai draf" in page.text
    assert shelf(app, "lumpia-rebung") == {("", ""): (12_500, 300, 20, True)}
    page = ani.submit(page, "/keadaan")
    assert "Lihat halaman produk" in page.text
    assert ani.get("/produk/lumpia-rebung").status == 200


def test_the_same_form_twice_makes_one_product(app: Flask, ani: Browser) -> None:
    page = ani.get(NEW)
    first, again = (ani.submit(page, NEW, follow=False, **filled(app)) for _ in range(2))
    assert first.status == again.status == 303 and first.location == again.location


def test_every_mistake_is_named_and_nothing_typed_is_lost(app: Flask, ani: Browser) -> None:
    wrong = {
        "title": "",
        "rows-0-price": "0",
        "rows-0-stock": "dua",
        "rows-0-weight_grams": "-5",
        "min_order": "0",
        "made_to_order": "y",
        "description": "Isi rebung & udang",
    }
    page = ani.submit(ani.get(NEW), NEW, **filled(app, **wrong))
    assert page.status == 422
    for sentence in (
        "Nama produk wajib diisi.",
        "Harga harus lebih dari 0.",
        "Tulis dengan angka, misalnya 3.",
        "Berat (gram) harus antara 1 dan 500.000.",
        "Minimal order harus antara 1 dan 1.000.000.",
        "Lama pembuatan wajib diisi untuk pre-order.",
    ):
        assert sentence in page.text
    assert 'value="dua"' in page.html and 'value="-5"' in page.html and "Isi rebung &amp; udang" in page.html


@pytest.mark.parametrize("price", ["12.5", "-5000", "gratis", "9999999999"])
def test_a_strange_price_is_explained(app: Flask, ani: Browser, price: str) -> None:
    page = ani.submit(ani.get(NEW), NEW, **filled(app, **{"rows-0-price": price}))
    assert page.status == 422 and f'value="{price}"' in page.html


def test_missing_numbers_are_asked_for(app: Flask, ani: Browser) -> None:
    blank = {"rows-0-price": "", "rows-0-stock": "", "rows-0-weight_grams": "", "category_id": ""}
    page = ani.submit(ani.get(NEW), NEW, **filled(app, **blank))
    for sentence in ("Harga wajib diisi.", "Stok wajib diisi.", "Berat (gram) wajib diisi.", "Kategori wajib diisi."):
        assert sentence in page.text


def test_rows_grow_without_script_and_keep_what_was_typed(app: Flask, budi: Browser) -> None:
    page = budi.submit(budi.get(NEW), NEW, **filled(app, title="Bakiak"), choice="ukuran-warna", aksi="terapkan")
    assert page.status == 200 and len(page.all("fieldset", class_="panel")) == 3
    assert 'value="12.500"' in page.html and 'value="Bakiak"' in page.html
    page = budi.submit(page, NEW, aksi="tambah", **{"rows-0-size": "39", "rows-0-colour": "Merah"})
    assert len(page.all("fieldset", class_="panel")) == 6 and 'value="Merah"' in page.html
    rows = {"rows-4-size": "40", "rows-4-colour": "Merah", "rows-4-stock": "0"}
    page = budi.submit(page, NEW, **rows)
    assert page.h1 == "Foto Bakiak"
    assert shelf(app, "bakiak") == {("39", "Merah"): (12_500, 300, 20, True), ("40", "Merah"): (12_500, 300, 0, True)}


def test_rows_are_checked_one_by_one_and_together(app: Flask, budi: Browser) -> None:
    page = budi.submit(budi.get(NEW), NEW, **filled(app), choice="ukuran", aksi="terapkan")
    page = budi.submit(page, NEW, **{"rows-0-size": "39", "rows-1-size": "39", "rows-2-stock": "3"})
    assert page.status == 422
    for sentence in (
        "Pilihan 2: Stok wajib diisi.",
        "Pilihan 2: Pilihan ini sudah ada di baris lain.",
        "Pilihan 3: Ukuran wajib diisi.",
    ):
        assert sentence in page.text
    empty = dict.fromkeys(("rows-0-size", "rows-0-price", "rows-0-stock", "rows-0-weight_grams"), "")
    empty |= {"rows-1-size": "", "rows-2-stock": ""}
    page = budi.submit(page, NEW, **empty)
    assert "Isi sedikitnya satu baris pilihan." in page.text


def test_editing_shows_what_is_there_and_leaves_an_untouched_count_alone(
    app: Flask, market: Market, budi: Browser
) -> None:
    page = budi.get("/jualan/produk/sepatu-pantofel-kulit/ubah")
    assert page.h1 == "Ubah Sepatu Pantofel Kulit" and len(page.all("fieldset", class_="panel")) == 6
    with app.app_context(), writing():
        stock.take({market.variants["sepatu 39 Hitam"]: 1})
        stock.use_up({market.variants["sepatu 39 Hitam"]: 1})
    page = budi.submit(page, "/ubah", **{"title": "Pantofel", "rows-1-price": "170rb", "rows-2-is_gone": "y"})
    assert page.h1 == "Ubah Pantofel" and "Berhasil disimpan" in page.text
    rows = shelf(app, "sepatu-pantofel-kulit")
    assert rows["39", "Hitam"] == (185_000, 900, 3, True)
    assert rows["39", "Cokelat"] == (170_000, 900, 4, True)
    assert rows["40", "Hitam"] == (185_000, 900, 4, False)
    assert product(app, "sepatu-pantofel-kulit").price_min == 170_000


def test_a_count_that_moved_meanwhile_is_shown_and_can_then_be_saved(app: Flask, market: Market, ani: Browser) -> None:
    page = ani.get("/jualan/produk/onde-onde-isi-10/ubah")
    with app.app_context(), writing():
        stock.take({market.variants["onde"]: 4})
        stock.use_up({market.variants["onde"]: 2})
    page = ani.submit(page, "/ubah", **{"rows-0-stock": "40", "title": "Onde-onde wijen"})
    assert page.status == 422 and "Stok sudah berubah menjadi 28" in page.text
    assert 'value="40"' in page.html and 'value="Onde-onde wijen"' in page.html
    too_few = ani.submit(page, "/ubah", **{"rows-0-stock": "1"})
    assert "Masih ada 2 yang dipesan." in too_few.text
    assert "Berhasil disimpan" in ani.submit(page, "/ubah").text
    assert shelf(app, "onde-onde-isi-10")["", ""][2] == 40


def test_states_and_their_lists(app: Flask, ani: Browser) -> None:
    page = ani.get("/jualan/produk")
    assert page.h1 == "Produk" and "Onde-onde isi 10" in page.text and "Sepatu" not in page.text
    edit = "/jualan/produk/onde-onde-isi-10/ubah"
    for state, where in (("arsip", "arsip"), ("draf", "draf"), ("tampil", "tampil")):
        ani.post("/jualan/produk/onde-onde-isi-10/keadaan", {"keadaan": state})
        assert "Onde-onde isi 10" in ani.get(f"/jualan/produk?keadaan={where}").text
        assert ani.get(edit).status == 200
    assert ani.post("/jualan/produk/onde-onde-isi-10/keadaan", {"keadaan": "emas"}).status == 422


def test_a_waiting_shop_is_told_why_nothing_is_shown(app: Flask, market: Market, ani: Browser) -> None:
    with app.app_context(), writing() as session:
        session.get(Shop, market.shops["bu_ani"]).state = ShopState.WAITING
        session.get(Product, market.products["onde"]).state = "draft"
    sentence = "Produk dapat ditampilkan setelah toko Anda diverifikasi kantor."
    assert sentence in ani.get("/jualan/produk/onde-onde-isi-10/ubah").text
    page = ani.post("/jualan/produk/onde-onde-isi-10/keadaan", {"keadaan": "tampil"}, follow=True)
    assert sentence in page.text
    assert sentence in ani.post("/jualan/produk/tampil", follow=True).text


def test_all_drafts_at_once(app: Flask, ani: Browser) -> None:
    for title in ("Klepon", "Cenil"):
        ani.submit(ani.get(NEW), NEW, **filled(app, title=title))
    page = ani.submit(ani.get("/jualan/produk?keadaan=draf"), "/jualan/produk/tampil")
    assert "2 produk sekarang tampil." in page.text and "Cenil" in page.text


def test_the_list_is_searched_and_paged(app: Flask, ani: Browser) -> None:
    for n in range(27):
        ani.submit(ani.get(NEW), NEW, **filled(app, title=f"Kue {n:02}"))
    page = ani.get("/jualan/produk?keadaan=draf")
    assert "Kue 26" in page.text and "Kue 01" not in page.text
    [following] = [link for link in page.all("a") if link.get("rel") == "next"]
    assert "Kue 01" in ani.get(following.get("href", "")).text
    assert "Kue 07" in (found := ani.get("/jualan/produk?keadaan=draf&q=kue+07").text) and "Kue 08" not in found
    assert "Produk tidak ditemukan." in ani.get("/jualan/produk?keadaan=draf&q=100%25&sesudah=x").text


@pytest.mark.parametrize(
    "path",
    ["/jualan/produk/onde-onde-isi-10/ubah", "/jualan/produk/onde-onde-isi-10/foto", "/jualan/produk/tidak-ada/ubah"],
)
def test_another_shops_product_is_not_there(budi: Browser, path: str) -> None:
    assert budi.get(path).status == 404
    assert budi.post(path, {"title": "Curian"}).status == 404


def test_another_shops_product_cannot_be_moved(app: Flask, budi: Browser) -> None:
    assert budi.post("/jualan/produk/onde-onde-isi-10/keadaan", {"keadaan": "arsip"}).status == 404
    assert product(app, "onde-onde-isi-10").state == "published"


def test_the_desk_is_for_sellers(signed_in: SignIn, client: Browser) -> None:
    for path in ("/jualan/produk", NEW, "/jualan/stok"):
        assert client.get(path).status == 303
        assert signed_in("siti").get(path).status == 403


def test_statements_do_not_grow_with_the_list(app: Flask, ani: Browser, count_sql: Callable[[], list[str]]) -> None:
    for n in range(10):
        ani.submit(ani.get(NEW), NEW, **filled(app, title=f"Kue {n}"))
    statements = count_sql()
    for path in (
        "/jualan/produk?keadaan=draf",
        "/jualan/stok",
        "/jualan/produk/kue-1/ubah",
        "/jualan/produk/kue-1/foto",
    ):
        statements.clear()
        ani.get(path)
        assert len(statements) <= 10, (path, statements)
