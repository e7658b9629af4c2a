"""Beli lagi: what was ordered once goes into the cart again, as far as it can be bought now."""

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog.models import Product, Variant
from marketplace.clock import now
from marketplace.db import writing
from marketplace.orders import carts
from marketplace.orders.baskets import Problem, diagnose
from marketplace.orders.models import OrderLine
from marketplace.orders.wording import variant_of
from marketplace.sellers.models import Shop


def buy_again(user_id: int | None, token: str | None, order_id: int) -> tuple[str, int, list[str]]:
    """Let the cart hold at least what the order held, so that a second tap adds nothing.

    Returns the cart's token, how many lines went in, and a sentence for each line that did not, or not whole.
    """
    ordered = (
        select(OrderLine, Variant, Product, Shop)
        .join(Variant, Variant.id == OrderLine.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.id)
    )
    put, sentences = 0, []
    with writing() as session:
        cart = carts.own_cart(user_id, token)
        for line, variant, product, shop in session.execute(ordered).all():
            problem, quantity = diagnose(line.quantity, variant, product, shop, now())
            fits = problem in {None, Problem.SHORT} and carts.hold_at_least(cart.id, variant.id, quantity)
            put += fits
            if problem or not fits:
                sentences.append(_sentence(variant_of(line.title, line.variant_label), problem, quantity))
        return cart.token, put, sentences


def _sentence(title: str, problem: Problem | None, quantity: int) -> str:
    """What became of a line that is not in the cart as it was ordered."""
    if problem == Problem.SHORT:
        return _("%(title)s: stok tinggal %(count)s.", title=title, count=quantity)
    if problem == Problem.BELOW_MINIMUM:
        return _("%(title)s: sekarang minimal %(count)s, jadi tidak dimasukkan.", title=title, count=quantity)
    if problem == Problem.SOLD_OUT:
        return _("%(title)s: stok habis.", title=title)
    if problem == Problem.CLOSED:
        return _("%(title)s: tokonya sedang tutup.", title=title)
    if problem == Problem.GONE:
        return _("%(title)s: sudah tidak dijual.", title=title)
    return _("%(title)s: keranjang penuh.", title=title)
