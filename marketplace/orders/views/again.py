"""Beli lagi: the goods of an order go into the cart once more."""

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from marketplace.accounts.session import user_id
from marketplace.orders.buying_again import buy_again
from marketplace.orders.models import Order
from marketplace.orders.views.shopper import guest_token, remember


def to_cart(order: Order) -> Response:
    """Fill the cart as far as it goes, say what did not, and show it."""
    token, put, sentences = buy_again(user_id(), guest_token(), order.id)
    remember(token)
    if put:
        flash(_("Barang dari pesanan ini ada di keranjang, dengan harga hari ini."), "success")
    for sentence in sentences:
        flash(sentence, "warning")
    return redirect(url_for("cart.show"), 303)
