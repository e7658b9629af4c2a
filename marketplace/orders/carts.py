"""Carts: put something in, change it, take it out, and join a guest's cart with the member's at sign-in."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy import ColumnElement, and_, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from marketplace import once
from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders.models import Cart, CartLine, CartNote
from marketplace.orders.numbers import new_token
from marketplace.refusal import GoneAway, Refusal
from marketplace.sellers.models import Shop

MOST_LINES = 100
MOST_OF_ONE = 9999
LONGEST_NOTE = 500


class CartFull(Refusal):
    """More lines than anybody means to buy at once."""


class NotEnough(Refusal):
    """The cart would hold more of a variant than there is."""


class BelowMinimum(Refusal):
    """The shop sells this only from a certain number on."""


class ShopClosed(Refusal):
    """The shop takes no orders now."""


def cart_of(user_id: int | None, token: str | None) -> Cart | None:
    """The cart of a member, or of the guest whose session carries this token."""
    if user_id is not None:
        return db.session.scalar(select(Cart).where(Cart.user_id == user_id))
    if token is None:
        return None
    return db.session.scalar(select(Cart).where(Cart.token == token, Cart.user_id.is_(None)))


def add(user_id: int | None, token: str | None, variant_id: int, n: int, key: str | None = None) -> str:
    """Put n more of a variant into the cart and return the cart's token; `key` makes a double tap count once.

    Raises GoneAway, ShopClosed, BelowMinimum, NotEnough, CartFull.
    """
    try:
        with writing():
            answer = once.claim(f"cart:{user_id or token}:{key}") if key else None
            cart = own_cart(user_id, token)
            _add_line(cart.id, variant_id, n)
            if answer:
                answer.text = cart.token
            return cart.token
    except once.AlreadyDone as done:
        return done.text


def _add_line(cart_id: int, variant_id: int, n: int) -> None:
    line = db.session.scalar(
        select(CartLine).where(CartLine.cart_id == cart_id, CartLine.variant_id == variant_id).with_for_update()
    )
    wanted = n + (line.quantity if line else 0)
    _refuse_impossible(variant_id, wanted)
    if line:
        line.quantity = wanted
    elif _count_lines(cart_id) >= MOST_LINES:
        raise CartFull(_("Keranjang penuh. Selesaikan atau hapus sebagian isinya dulu."))
    else:
        db.session.add(CartLine(cart_id=cart_id, variant_id=variant_id, quantity=wanted))


def change(cart_id: int, line_id: int, quantity: int) -> None:
    """Set how many of a line are wanted, 0 takes it out; raises GoneAway, ShopClosed, BelowMinimum, NotEnough."""
    mine = (CartLine.id == line_id, CartLine.cart_id == cart_id)
    with writing() as session:
        variant_id = session.scalar(select(CartLine.variant_id).where(*mine))
        if variant_id is None:
            raise GoneAway(_("Barang ini sudah tidak ada di keranjang."))
        if quantity == 0:
            session.execute(delete(CartLine).where(*mine))
            return
        _refuse_impossible(variant_id, quantity)
        session.execute(update(CartLine).where(*mine).values(quantity=quantity))


def write_note(cart_id: int, shop_id: int, note: str) -> None:
    """Keep what the shopper tells one shop; an empty note is removed. At most LONGEST_NOTE characters are kept."""
    with writing() as session:
        session.execute(delete(CartNote).where(CartNote.cart_id == cart_id, CartNote.shop_id == shop_id))
        known = session.scalar(select(Shop.id).where(Shop.id == shop_id))
        if note.strip() and known:
            session.add(CartNote(cart_id=cart_id, shop_id=shop_id, note=note.strip()[:LONGEST_NOTE]))


def keep_draft(cart_id: int, draft: dict[str, Any]) -> None:
    """Keep what the checkout form holds so far."""
    with writing() as session:
        session.execute(update(Cart).where(Cart.id == cart_id).values(draft=draft, touched_at=now()))


def count_of(user_id: int | None, token: str | None) -> int:
    """How many lines the cart of a member, or of the guest with this token, has: the number beside its icon."""
    if user_id is None and token is None:
        return 0
    whose = Cart.user_id == user_id if user_id is not None else and_(Cart.token == token, Cart.user_id.is_(None))
    return db.session.scalar(select(func.count(CartLine.id)).join(Cart).where(whose)) or 0


def merge(user_id: int, token: str) -> None:
    """Bring a guest's cart into the member's: quantities of the same variant are not added up, the larger one stays."""
    with writing() as session:
        guest = session.scalar(select(Cart).where(Cart.token == token, Cart.user_id.is_(None)).with_for_update())
        if guest is None:
            return
        own_id = session.scalar(select(Cart.id).where(Cart.user_id == user_id))
        if own_id is None:
            guest.user_id = user_id
            return
        for model, column in ((CartLine, CartLine.variant_id), (CartNote, CartNote.shop_id)):
            theirs = select(column).where(model.cart_id == own_id)
            moved = update(model).where(model.cart_id == guest.id, column.not_in(theirs)).values(cart_id=own_id)
            session.execute(moved.execution_options(synchronize_session=False))
        _keep_larger(own_id, guest.id)
        session.execute(delete(Cart).where(Cart.id == guest.id))


def _keep_larger(own_id: int, guest_id: int) -> None:
    rest = select(CartLine.variant_id, CartLine.quantity).where(CartLine.cart_id == guest_id)
    for variant_id, quantity in db.session.execute(rest).all():
        same = (CartLine.cart_id == own_id, CartLine.variant_id == variant_id, CartLine.quantity < quantity)
        db.session.execute(update(CartLine).where(*same).values(quantity=quantity))
    for model in (CartLine, CartNote):
        db.session.execute(delete(model).where(_belongs(model, guest_id)))


def _belongs(model: type[CartLine] | type[CartNote], cart_id: int) -> ColumnElement[bool]:
    return model.cart_id == cart_id


def own_cart(user_id: int | None, token: str | None) -> Cart:
    """The shopper's cart, made when there is none; its row is locked, so that two tabs add one after the other."""
    cart = cart_of(user_id, token)
    if cart is None:
        if user_id is None:
            return _new_guests_cart()
        cart = _new_cart(user_id)
    db.session.execute(update(Cart).where(Cart.id == cart.id).values(touched_at=now()))
    return cart


def _new_guests_cart() -> Cart:
    """A cart that nobody else knows of before the end of this writing()."""
    cart = Cart(token=new_token(), touched_at=now())
    db.session.add(cart)
    db.session.flush()
    return cart


def _new_cart(user_id: int) -> Cart:
    """A cart; the same member's other tab may be opening one in this moment, and then that one is taken."""
    cart = Cart(token=new_token(), user_id=user_id, touched_at=now())
    try:
        with db.session.begin_nested():
            db.session.add(cart)
    except IntegrityError:
        return db.session.scalars(select(Cart).where(Cart.user_id == user_id)).one()
    return cart


def hold_at_least(cart_id: int, variant_id: int, n: int) -> bool:
    """Inside writing(), n or more of a variant in a cart that own_cart locked; False when it has no room for a line."""
    here = (CartLine.cart_id == cart_id, CartLine.variant_id == variant_id)
    if db.session.scalar(select(CartLine.id).where(*here)) is not None:
        db.session.execute(update(CartLine).where(*here, CartLine.quantity < n).values(quantity=n))
        return True
    if _count_lines(cart_id) >= MOST_LINES:
        return False
    db.session.add(CartLine(cart_id=cart_id, variant_id=variant_id, quantity=n))
    return True


def _count_lines(cart_id: int) -> int:
    return db.session.scalar(select(func.count()).select_from(CartLine).where(CartLine.cart_id == cart_id)) or 0


def _refuse_impossible(variant_id: int, wanted: int) -> None:
    """Say no to what could not be ordered in this moment."""
    found = (
        select(Variant, Product, Shop)
        .join(Product, Product.id == Variant.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(Variant.id == variant_id)
    )
    row = db.session.execute(found).first()
    if row is None or row[1].state != ProductState.PUBLISHED or not row[0].is_offered:
        raise GoneAway(_("Produk ini sudah tidak dijual."))
    variant, product, shop = row
    if not shop.takes_orders(now()):
        raise ShopClosed(_("Toko %(shop)s sedang tutup dan belum menerima pesanan.", shop=shop.name))
    if wanted < product.min_order:
        raise BelowMinimum(_("Minimal %(n)s untuk produk ini.", n=product.min_order))
    if wanted > min(variant.available, MOST_OF_ONE):
        raise NotEnough(_("Stok tidak cukup, tersisa %(n)s", n=variant.available))
