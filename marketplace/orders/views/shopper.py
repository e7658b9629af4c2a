"""Whose cart this request speaks of: the member's, or the one whose token a guest's session carries."""

from typing import Any
from urllib.parse import urlsplit

from flask import request, session, url_for
from werkzeug.wrappers import Response

from marketplace.accounts.session import user_id
from marketplace.config import settings
from marketplace.orders import carts
from marketplace.orders.models import Cart

COUNT_COOKIE = "keranjang"


def my_cart() -> Cart | None:
    """The cart of this browser, if it has one."""
    return carts.cart_of(user_id(), guest_token())


def guest_token() -> str | None:
    """The token of a guest's cart."""
    token: str | None = session.get("cart")
    return token


def remember(token: str) -> None:
    """Let a guest's browser find its cart again."""
    if user_id() is None:
        session["cart"] = token
        session.permanent = True


def show_count(response: Response) -> Response:
    """After each page of cart and checkout: keep the number that the script draws beside the cart true.

    A redirect to another of these pages leaves it to that page.
    """
    shown_next = (url_for("cart.show"), url_for("checkout.show"))
    if response.location and urlsplit(response.location).path.startswith(shown_next):
        return response
    count = str(carts.count_of(user_id(), guest_token()))
    if request.cookies.get(COUNT_COOKIE, "0") != count:
        response.set_cookie(COUNT_COOKIE, count, max_age=60 * 24 * 3600, secure=settings().secure, samesite="Lax")
    return response


def merge_on_sign_in(_sender: Any, *, user_id: int, **_: Any) -> None:
    """Bring the guest's cart along when its owner signs in."""
    token = guest_token()
    if token:
        carts.merge(user_id, token)
