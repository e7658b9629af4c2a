"""How vouchers are spoken of: what they take off, how they stand."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.money import format_rupiah
from marketplace.orders.voucher_models import Voucher, VoucherState

LABELS = {
    VoucherState.ACTIVE: _l("Berlaku"),
    VoucherState.COMING: _l("Belum mulai"),
    VoucherState.USED_UP: _l("Habis dipakai"),
    VoucherState.OVER: _l("Sudah lewat"),
    VoucherState.ENDED: _l("Diakhiri"),
}


def voucher_label(state: VoucherState) -> str:
    """`Berlaku`, `Habis dipakai`, ..."""
    return str(LABELS[state])


def voucher_look(state: VoucherState) -> str:
    """Which badge a state wears."""
    return {VoucherState.ACTIVE: "good", VoucherState.COMING: "warm"}.get(state, "plain")


def voucher_terms(voucher: Voucher) -> str:
    """`Potongan 10%, paling banyak Rp20.000, untuk belanja mulai Rp50.000`."""
    least = format_rupiah(voucher.minimum)
    if voucher.amount is not None:
        off = format_rupiah(voucher.amount)
        return _("Potongan %(off)s untuk belanja mulai %(least)s", off=off, least=least)
    off = f"{voucher.percent}%"
    if voucher.cap is None:
        return _("Potongan %(off)s untuk belanja mulai %(least)s", off=off, least=least)
    most = format_rupiah(voucher.cap)
    return _("Potongan %(off)s, paling banyak %(most)s, untuk belanja mulai %(least)s", off=off, most=most, least=least)
