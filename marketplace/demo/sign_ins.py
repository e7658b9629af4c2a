"""The accounts that visitors of a demo market may sign in with."""

from dataclasses import dataclass

from flask import Flask
from flask_babel import lazy_gettext as _l

from marketplace.config import settings
from marketplace.demo import content

PASSWORD = "majapahit-demo"  # noqa: S105  # printed on the sign-in page of every demo market
_ROLES = {
    "siti": _l("Pembeli"),
    "ani": _l("Penjual onde-onde"),
    "budi": _l("Penjual sepatu"),
    "rina": _l("Petugas kantor"),
}


@dataclass(frozen=True)
class SignIn:
    """Who this is, and what to type: `phone` as people write it."""

    role: str
    name: str
    phone: str
    password: str


def init_app(app: Flask) -> None:
    """Let pages show the sign-ins: `demo_sign_ins()` in templates."""
    app.jinja_env.globals["demo_sign_ins"] = sign_ins


def sign_ins() -> list[SignIn]:
    """A buyer, two sellers and an officer; nobody when this is no demo market."""
    if not settings().demo:
        return []
    people = content.people()
    return [SignIn(str(role), people[who]["name"], people[who]["phone"], PASSWORD) for who, role in _ROLES.items()]
