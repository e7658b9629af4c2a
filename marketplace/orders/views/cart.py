"""The cart: put in, change, take out, leave a note for a shop."""

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response

from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.session import user_id
from marketplace.catalog.models import Product, Variant
from marketplace.db import db
from marketplace.htmx import partial_or_redirect, wants_partial
from marketplace.orders import carts
from marketplace.orders.baskets import basket_of
from marketplace.orders.forms import LineForm, NoteForm, QuantityForm
from marketplace.orders.views.shopper import guest_token, my_cart, remember, show_count
from marketplace.refusal import Refusal
from marketplace.web import row_id

bp = Blueprint("cart", __name__)
bp.after_request(show_count)
CHANGES_OF_PERSON = {"accounts.sign_in", "accounts.sign_out", "accounts.register"}
Answer = str | Response | tuple[str, int]


@bp.after_app_request
def renew_count(response: Response) -> Response:
    """Signing in or out changes whose cart it is."""
    changes = request.method == "POST" and request.endpoint in CHANGES_OF_PERSON
    return show_count(response) if changes else response


@bp.get("/keranjang")
@allow(ANYONE)
def show() -> str:
    """The cart page."""
    cart = my_cart()
    return render_template("orders/cart.html", basket=basket_of(cart.id if cart else None), errors={})


@bp.post("/keranjang")
@allow(ANYONE)
def add() -> Answer:
    """Put `jumlah` more of `varian` into the cart."""
    form = QuantityForm()
    variant_id = row_id(request.form.get("varian"))
    if variant_id is None or not form.validate():
        return _ask_quantity(form, variant_id)
    try:
        token = carts.add(user_id(), guest_token(), variant_id, form.jumlah.data or 0, request.form.get("kunci"))
    except (carts.NotEnough, carts.BelowMinimum) as refusal:
        return _ask_quantity(form, variant_id, refusal)
    remember(token)
    return partial_or_redirect("orders/_added.html", url_for("cart.show"))


@bp.post("/keranjang/<int:line_id>")
@allow(ANYONE)
def change(line_id: int) -> Answer:
    """Set a line's quantity; a bad one comes back beside the line."""
    form, cart = LineForm(), my_cart()
    if "hapus" in request.form:
        form.jumlah.data, error = 0, ""
    else:
        error = "" if form.validate() else str(form.jumlah.errors[0])
    if cart and not error:
        try:
            carts.change(cart.id, line_id, form.jumlah.data or 0)
        except Refusal as refusal:
            error = str(refusal)
    return _with_error(line_id, error, request.form.get("jumlah", "")) if error else _answer()


@bp.post("/keranjang/catatan/<int:shop_id>")
@allow(ANYONE)
def note(shop_id: int) -> Answer:
    """Keep what the shopper tells one shop."""
    form, cart = NoteForm(), my_cart()
    if not form.validate():
        return _with_error(f"note-{shop_id}", str(form.catatan.errors[0]), request.form.get("catatan", ""))
    if cart:
        carts.write_note(cart.id, shop_id, form.catatan.data or "")
    return _answer()


def _answer() -> str | Response:
    cart = my_cart()
    basket = basket_of(cart.id if cart else None)
    return partial_or_redirect("orders/_cart.html", url_for("cart.show"), basket=basket, errors={})


def _with_error(place: int | str, error: str, typed: str) -> tuple[str, int]:
    """The cart again, the sentence beside its line or note and what was typed still in the field."""
    cart = my_cart()
    basket = basket_of(cart.id if cart else None)
    errors = {place: (error, typed)}
    return render_template("orders/cart.html", basket=basket, errors=errors), 422


def _ask_quantity(form: QuantityForm, variant_id: int | None, refusal: Refusal | None = None) -> tuple[str, int]:
    """A small page of its own that asks for the number again: the product page is the same for everyone."""
    if refusal:
        form.jumlah.errors = [str(refusal)]
    if wants_partial():
        return render_template("orders/_not_added.html", form=form), 422
    found = select(Variant, Product).join(Product, Product.id == Variant.product_id).where(Variant.id == variant_id)
    row = db.session.execute(found).first() if variant_id is not None else None
    if row is None:
        return render_template("orders/choose_again.html"), 422
    return render_template("orders/quantity.html", form=form, variant=row[0], product=row[1]), 422
