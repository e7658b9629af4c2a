"""Checkout: a cart and a draft become one order group with one order per shop, all at once or not at all."""

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import delete, select, update

from marketplace import jobs, once
from marketplace.accounts.addresses import copy_for_order
from marketplace.accounts.terms import TERMS_VERSION
from marketplace.catalog import stock
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.language import language
from marketplace.orders import holds, paying, states, together, vouchers
from marketplace.orders.baskets import Basket, Parcel
from marketplace.orders.models import Actor, Cart, CartLine, CartNote, Delivery, Order, OrderGroup, OrderLine, State
from marketplace.orders.numbers import new_order_number, new_token
from marketplace.orders.promises import accept_by
from marketplace.orders.summary import Choice, Summary, summarise
from marketplace.orders.voucher_models import Voucher
from marketplace.refusal import Refusal


class NothingToOrder(Refusal):
    """The cart is empty, or nothing in it can be ordered now."""


class NoWayThere(Refusal):
    """A shop neither brings its goods to this address nor can they be picked up."""


class NoWayToPay(Refusal):
    """The shop takes this order's money in none of its ways, or not in the one that the shopper has chosen."""


class TotalChanged(Refusal):
    """Prices, stock or fees moved since the shopper last saw the total."""


def place_order(
    cart_id: int, draft: dict[str, Any], *, key: str, user_id: int | None, expected_total: int, shown: str | None = None
) -> str:
    """Turn the cart into orders and return the group's token; the same key returns the same token.

    `shown` is the digest of the summary that the shopper saw, None when nobody was shown one (the demo market).

    1. claim the key, so that a double tap waits here and then gets the first one's answer; lock the cart, so that
       another tab with another key finds it empty;
    2. price everything again inside the transaction; what the shopper did not see is not ordered (TotalChanged);
    3. take the stock, in id order, and a use of the voucher, by conditional updates (TotalChanged or NotUsable when
       somebody was faster);
    4. write group, orders, lines, holds, payments, history, the jobs that follow; empty the cart of what was ordered.
    Raises NothingToOrder, NoWayThere, NoWayToPay, NotUsable, TotalChanged; then nothing has changed.
    """
    try:
        with writing():
            answer = once.claim(f"order:{key}")
            db.session.execute(select(Cart.id).where(Cart.id == cart_id).with_for_update())
            summary = _checked(summarise(cart_id, draft), expected_total, shown)
            _take_stock(summary.basket)
            group = _open_group(draft, user_id, summary.total)
            if voucher := summary.reduction.voucher:
                vouchers.use(voucher, group)
            orders = [_open_order(group, choice, draft, voucher) for choice in summary.choices]
            together.start(orders, by=Actor.BUYER, actor_id=user_id)
            _empty(cart_id, summary.basket)
            answer.text = group.token
            return group.token
    except once.AlreadyDone as done:
        return done.text


def placed_by(key: str) -> str | None:
    """The group's token if this form's key has placed an order already."""
    return once.answer_of(f"order:{key}")


def _checked(summary: Summary, expected_total: int, shown: str | None) -> Summary:
    if not summary.choices:
        raise NothingToOrder(_("Keranjang Anda kosong, atau isinya sedang tidak bisa dipesan."))
    if summary.reduction.problem:
        raise vouchers.NotUsable(summary.reduction.problem)
    for choice in summary.choices:
        if choice.way is None:
            raise NoWayThere(_("%(shop)s tidak mengirim ke alamat ini.", shop=choice.parcel.shop.name))
        if choice.pay is None:
            raise NoWayToPay(_("Pilih cara bayar lain untuk %(shop)s.", shop=choice.parcel.shop.name))
    if summary.total != expected_total:
        raise TotalChanged(_("Total berubah karena harga, stok, atau ongkir berubah. Periksa lagi sebelum memesan."))
    if shown not in (None, summary.digest):
        raise TotalChanged(_("Isi pesanan berubah, mungkin di tab lain. Periksa lagi sebelum memesan."))
    return summary


def _take_stock(basket: Basket) -> None:
    try:
        stock.take(basket.quantities)
    except stock.Short as short:
        title = next(line.product.title for line in basket.lines if line.variant.id == short.variant_id)
        raise TotalChanged(
            _("Stok %(title)s baru saja berkurang. Periksa lagi sebelum memesan.", title=title)
        ) from short


def _open_group(draft: dict[str, Any], user_id: int | None, total: int) -> OrderGroup:
    contact = draft["contact"]
    group = OrderGroup(
        token=new_token(),
        contact_name=contact["name"],
        contact_phone=contact["phone"],
        contact_email=contact.get("email", ""),
        total=total,
        consent_version=TERMS_VERSION,
        placed_at=now(),
        language=language(),
        user_id=user_id,
    )
    db.session.add(group)
    db.session.flush()
    return group


def _open_order(group: OrderGroup, choice: Choice, draft: dict[str, Any], voucher: Voucher | None) -> Order:
    """One order with what stands behind it; its payment, unless it is paid together with others."""
    assert choice.pay is not None  # _checked has seen to it
    order = _new_order(group, choice, draft)
    if voucher and choice.discount:
        order.discount_by, order.voucher_code = voucher.paid_by, voucher.code
    db.session.add(order)
    db.session.flush()
    _write_lines(order.id, choice.parcel)
    states.record(order.id, None, order.state, by=Actor.BUYER, at=group.placed_at, actor_id=group.user_id)
    if not choice.pay.is_shared:
        payment = paying.start(order, choice.pay, by=Actor.BUYER, actor_id=group.user_id)
        order.accept_by = payment.deadline or order.accept_by
    if order.state == State.PLACED:
        jobs.enqueue("orders.expire", due_at=order.accept_by, order_id=order.id)
    jobs.enqueue("orders.tell", order_id=order.id, state=order.state, by=Actor.BUYER)
    return order


def _new_order(group: OrderGroup, choice: Choice, draft: dict[str, Any]) -> Order:
    parcel, way, pay = choice.parcel, choice.way, choice.pay
    assert way is not None and pay is not None  # _checked has seen to it
    return Order(
        number=_free_number(group.placed_at),
        group_id=group.id,
        shop_id=parcel.shop.id,
        shop_name=parcel.shop.name,
        state=State.AWAITING_PAYMENT if pay.is_prepaid else State.PLACED,
        delivery=way.kind,
        pay_by=pay.code,
        goods_total=parcel.goods_total,
        delivery_fee=way.fee,
        discount=choice.discount,
        total=choice.total,
        placed_at=group.placed_at,
        accept_by=accept_by(parcel.shop, parcel.made_to_order, group.placed_at),
        handover=way.where,
        made_to_order=parcel.made_to_order,
        lead_days=parcel.lead_days,
        courier=way.courier,
        address=None if way.kind == Delivery.PICKUP else copy_for_order(draft["address"]),
        note=parcel.note,
        fee_rate=parcel.shop.fee_rate,
    )


def _write_lines(order_id: int, parcel: Parcel) -> None:
    for line in parcel.lines:
        copied = OrderLine(
            order_id=order_id,
            product_id=line.product.id,
            variant_id=line.variant.id,
            title=line.product.title,
            variant_label=line.variant.label,
            price=line.variant.price,
            quantity=line.quantity,
            weight_grams=line.variant.weight_grams,
        )
        db.session.add(copied)
    holds.hold(order_id, {line.variant.id: line.quantity for line in parcel.lines})


def _free_number(at: datetime) -> str:
    """A number that no order has; two checkouts choosing the same one in the same instant is left to UNIQUE."""
    while True:
        number = new_order_number(at)
        if db.session.scalar(select(Order.id).where(Order.number == number)) is None:
            return number


def _empty(cart_id: int, basket: Basket) -> None:
    """Take out what was ordered; lines that could not be ordered stay for another day."""
    db.session.execute(delete(CartLine).where(CartLine.id.in_([line.id for line in basket.lines])))
    shops = [parcel.shop.id for parcel in basket.parcels]
    db.session.execute(delete(CartNote).where(CartNote.cart_id == cart_id, CartNote.shop_id.in_(shops)))
    db.session.execute(update(Cart).where(Cart.id == cart_id).values(draft={}))
