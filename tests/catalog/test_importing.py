"""Sheets of goods: what is read, what is refused by line and reason, and that loading twice changes nothing."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.catalog import stock
from marketplace.catalog.importing import Report, import_products
from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.db import db, writing
from marketplace.sellers.models import Shop, ShopState
from tests.factories import Market

HEADER = "sku,nama_produk,kategori,harga,stok,berat_gram,deskripsi"
GOOD = "KLP-1,Klepon gula merah,jajanan basah,12.500,40,250,Isi 10"


@pytest.fixture
def shop(app: Flask, market: Market) -> Iterator[int]:
    """Bu Ani's shop, with the onde-onde OND-10 on its shelf."""
    with app.test_request_context():
        yield market.shops["bu_ani"]


def load(shop_id: int, *rows: str, header: str = HEADER) -> Report:
    return import_products(shop_id, "\n".join((header, *rows)).encode())


def product(title: str) -> Product:
    return db.session.scalars(
        select(Product).where(Product.title == title).execution_options(populate_existing=True)
    ).one()


def variant(sku: str) -> Variant:
    return db.session.scalars(select(Variant).where(Variant.sku == sku).execution_options(populate_existing=True)).one()


def how_many() -> int:
    return db.session.scalar(select(func.count()).select_from(Product)) or 0


def test_a_new_row_is_on_show_with_a_true_card(shop: int) -> None:
    assert load(shop, GOOD) == Report(1, {})
    made, one = product("Klepon gula merah"), variant("KLP-1")
    assert (made.state, made.slug, made.price_min, made.in_stock) == (
        ProductState.PUBLISHED,
        "klepon-gula-merah",
        12_500,
        True,
    )
    assert (one.price, one.on_hand, one.weight_grams, made.description) == (12_500, 40, 250, "Isi 10")
    assert "klp-1" in made.words and "jajanan basah" in made.words


@pytest.mark.parametrize("state", [ShopState.WAITING, ShopState.SUSPENDED])
def test_goods_of_a_shop_that_is_not_verified_are_drafts(shop: int, state: ShopState) -> None:
    with writing() as session:
        session.get(Shop, shop).state = state
    load(shop, GOOD)
    assert product("Klepon gula merah").state == ProductState.DRAFT


def test_the_same_sheet_twice_changes_nothing(shop: int) -> None:
    rows = (GOOD, ",Cenil warna-warni,jajanan-basah,8rb,5,200,")
    assert load(shop, *rows).accepted == 2
    before = how_many()
    assert load(shop, *rows) == Report(2, {})
    assert how_many() == before


def test_a_row_with_a_known_sku_changes_that_product(shop: int, market: Market) -> None:
    slug = product("Onde-onde isi 10").slug
    report = load(shop, "ond-10,Onde-onde wijen isi 10,Kue kering,27000,12,650,Renyah")
    changed, one = product("Onde-onde wijen isi 10"), variant("OND-10")
    assert report == Report(1, {}) and changed.id == market.products["onde"] and changed.slug == slug
    assert (one.id, one.price, one.on_hand, one.weight_grams) == (market.variants["onde"], 27_000, 12, 650)
    assert (changed.price_min, changed.description) == (27_000, "Renyah")
    assert "kue kering" in changed.words and "wijen" in changed.words


def test_a_row_without_sku_changes_the_product_of_that_name(shop: int) -> None:
    load(shop, ",Cenil,jajanan basah,8000,5,200,lama")
    assert load(shop, ",CENIL,jajanan basah,9000,0,200,baru") == Report(1, {})
    assert (product("CENIL").price_min, product("CENIL").in_stock, product("CENIL").description) == (
        9_000,
        False,
        "baru",
    )


def test_one_size_of_a_shoe_changes_alone(app: Flask, shop: int, market: Market) -> None:
    load(
        market.shops["pak_budi"], "SPT-39-Hitam,Nama lain,sandal,150000,9,800,", ",Sepatu Pantofel Kulit,sepatu,1,1,1,"
    )
    shoe = db.session.get(Product, market.products["sepatu"], populate_existing=True)
    assert (shoe.title, shoe.price_min, shoe.price_max) == ("Sepatu Pantofel Kulit", 150_000, 190_000)
    assert (variant("SPT-39-Hitam").on_hand, variant("SPT-40-Hitam").on_hand) == (9, 4)


def test_a_missing_description_column_leaves_descriptions_alone(shop: int) -> None:
    header = "sku,nama_produk,kategori,harga,stok,berat_gram"
    before = product("Onde-onde isi 10").description
    load(shop, "OND-10,Onde-onde isi 10,jajanan basah,26000,30,600", header=header)
    assert (product("Onde-onde isi 10").description, variant("OND-10").price) == (before, 26_000)


def test_another_shops_sku_is_none_of_ours(shop: int, market: Market) -> None:
    assert load(market.shops["pak_budi"], "OND-10,Sandal,sandal,50000,1,400,").accepted == 1
    assert db.session.get(Variant, market.variants["onde"], populate_existing=True).price == 25_000


@pytest.mark.parametrize(
    "name", ["Jajanan basah", "JAJANAN BASAH", "jajanan-basah", "fresh snacks", " Jajanan  basah "]
)
def test_categories_are_known_by_every_name_in_any_case(shop: int, name: str) -> None:
    assert load(shop, f'K,Klepon,"{name}",1000,1,100,').accepted == 1


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("A,,camilan,1000,1,100,", "nama_produk wajib diisi"),
        ("A,Rambak,mebel,1000,1,100,", 'kategori "mebel" tidak dikenal'),
        ("A,Rambak,,1000,1,100,", "kategori wajib diisi"),
        ("A,Rambak,camilan,,1,100,", "harga wajib diisi"),
        ("A,Rambak,camilan,0,1,100,", 'harga "0" harus lebih dari 0'),
        ("A,Rambak,camilan,-500,1,100,", 'harga "-500" jumlah rupiah tidak boleh kurang dari 0'),
        ("A,Rambak,camilan,39990.5,1,100,", 'harga "39990.5" tulis jumlah rupiah bulat'),
        ("A,Rambak,camilan,2000000000,1,100,", "paling tinggi Rp1.000.000.000"),
        ("A,Rambak,camilan,1000,dua,100,", 'stok "dua" bukan bilangan bulat'),
        ("A,Rambak,camilan,1000,-1,100,", 'stok "-1" harus antara 0 dan 1.000.000'),
        ("A,Rambak,camilan,1000,,100,", "stok wajib diisi"),
        ("A,Rambak,camilan,1000,99999999999999999999,100,", "bukan bilangan bulat"),
        ("A,Rambak,camilan,1000,1,0,", 'berat_gram "0" harus antara 1 dan 500.000'),
        ("A,Rambak,camilan,1000,1", "berat_gram wajib diisi"),
        ("A,Rambak,camilan,1000,1,100,enak, gurih", 'sel "gurih" berada di luar kolom'),
        (f"A,{'R' * 201},camilan,1000,1,100,", "paling panjang 200 huruf"),
        (f"A,Rambak,camilan,1000,1,100,{'R' * 5001}", "paling panjang 5000 huruf"),
    ],
)
def test_a_bad_row_is_named_and_the_others_are_loaded(shop: int, row: str, reason: str) -> None:
    report = load(shop, GOOD, row, "Z,Zarda,camilan,1000,1,100,")
    assert report.accepted == 2 and list(report.rejected) == [3]
    assert reason in report.rejected[3]


def test_repetitions_in_a_sheet_are_named(shop: int) -> None:
    report = load(
        shop,
        "A,Satu,mebel,1,1,1,",
        "A,Satu,camilan,1000,1,1,",
        "a,Dua,camilan,1000,1,1,",
        ",Tiga,camilan,1000,1,1,",
        ",TIGA,camilan,2000,1,1,",
    )
    assert report.accepted == 2
    assert report.rejected[4] == 'sku "a" sudah ada di baris 3'
    assert report.rejected[6] == 'nama_produk "TIGA" sudah ada di baris 5'


def test_a_count_below_what_is_promised_is_refused(shop: int, market: Market) -> None:
    with writing():
        stock.take({market.variants["onde"]: 3})
    report = load(shop, "OND-10,Lain,camilan,1,2,1,", GOOD)
    assert report.rejected == {2: 'stok "2" kurang dari 3 yang sudah dipesan'} and report.accepted == 1
    assert (variant("OND-10").price, product("Onde-onde isi 10").title) == (25_000, "Onde-onde isi 10")


def test_many_rows_of_the_same_name_and_a_second_look(shop: int) -> None:
    rows = [f"N-{n},Nasi goreng,kuliner,{10_000 + n},5,400," for n in range(1_203)]
    assert load(shop, *rows) == Report(1_203, {})
    rows[7] = "N-7,Nasi goreng jawa,kuliner,1,6,400,"
    assert load(shop, *rows) == Report(1_203, {})
    assert (product("Nasi goreng jawa").price_min, variant("N-7").on_hand, variant("N-8").on_hand) == (1, 6, 5)
    assert how_many() == 1_205


def test_two_sheets_at_once_make_no_pairs(app: Flask, market: Market) -> None:
    rows = [f"T-{n},Tahu {n},camilan,1000,5,400," for n in range(60)]
    start = threading.Barrier(2)

    def run() -> None:
        with app.test_request_context():
            start.wait()
            load(market.shops["bu_ani"], *rows)

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert how_many() == 62


def test_nothing_is_loaded_when_the_transaction_fails(shop: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = how_many()
    monkeypatch.setattr("marketplace.catalog.importing.add_products", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(shop, "OND-10,Baru,camilan,1,1,1,", GOOD)
    assert how_many() == before and variant("OND-10").price == 25_000


def test_the_command_names_bad_rows_and_counts(app: Flask, market: Market, tmp_path: Path) -> None:
    file = tmp_path / "barang.csv"
    file.write_text("\n".join((HEADER, GOOD, "B,Rambak,camilan,abc,1,100,", "C,,camilan,1,1,1,")))
    result = app.test_cli_runner().invoke(args=["import-products", "onde-onde-bu-ani", str(file)])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        'baris 3: harga "abc" tulis jumlah rupiah bulat, misalnya 12.500 atau 15rb',
        "baris 4: nama_produk wajib diisi",
        "1 baris diterima, 2 ditolak",
    ]


@pytest.mark.parametrize(
    ("shop_slug", "name", "sentence"),
    [
        ("toko-siapa", "barang.csv", 'Toko "toko-siapa" tidak ditemukan.'),
        ("onde-onde-bu-ani", "tidak-ada.csv", "tidak-ada.csv tidak dapat dibaca."),
        ("onde-onde-bu-ani", "", "tidak dapat dibaca."),
        ("onde-onde-bu-ani", "barang.csv", "Berkas ini kosong."),
    ],
)
def test_the_command_fails_in_one_line(
    app: Flask, market: Market, tmp_path: Path, shop_slug: str, name: str, sentence: str
) -> None:
    (tmp_path / "barang.csv").write_text("")
    result = app.test_cli_runner().invoke(args=["import-products", shop_slug, str(tmp_path / name)])
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.count("\n") == 1 and sentence in result.stderr
