"""What a voucher's code takes off a cart now, shop by shop; or the sentence that says why nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.clock import format_date
from marketplace.db import db
from marketplace.language import language
from marketplace.money import format_rupiah, split
from marketplace.orders.baskets import Basket
from marketplace.orders.voucher_models import Voucher, VoucherBuyer, VoucherState

LONGEST_CODE, LONGEST_TYPED = 20, 40


@dataclass(frozen=True)
class Reduction:
    """A code as it was typed with what it takes off: rupiah by shop id. With a `problem` it takes nothing off."""

    code: str = ""
    voucher: Voucher | None = None
    problem: str = ""
    off: Mapping[int, int] = field(default_factory=dict)


def read_code(typed: str) -> str:
    """A code as it is kept: `onde 10` is ONDE10."""
    return re.sub(r"[^A-Z0-9]", "", typed.upper())[:LONGEST_CODE]


def reduction_of(typed: str, basket: Basket, phone: str) -> Reduction:
    """What is taken off for this phone number; nothing typed costs no statement."""
    typed = typed.replace("\x00", "").strip()[:LONGEST_TYPED]
    if not typed:
        return Reduction()
    voucher = db.session.scalar(select(Voucher).where(Voucher.code == read_code(typed)))
    if voucher is None:
        return Reduction(typed, problem=_("Kode voucher ini tidak ada. Periksa lagi tulisannya."))
    goods = {parcel.shop.id: parcel.goods_total for parcel in basket.parcels}
    if voucher.shop_id is not None:
        goods = {shop_id: total for shop_id, total in goods.items() if shop_id == voucher.shop_id}
    if problem := _problem(voucher, sum(goods.values()), phone):
        return Reduction(typed, problem=problem)
    return Reduction(typed, voucher, off=shared(voucher, goods))


def shared(voucher: Voucher, goods: Mapping[int, int]) -> dict[int, int]:
    """What it takes off shops' goods, rupiah by shop id, in proportion to them (largest remainder).

    Of every order a rupiah stays to be paid: a payment of nothing is none.
    """
    shares = split(voucher.off(sum(goods.values())), [total - 1 for total in goods.values()])
    return dict(zip(goods, shares, strict=True))


def _problem(voucher: Voucher, goods: int, phone: str) -> str:
    """Why it takes nothing off goods of so many rupiah; empty when it does."""
    if voucher.state != VoucherState.ACTIVE:
        return not_now(voucher)
    if not goods:
        return _("Voucher ini hanya untuk toko lain, yang tidak ada di keranjang Anda.")
    if goods < voucher.minimum:
        least, lacking = format_rupiah(voucher.minimum), format_rupiah(voucher.minimum - goods)
        return _("Voucher ini untuk belanja mulai %(least)s: kurang %(lacking)s lagi.", least=least, lacking=lacking)
    mine = (VoucherBuyer.voucher_id == voucher.id, VoucherBuyer.phone == phone)
    used = db.session.scalar(select(VoucherBuyer).where(*mine))
    return taken_before() if used is not None and not used.available else ""


def not_now(voucher: Voucher) -> str:
    """Why a voucher cannot be used at all in this moment."""
    if voucher.state == VoucherState.COMING:
        return _("Voucher ini baru berlaku %(day)s.", day=format_date(voucher.starts_at, language()))
    if voucher.state == VoucherState.USED_UP:
        return used_up()
    return _("Voucher ini sudah tidak berlaku.")


def used_up() -> str:
    """Others were faster."""
    return _("Voucher ini sudah habis dipakai.")


def taken_before() -> str:
    """A phone number has had all that it may."""
    return _("Nomor HP ini sudah memakai voucher ini.")
