"""Slugs: what names become, and that two rows never share one."""

import threading

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.sellers.models import Shop
from marketplace.slugs import LONGEST, add_with_slug, slug_of
from tests.factories import kelurahan_id


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Onde-onde Bu Ani", "onde-onde-bu-ani"),
        ("  Kopi & Teh!! ", "kopi-teh"),
        ("Café Ré", "cafe-re"),
        ("鞋", "toko"),
        ("--", "toko"),
        ("a" * 80, "a" * LONGEST),
        ("a" * (LONGEST - 1) + " b", "a" * (LONGEST - 1)),
    ],
)
def test_a_slug_is_plain_ascii(text: str, slug: str) -> None:
    assert slug_of(text, "toko") == slug


def shop(name: str) -> Shop:
    """A shop that was not added yet."""
    return Shop(slug="", name=name, whatsapp="6281234567890", kelurahan_id=kelurahan_id(), created_at=now())


def test_the_first_free_number_stands_behind_a_taken_slug(app: Flask) -> None:
    with app.app_context(), writing():
        slugs = [add_with_slug(shop("Toko"), Shop.slug, "toko") for _ in range(3)]
        assert slugs == ["toko", "toko-2", "toko-3"]
        assert add_with_slug(shop("Tok"), Shop.slug, "tok") == "tok"
        assert add_with_slug(shop("Toko_"), Shop.slug, "toko_") == "toko_"


def test_two_at_the_same_moment_get_two_slugs(app: Flask) -> None:
    barrier = threading.Barrier(4)

    def open_one() -> None:
        with app.app_context():
            barrier.wait()
            with writing():
                add_with_slug(shop("Toko"), Shop.slug, "toko")

    threads = [threading.Thread(target=open_one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with app.app_context():
        assert sorted(db.session.scalars(select(Shop.slug))) == ["toko", "toko-2", "toko-3", "toko-4"]
