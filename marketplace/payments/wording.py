"""How payments are spoken of."""

from flask_babel import lazy_gettext as _l

from marketplace.payments.models import PaymentState, RefundState
from marketplace.payments.payout_models import PayoutState
from marketplace.payments.payouts import Why

LABELS = {
    PaymentState.OPEN: _l("Belum dibayar"),
    PaymentState.PROOF: _l("Bukti sedang diperiksa"),
    PaymentState.DUE: _l("Belum dibayar"),
    PaymentState.CAPTURED: _l("Sudah dibayar"),
    PaymentState.COLLECTED: _l("Sudah dibayar tunai"),
    PaymentState.REFUSED: _l("Ditolak"),
    PaymentState.EXPIRED: _l("Tidak jadi dibayar"),
    PaymentState.PART_REFUNDED: _l("Dikembalikan sebagian"),
    PaymentState.REFUNDED: _l("Dana dikembalikan"),
}
LOOKS = {
    PaymentState.OPEN: "warm",
    PaymentState.PROOF: "warm",
    PaymentState.CAPTURED: "good",
    PaymentState.COLLECTED: "good",
    PaymentState.REFUSED: "bad",
}

REFUND_LABELS = {
    RefundState.DUE: _l("Belum dikirim kembali"),
    RefundState.FAILED: _l("Gagal dikirim"),
    RefundState.SENT: _l("Sudah dikirim kembali"),
    RefundState.DONE: _l("Sudah diterima pembeli"),
}

PAYOUT_LABELS = {
    PayoutState.DUE: _l("Sedang dikirim"),
    PayoutState.PAID: _l("Sudah dibayarkan"),
    PayoutState.RETURNED: _l("Kembali ke saldo"),
}
LEFT_OUT = {
    Why.OWES: _l("Saldo kurang dari nol, dibawa ke periode berikutnya"),
    Why.NO_ACCOUNT: _l("Belum ada rekening yang berlaku"),
    Why.SUSPENDED: _l("Toko tidak terverifikasi atau ditangguhkan"),
}


def payout_label(state: PayoutState) -> str:
    """`Sedang dikirim`, ..."""
    return str(PAYOUT_LABELS[state])


def why_left_out(why: Why) -> str:
    """Why a shop gets nothing now."""
    return str(LEFT_OUT[why])


WHY_SUSPENDED = {
    "reference": _l("Nomor pembayarannya tidak dikenal."),
    "account": _l("Uangnya masuk ke rekening lain."),
    "currency": _l("Mata uangnya lain."),
    "amount": _l("Jumlahnya lain dari yang diminta."),
    "paid before": _l("Pembayaran itu sudah dibayar sebelumnya."),
}


def why_suspended(why: str) -> str:
    """What did not match, for a word of `settling.py`."""
    return str(WHY_SUSPENDED[why])


def refund_label(state: RefundState) -> str:
    """`Belum dikirim kembali`, ..."""
    return str(REFUND_LABELS[state])


def state_label(state: PaymentState) -> str:
    """`Belum dibayar`, `Sudah dibayar`, ..."""
    return str(LABELS[state])


def state_look(state: PaymentState) -> str:
    """Which badge a state wears: warm (somebody must act), good, bad or plain."""
    return LOOKS.get(state, "plain")
