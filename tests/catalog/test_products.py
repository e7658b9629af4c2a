"""Adding and changing products: slugs, variants that keep their ids, cards that tell the truth, states."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace import jobs, once
from marketplace.catalog import products, shelf, stock
from marketplace.catalog.models import Photo, Product, ProductState, Variant
from marketplace.catalog.product_cards import refresh_card
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.product_rows import add_products
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.refusal import GoneAway
from marketplace.sellers.models import Shop, ShopState
from tests.factories import Market, category_id

ONE = (VariantData(price=25_000, weight_grams=500, stock=10, sku="KLP-1"),)


@pytest.fixture
def desk(app: Flask, market: Market) -> Market:
    """The market, with a request open in which a seller works."""
    with app.test_request_context():
        yield market


def klepon(**changes: object) -> ProductData:
    return replace(ProductData(title="Klepon", category_id=category_id("jajanan-basah"), variants=ONE), **changes)


def product(slug: str) -> Product:
    return db.session.scalars(
        select(Product).where(Product.slug == slug).execution_options(populate_existing=True)
    ).one()


def variants(slug: str) -> dict[tuple[str, str], Variant]:
    rows = select(Variant).join(Product, Product.id == Variant.product_id).where(Product.slug == slug)
    return {(v.size, v.colour): v for v in db.session.scalars(rows.execution_options(populate_existing=True))}


def shoes(*rows: VariantData) -> ProductData:
    return ProductData(title="Sandal Gunung", category_id=category_id("sandal"), variants=rows)


def row(size: str, colour: str = "Hitam", **values: object) -> VariantData:
    return VariantData(**{"price": 90_000, "weight_grams": 700, "stock": 5, "size": size, "colour": colour, **values})


def test_a_new_product_is_a_draft_with_a_true_card(desk: Market) -> None:
    slug = products.create_product(desk.shops["bu_ani"], klepon(title="Klepon  Édan"), key="k1")
    made = product(slug)
    assert (slug, made.state, made.price_min, made.price_max, made.in_stock) == (
        "klepon-edan",
        ProductState.DRAFT,
        25_000,
        25_000,
        True,
    )
    assert made.words == "klepon édan klp-1 onde-onde bu ani jajanan basah fresh snacks"


def test_the_card_of_a_new_product_is_what_a_refresh_would_find(desk: Market) -> None:
    slug = products.create_product(
        desk.shops["pak_budi"],
        replace(shoes(row("39", price=80_000), row("40", price=95_000, stock=1, sku="S40")), min_order=5),
        key="k1",
    )
    card = ("price_min", "price_max", "in_stock", "cover", "words")
    before = {name: getattr(product(slug), name) for name in card}
    with writing():
        refresh_card(product(slug).id)
    assert {name: getattr(product(slug), name) for name in card} == before


def test_sending_the_form_twice_makes_one_product(desk: Market) -> None:
    slug = products.create_product(desk.shops["bu_ani"], klepon(), key="same")
    with pytest.raises(once.AlreadyDone) as done:
        products.create_product(desk.shops["bu_ani"], klepon(), key="same")
    assert done.value.text == slug
    assert len(db.session.scalars(select(Product).where(Product.title == "Klepon")).all()) == 1


def test_the_same_title_gets_a_slug_of_its_own(desk: Market) -> None:
    first, second = (products.create_product(desk.shops["bu_ani"], klepon(), key=key) for key in ("a", "b"))
    assert first == "klepon" and second.startswith("klepon-") and second != first


def test_a_title_without_latin_letters_has_a_slug_too(desk: Market) -> None:
    assert products.create_product(desk.shops["bu_ani"], klepon(title="ꦏ꧀ꦊꦥꦺꦴꦤ꧀"), key="a") == "produk"


def test_many_at_once_come_back_in_order(desk: Market) -> None:
    titles = [f"Kue {n % 700}" for n in range(1_100)]
    with writing():
        ids = add_products(desk.shops["bu_ani"], [klepon(title=title) for title in titles], publish=True)
    found = db.session.execute(select(Product.title, Product.state).where(Product.id.in_(ids)).order_by(Product.id))
    rows = found.all()
    assert [row.title for row in rows] == titles and ids == sorted(ids)
    assert {row.state for row in rows} == {ProductState.PUBLISHED}


def test_goods_of_a_waiting_shop_stay_drafts(desk: Market) -> None:
    _set_state(desk.shops["bu_ani"], ShopState.WAITING)
    with writing():
        [id] = add_products(desk.shops["bu_ani"], [klepon()], publish=True)
    assert db.session.get(Product, id).state == ProductState.DRAFT
    for attempt in (lambda: products.publish(desk.shops["bu_ani"], "klepon"), lambda: products.publish_drafts(1)):
        with pytest.raises(products.ShopNotVerified):
            attempt()


def test_editing_keeps_slug_and_ids_and_withdraws_what_is_left_out(desk: Market) -> None:
    slug = products.create_product(desk.shops["pak_budi"], shoes(row("39"), row("40"), row("41")), key="a")
    before = {label: variant.id for label, variant in variants(slug).items()}
    kept = [row("42"), row("39", price=95_000, stock=None), row("40", stock=7, seen=5)]
    products.update_product(desk.shops["pak_budi"], slug, replace(shoes(*kept), title="Sandal Kota", min_order=6))
    after = variants(slug)
    assert {label: after[label].id for label in before} == before
    assert [after[label].is_offered for label in (*before, ("42", "Hitam"))] == [True, True, False, True]
    assert (after["39", "Hitam"].on_hand, after["40", "Hitam"].on_hand) == (5, 7)
    changed = product(slug)
    assert (changed.title, changed.price_min, changed.price_max, changed.in_stock) == (
        "Sandal Kota",
        90_000,
        95_000,
        True,
    )
    assert "sandal kota" in changed.words


def test_a_withdrawn_size_comes_back_as_itself(desk: Market) -> None:
    shop = desk.shops["pak_budi"]
    slug = products.create_product(shop, shoes(row("39"), row("40")), key="a")
    before = variants(slug)["39", "Hitam"].id
    products.update_product(shop, slug, shoes(row("40", stock=None)))
    products.update_product(shop, slug, shoes(row("40", stock=None), row("39", stock=8)))
    again = variants(slug)["39", "Hitam"]
    assert (again.id, again.is_offered, again.on_hand) == (before, True, 8)


def test_a_corrected_name_keeps_the_variant_and_a_swap_follows_the_names(desk: Market) -> None:
    shop = desk.shops["pak_budi"]
    slug = products.create_product(shop, shoes(row("39", "Itam"), row("40", "Coklat")), key="a")
    black, brown = variants(slug)["39", "Itam"].id, variants(slug)["40", "Coklat"].id
    products.update_product(
        shop, slug, shoes(row("39", "Hitam", id=black, stock=None), row("40", "Coklat", id=brown, stock=None))
    )
    assert variants(slug)["39", "Hitam"].id == black
    swapped = (row("40", "Coklat", id=black, stock=None), row("39", "Hitam", id=brown, stock=None))
    products.update_product(shop, slug, shoes(*swapped))
    assert {label: variant.id for label, variant in variants(slug).items()} == {
        ("39", "Hitam"): black,
        ("40", "Coklat"): brown,
    }


def test_a_variant_id_of_another_product_is_not_touched(desk: Market) -> None:
    shop, foreign = desk.shops["bu_ani"], desk.variants["sepatu 39 Hitam"]
    slug = products.create_product(shop, klepon(), key="a")
    products.update_product(shop, slug, klepon(variants=(row("S", id=foreign),)))
    assert db.session.get(Variant, foreign).size == "39"


def test_a_stranger_finds_nothing(desk: Market) -> None:
    slug = products.create_product(desk.shops["bu_ani"], klepon(), key="a")
    attempts = (
        lambda: products.product_of(desk.shops["pak_budi"], slug),
        lambda: products.update_product(desk.shops["pak_budi"], slug, klepon(title="Curian")),
        lambda: products.publish(desk.shops["pak_budi"], slug),
        lambda: shelf.save_count(desk.shops["pak_budi"], variants(slug)["", ""].id, 0, seen=10),
    )
    for attempt in attempts:
        with pytest.raises(GoneAway):
            attempt()
    assert (product(slug).title, product(slug).state) == ("Klepon", ProductState.DRAFT)


def test_states_follow_the_buttons_and_twice_is_once(desk: Market) -> None:
    shop = desk.shops["bu_ani"]
    slug = products.create_product(shop, klepon(), key="a")
    for move, state in (
        (products.publish, ProductState.PUBLISHED),
        (products.archive, ProductState.ARCHIVED),
        (products.unpublish, ProductState.DRAFT),
    ):
        move(shop, slug)
        move(shop, slug)
        assert product(slug).state == state
    assert products.publish_drafts(shop) == 1
    assert product(slug).state == ProductState.PUBLISHED


def test_a_count_cannot_fall_below_what_is_promised(desk: Market) -> None:
    shop, variant_id = desk.shops["bu_ani"], desk.variants["onde"]
    with writing():
        stock.take({variant_id: 3})
    with pytest.raises(shelf.StockPromised, match="Masih ada 3 yang dipesan"):
        shelf.save_count(shop, variant_id, 2, seen=30)
    shelf.save_count(shop, variant_id, 3, seen=30)
    assert product("onde-onde-isi-10").in_stock is False


def test_a_count_from_an_old_tab_does_not_overwrite_a_newer_one(desk: Market) -> None:
    shop, variant_id = desk.shops["bu_ani"], desk.variants["onde"]
    shelf.save_count(shop, variant_id, 12, seen=30)
    with pytest.raises(shelf.StockMoved, match="menjadi 12"):
        shelf.save_count(shop, variant_id, 25, seen=30)
    shelf.save_count(shop, variant_id, 12, seen=30)


def test_the_cover_is_the_first_photo_that_is_ready(desk: Market) -> None:
    product_id = desk.products["onde"]
    ready = {"product_id": product_id, "created_at": now(), "ready_at": now()}
    with writing() as session:
        session.add(Photo(product_id=product_id, created_at=now(), digest="waiting", position=0))
        session.add(Photo(**ready, digest="broken", position=1, is_broken=True))
        session.add(Photo(**ready, digest="third", name="third", position=3))
        session.add(Photo(**ready, digest="second", name="second", position=2))
        session.flush()
        refresh_card(product_id)
    assert product("onde-onde-isi-10").cover == "second"


def test_a_renamed_shop_is_found_by_its_new_name(desk: Market) -> None:
    with writing() as session:
        session.get(Shop, desk.shops["bu_ani"]).name = "Onde-onde Bo Liem"
        jobs.enqueue("catalog.refresh_shop", shop_id=desk.shops["bu_ani"])
    from marketplace.wiring import HANDLERS

    assert jobs.run_due(HANDLERS) == 1
    assert "bo liem" in product("onde-onde-isi-10").words


def _set_state(shop_id: int, state: ShopState) -> None:
    with writing() as session:
        session.get(Shop, shop_id).state = state
