"""Makes people, shops and goods for tests, and the fixed cast that most of them play with."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count

from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.catalog.indexing import reindex
from marketplace.catalog.models import Category, Product, ProductState, Variant
from marketplace.db import db, writing
from marketplace.places.models import Kelurahan
from marketplace.sellers.models import Shop, ShopMember, ShopState

LONG_AGO = datetime(2026, 1, 5, 3, 0, tzinfo=UTC)
_numbers = count(1)


def kelurahan_id(name: str = "Balongsari") -> int:
    """The id of one of the city's kelurahan."""
    return db.session.scalars(select(Kelurahan.id).where(Kelurahan.name == name)).one()


def category_id(slug: str) -> int:
    """The id of a shelf."""
    return db.session.scalars(select(Category.id).where(Category.slug == slug)).one()


def make_user(name: str, **values: object) -> User:
    """A person with a proved phone. Call inside writing()."""
    fields = {
        "phone": f"62812{next(_numbers):08}",
        "phone_proved_at": LONG_AGO,
        "password_hash": "!",
        "consent_version": "2026-11",
    }
    user = User(name=name, created_at=LONG_AGO, **{**fields, **values})  # type: ignore[arg-type]
    db.session.add(user)
    db.session.flush()
    return user


def make_shop(name: str, owner: User, **values: object) -> Shop:
    """A verified shop in Balongsari with its owner. Call inside writing()."""
    fields = {
        "slug": name.lower().replace(" ", "-"),
        "whatsapp": "6281234567890",
        "kelurahan_id": kelurahan_id(),
        "state": ShopState.VERIFIED,
        "verified_at": LONG_AGO,
        "created_at": LONG_AGO,
    }
    shop = Shop(name=name, **{**fields, **values})  # type: ignore[arg-type]
    db.session.add(shop)
    db.session.flush()
    db.session.add(ShopMember(shop_id=shop.id, user_id=owner.id, is_owner=True))
    return shop


def make_product(shop: Shop, title: str, category: str, variants: list[dict[str, object]], **values: object) -> Product:
    """A published product; a variant is a dict with at least price, on_hand, weight_grams. Call inside writing()."""
    prices = [int(str(variant["price"])) for variant in variants]
    fields = {
        "slug": title.lower().replace(" ", "-"),
        "description": f"{title} dari {shop.name}.",
        "words": f"{title} {shop.name}".lower(),
        "state": ProductState.PUBLISHED,
        "price_min": min(prices),
        "price_max": max(prices),
        "in_stock": any(variant["on_hand"] for variant in variants),
        "created_at": LONG_AGO,
    }
    product = Product(shop_id=shop.id, category_id=category_id(category), title=title, **{**fields, **values})  # type: ignore[arg-type]
    db.session.add(product)
    db.session.flush()
    for position, variant in enumerate(variants):
        db.session.add(Variant(product_id=product.id, position=position, **variant))  # type: ignore[arg-type]
    db.session.flush()
    reindex([product.id])
    return product


@dataclass
class Market:
    """The cast's ids: people["siti"], shops["bu_ani"], products["onde"], variants["sepatu 39 Hitam"]."""

    people: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    shops: dict[str, int] = field(default_factory=dict)
    products: dict[str, int] = field(default_factory=dict)
    variants: dict[str, int] = field(default_factory=dict)


def open_market() -> Market:
    """Siti buys, Bu Ani sells onde-onde, Pak Budi sells shoes, Bu Rina is the officer, Joko has nothing."""
    market = Market()
    with writing() as session:
        people = {who: make_user(name, **extra) for who, name, extra in CAST}
        ani = make_shop(
            "Onde-onde Bu Ani", people["bu_ani"], fee_kelurahan=0, fee_kecamatan=5000, fee_city=8000, fee_outside=15000
        )
        budi = make_shop(
            "Sepatu Pak Budi",
            people["pak_budi"],
            kelurahan_id=kelurahan_id("Miji"),
            fee_city=10000,
            whatsapp="6281234567891",
        )
        onde = make_product(
            ani,
            "Onde-onde isi 10",
            "jajanan-basah",
            [{"price": 25000, "on_hand": 30, "weight_grams": 600, "sku": "OND-10"}],
            shelf_life_days=2,
        )
        shoe = make_product(
            budi,
            "Sepatu Pantofel Kulit",
            "sepatu",
            [
                {
                    "price": 185000 + 5000 * (size > 40),
                    "on_hand": 4,
                    "weight_grams": 900,
                    "size": str(size),
                    "colour": colour,
                    "sku": f"SPT-{size}-{colour}",
                }
                for size in (39, 40, 41)
                for colour in ("Hitam", "Cokelat")
            ],
        )
        variants = session.scalars(select(Variant).order_by(Variant.id)).all()
        market.people = {who: person.id for who, person in people.items()}
        market.tokens = {who: person.session_token for who, person in people.items()}
        market.shops = {"bu_ani": ani.id, "pak_budi": budi.id}
        market.products = {"onde": onde.id, "sepatu": shoe.id}
        market.variants = {"onde": variants[0].id} | {f"sepatu {v.size} {v.colour}": v.id for v in variants[1:]}
    return market


CAST: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("siti", "Siti Aminah", {}),
    ("bu_ani", "Ani Wulandari", {}),
    ("pak_budi", "Budi Santoso", {}),
    ("bu_rina", "Rina Hartati", {"is_officer": True}),
    ("joko", "Joko Susilo", {}),
)
