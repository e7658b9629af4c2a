"""What several tests of accounts do: fill in the forms of registering and signing in, and read the database."""

import re
from typing import Any

from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.accounts.passwords import hashed
from marketplace.db import db, writing
from tests.browser import Browser, Page
from tests.factories import make_user

PASSWORD = "kopi tubruk pagi"


def register(browser: Browser, identity: str = "0812-3456-7890", **changes: Any) -> Page:
    """Fill in the form of `/daftar`."""
    fields = {"name": "Siti Aminah", "identity": identity, "password": PASSWORD, "consent": "y", **changes}
    return browser.submit(browser.get("/daftar"), "/daftar", follow=False, **fields)


def sign_in(browser: Browser, identity: str = "0812-3456-7890", password: str = PASSWORD, path: str = "/masuk") -> Page:
    """Fill in the form of `/masuk`."""
    return browser.submit(browser.get(path), "/masuk", follow=False, identity=identity, password=password)


def is_signed_in(browser: Browser) -> bool:
    """Whether this browser may open the account's page."""
    return browser.get("/akun").status == 200


def with_password(app: Flask, name: str, password: str = PASSWORD, **values: object) -> int:
    """The id of a person who can sign in with a password; unproved unless the values say otherwise."""
    with app.app_context(), writing():
        return make_user(name, **{"password_hash": hashed(password), "phone_proved_at": None, **values}).id


def person(app: Flask, id: int | None = None) -> User:
    """The person with this id, or the only one there is."""
    with app.app_context():
        wanted = select(User) if id is None else select(User).where(User.id == id)
        return db.session.scalars(wanted).one()


def people(app: Flask) -> list[User]:
    """Everybody, oldest first."""
    with app.app_context():
        return list(db.session.scalars(select(User).order_by(User.id)))


def link_in(letter: str) -> str:
    """The path of the link that a letter carries."""
    found = re.search(r"http://localhost(/\S+)", letter)
    assert found, f"no link in {letter!r}"
    return found[1]
