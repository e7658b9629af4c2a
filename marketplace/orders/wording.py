"""How orders are spoken of: states, ways of delivery and paying, the time line, the text for WhatsApp."""

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from marketplace.accounts.phone import whatsapp_link
from marketplace.clock import format_datetime
from marketplace.config import settings
from marketplace.language import language, speaking
from marketplace.money import format_rupiah
from marketplace.orders.complaint_models import ComplaintReason
from marketplace.orders.models import Actor, Delivery, Order, OrderEvent, State
from marketplace.orders.states import LABELS
from marketplace.payments.models import Bearer
from marketplace.payments.ways import ways

Step = tuple[str, str | None, str]
REASONS = {
    ComplaintReason.NOT_THERE: _l("Barang belum sampai"),
    ComplaintReason.BROKEN: _l("Barang rusak atau basi"),
    ComplaintReason.WRONG: _l("Barang tidak sesuai pesanan"),
    ComplaintReason.MISSING: _l("Ada barang yang kurang"),
    ComplaintReason.OTHER: _l("Lainnya"),
}
LOOKS = {
    State.AWAITING_PAYMENT: "warm",
    State.PLACED: "warm",
    State.CANCELLED: "bad",
    State.DISPUTED: "bad",
    State.DELIVERED: "good",
    State.COMPLETED: "good",
}


def state_label(state: State) -> str:
    """`Menunggu konfirmasi penjual`, `Diproses`, ..."""
    return str(LABELS[state])


def complaint_reason(reason: ComplaintReason) -> str:
    """`Barang rusak atau basi`, ..."""
    return str(REASONS[reason])


def state_look(state: State) -> str:
    """Which badge a state wears: warm (somebody must act), good, bad or plain."""
    return LOOKS.get(state, "plain")


def delivery_label(order: Order) -> str:
    """How this order comes: `Ambil di toko`, `Diantar penjual`, or the courier's service."""
    if order.delivery == Delivery.COURIER:
        return _("Dikirim kurir %(courier)s", courier=order.courier)
    return _("Ambil di toko") if order.delivery == Delivery.PICKUP else _("Diantar penjual")


def pay_label(code: str) -> str:
    """How it is paid, by the code of a way to pay."""
    return ways()[code].label()


def discount_label(order: Order) -> str:
    """Which voucher made an order cheaper, and who goes without the money: `Voucher ONDE10 (ditanggung toko)`."""
    if order.discount_by == Bearer.PLATFORM:
        return _("Voucher %(code)s (ditanggung kota)", code=order.voucher_code)
    return _("Voucher %(code)s (ditanggung toko)", code=order.voucher_code)


def variant_of(title: str, label: str) -> str:
    """`Sepatu Pantofel (39, Hitam)`."""
    return f"{title} ({label})" if label else title


def timeline_of(order: Order) -> list[Step]:
    """The steps behind an order and those to come: (label, time or None, done | now | next | stopped)."""
    steps: list[Step] = [
        (state_label(event.after), format_datetime(event.at, language()), "done") for event in order.history
    ]
    if order.state in {State.CANCELLED, State.COMPLETED}:
        last = "stopped" if order.state == State.CANCELLED else "done"
        return [*steps[:-1], (steps[-1][0], steps[-1][1], last)]
    ahead = _path(order)
    behind = ahead.index(order.state) + 1 if order.state in ahead else len(ahead)
    steps[-1] = (steps[-1][0], steps[-1][1], "now")
    return steps + [(state_label(state), None, "next") for state in ahead[behind:]]


def why_cancelled(order: Order) -> str:
    """One sentence about who called a cancelled order off, with the reason given."""
    last: OrderEvent = order.history[-1]
    sentences = {
        Actor.BUYER: _("Dibatalkan oleh pembeli."),
        Actor.SELLER: _("Penjual tidak dapat memenuhi pesanan ini."),
        Actor.OFFICER: _("Dibatalkan oleh kantor."),
        Actor.SYSTEM: _("Penjual belum menerima pesanan sampai batas waktunya, jadi pesanan batal dengan sendirinya."),
    }
    if last.actor == Actor.SYSTEM and last.before == State.AWAITING_PAYMENT:
        return _("Pembayaran belum kami terima sampai batas waktunya, jadi pesanan batal dengan sendirinya.")
    return f"{sentences[last.actor]} {order.reason}".strip()


def whatsapp_text(order: Order) -> str:
    """The order as a chat message to the shop, in Indonesian whatever the buyer reads.

    Its link opens the shop's own desk: the buyer's link would open the whole checkout, other shops' orders included.
    """
    with speaking("id"):
        lines = [
            _("Halo %(shop)s, saya memesan lewat pasar:", shop=order.shop_name),
            *(f"- {line.quantity} x {variant_of(line.title, line.variant_label)}" for line in order.lines),
            *discount_lines(order),
            _("Total: %(total)s (%(pay)s)", total=format_rupiah(order.total), pay=pay_label(order.pay_by)),
            delivery_label(order),
            _("Nomor pesanan: %(number)s", number=order.number),
            _("Atas nama: %(name)s", name=order.group.contact_name),
            f"{settings().base_url}/jualan/pesanan/{order.number}",
        ]
    return "\n".join(lines)


def discount_lines(order: Order) -> list[str]:
    """What a message says of an order's voucher; nothing of none."""
    return [f"{discount_label(order)}: {format_rupiah(-order.discount)}"] if order.discount else []


def _path(order: Order) -> list[State]:
    """The way an order takes when all goes well."""
    middle = State.READY if order.delivery == Delivery.PICKUP else State.SHIPPED
    first = State.AWAITING_PAYMENT if order.state == State.AWAITING_PAYMENT else State.PLACED
    return [first, State.ACCEPTED, middle, State.DELIVERED, State.COMPLETED]


def buyer_chat_url(order: Order) -> str:
    """A link to write to the buyer; a demo shop's buyers have invented numbers, so it leads to the explaining page."""
    if order.shop.is_demo:
        return url_for("pages.sample_number")
    with speaking(order.group.language):
        text = _("Halo %(name)s, tentang pesanan %(number)s:", name=order.group.contact_name, number=order.number)
    return whatsapp_link(order.group.contact_phone, text)
