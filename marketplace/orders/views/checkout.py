"""Checkout in two pages: who and where, then ways of delivery with the total; the button there places the order."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from marketplace import once
from marketplace.accounts.access import ANYONE, allow
from marketplace.accounts.addresses import CITY, OUTSIDE, address_of, addresses_of, place_of, values_of
from marketplace.accounts.models import Address
from marketplace.accounts.session import user_id
from marketplace.db import db
from marketplace.orders import carts, checkout
from marketplace.orders.baskets import basket_of
from marketplace.orders.forms import CheckoutForm, PlaceForm
from marketplace.orders.reductions import LONGEST_TYPED
from marketplace.orders.summary import Summary, destination_of, summarise
from marketplace.orders.views import card
from marketplace.orders.views.shopper import my_cart, show_count
from marketplace.orders.vouchers import NotUsable
from marketplace.refusal import Refusal
from marketplace.web import row_id

bp = Blueprint("checkout", __name__, url_prefix="/checkout")
bp.after_request(show_count)
Answer = str | Response | tuple[str, int]


@bp.get("")
@allow(ANYONE)
def show() -> Answer:
    """The form for name and address, filled with what is known."""
    cart = my_cart()
    basket = basket_of(cart.id if cart else None)
    if cart is None or not basket.parcels:
        return redirect(url_for("cart.show"), 303)
    form = CheckoutForm(MultiDict(), data=_known(cart.draft))
    return _form_page(form, basket)


@bp.post("")
@allow(ANYONE)
def save() -> Answer:
    """Keep the form and go on to the summary."""
    cart, form = my_cart(), CheckoutForm()
    if cart is None:
        return redirect(url_for("cart.show"), 303)
    if not form.validate():
        return _form_page(form, basket_of(cart.id)), 422
    carts.keep_draft(cart.id, {**cart.draft, **form.draft()})
    return redirect(url_for("checkout.review"), 303)


@bp.get("/ringkasan")
@allow(ANYONE)
def review() -> Answer:
    """What will be ordered, how it comes and what it costs in all."""
    cart = my_cart()
    if cart is None or not cart.draft.get("contact"):
        return redirect(url_for("checkout.show"), 303)
    summary = summarise(cart.id, cart.draft)
    if not summary.choices:
        return redirect(url_for("cart.show"), 303)
    return _summary_page(cart.draft, summary)


@bp.post("/ringkasan")
@allow(ANYONE)
def choose() -> Answer:
    """Keep the chosen ways of delivery and the voucher, and show the new total."""
    cart = my_cart()
    if cart is None:
        return redirect(url_for("cart.show"), 303)
    cart_id, draft = cart.id, _with_choices(cart.draft)
    carts.keep_draft(cart_id, draft)
    return _wrong_voucher(cart_id, draft) or redirect(url_for("checkout.review"), 303)


@bp.post("/pesan")
@allow(ANYONE)
def place() -> Answer:
    """Place the order that was shown; if it is no longer the same, show it anew and say so."""
    cart, form = my_cart(), PlaceForm()
    if not form.validate():
        return redirect(url_for("checkout.review"), 303)
    key = str(form.kunci.data)
    if placed := checkout.placed_by(key):
        return _receipt(placed)
    if cart is None or not cart.draft.get("contact"):
        return redirect(url_for("cart.show"), 303)
    return _place(cart.id, _with_choices(cart.draft), form)


def _place(cart_id: int, draft: dict[str, Any], form: PlaceForm) -> Answer:
    key, total, shown = str(form.kunci.data), int(form.total.data or 0), str(form.dilihat.data)
    try:
        return _receipt(
            checkout.place_order(cart_id, draft, key=key, user_id=user_id(), expected_total=total, shown=shown)
        )
    except checkout.NothingToOrder:
        return redirect(url_for("cart.show"), 303)
    except (checkout.TotalChanged, checkout.NoWayThere, checkout.NoWayToPay, NotUsable) as refusal:
        carts.keep_draft(cart_id, draft)
        return _summary_page(draft, summarise(cart_id, draft), refusal), 409


def _wrong_voucher(cart_id: int, draft: dict[str, Any]) -> Answer | None:
    """The summary with what is the matter with the voucher's code; None when nothing is."""
    if not draft["voucher"] or not draft.get("contact"):
        return None
    summary = summarise(cart_id, draft)
    return (_summary_page(draft, summary), 422) if summary.choices and summary.reduction.problem else None


def _receipt(token: str) -> Response:
    return redirect(card.first_stop(token), 303)


def _form_page(form: CheckoutForm, basket: Any) -> str:
    saved = db.session.scalars(addresses_of(current_user.id)).all() if current_user.is_authenticated else []
    return render_template("orders/checkout.html", form=form, basket=basket, saved=saved)


def _summary_page(draft: dict[str, Any], summary: Summary, refusal: Refusal | None = None) -> str:
    session.modified = True  # keeps a guest's cart alive while the form is open
    return render_template(
        "orders/summary.html",
        draft=draft,
        summary=summary,
        destination=destination_of(draft),
        key=once.new_key(),
        refusal=refusal,
    )


def _with_choices(draft: dict[str, Any]) -> dict[str, Any]:
    """The draft with what the summary page's form names: `cara-<shop id>` brings, `bayar-<shop id>` pays, a voucher."""
    ways, pays = draft.get("ways", {}), draft.get("pays", {})
    code = request.form.get("voucher", draft.get("voucher", ""))[:LONGEST_TYPED]
    return {**draft, "ways": {**ways, **_named("cara-")}, "pays": {**pays, **_named("bayar-")}, "voucher": code}


def _named(prefix: str) -> dict[str, str]:
    """{shop id: code} of the fields that begin so."""
    return {name.removeprefix(prefix): code for name, code in request.form.items() if name.startswith(prefix)}


def _known(draft: dict[str, Any]) -> dict[str, Any]:
    """What the form can be filled with: a saved address asked for, the draft, or the person's own data."""
    if current_user.is_authenticated and (chosen := row_id(request.args.get("alamat"))):
        return _of_address(address_of(current_user.id, chosen))
    if draft.get("contact"):
        contact, address = draft["contact"], draft.get("address") or {}
        place = OUTSIDE if address.get("province") else CITY
        known = {"recipient": contact["name"], "phone": contact["phone"], "email": contact["email"], "place": place}
        return {**address, **known, "cara": "antar" if address else "ambil"}
    if not current_user.is_authenticated:
        return {}
    return _of_address(db.session.scalar(addresses_of(current_user.id).limit(1)))


def _of_address(address: Address | None) -> dict[str, Any]:
    """A saved address as the form's values, else the person's own name and number."""
    if address is None:
        return {"recipient": current_user.name, "phone": current_user.phone, "email": current_user.email}
    return {**values_of(address), "place": place_of(address), "email": current_user.email}
