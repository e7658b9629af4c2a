"""What stands on an invoice, a receipt and a cancellation: text, ready to be laid out, in the language of the order."""

import re
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from marketplace.accounts.addresses import address_line
from marketplace.accounts.phone import show_phone
from marketplace.audit import AuditLink
from marketplace.clock import format_date, format_datetime, now
from marketplace.config import settings
from marketplace.money import format_rupiah, terbilang
from marketplace.orders.models import Order
from marketplace.orders.paper_models import Paper
from marketplace.orders.wording import delivery_label, discount_label, pay_label, variant_of
from marketplace.payments.models import Payment, Refund

Words = dict[str, Any]
# The fonts that are printed with have no pictures, and letters of the Latin, Greek and Cyrillic scripts alone.
_PICTURES = re.compile("[\u2600-\u27bf\ufe0f\u200d\U0001f000-\U0001faff]")
_OTHER_SCRIPTS = re.compile("[^\u0000-\u04ff\u1e00-\u22ff]+(?:\\s+[^\u0000-\u04ff\u1e00-\u22ff]+)*")
LEFT_OUT = "[…]"


def invoice(order: Order, link: AuditLink) -> Words:
    """What the shop sells and what is to be paid for it (PP 80/2019: price, delivery, times and terms agreed to)."""
    facts = [
        (_("Nomor pesanan"), order.number),
        (_("Dipesan"), _when(order, order.placed_at)),
        (_("Diterima penjual"), _when(order, next(e.at for e in reversed(order.history) if e.after == "accepted"))),
        (_("Cara bayar"), pay_label(order.pay_by)),
        (_("Pengiriman"), delivery_label(order)),
    ]
    sums = [(_("Subtotal"), order.goods_total), (_("Ongkir"), order.delivery_fee)]
    if order.discount:
        sums.append((discount_label(order), -order.discount))
    own = {
        "title": _("Faktur"),
        "facts": facts,
        "heads": [_("Barang"), _("Jumlah"), _("Harga"), _("Total")],
        "lines": [_line(line.title, line.variant_label, line.quantity, line.price) for line in order.lines],
        "sums": [(name, format_rupiah(amount)) for name, amount in sums],
    }
    return _paper(order, link, own, _("Total tagihan"), order.total)


def receipt(order: Order, link: AuditLink, payment: Payment, amount: int) -> Words:
    """That so many rupiah were paid for the order, unique digits included."""
    goods = ", ".join(f"{line.quantity} x {variant_of(line.title, line.variant_label)}" for line in order.lines)
    facts = [
        (_("Telah terima dari"), order.group.contact_name),
        (_("Untuk pembayaran"), _("Pesanan %(number)s: %(goods)s", number=order.number, goods=goods)),
        (_("Dibayar"), _when(order, payment.settled_at or now())),
        (_("Cara bayar"), pay_label(payment.way)),
    ]
    if payment.code:
        facts.append((_("Termasuk kode unik"), format_rupiah(payment.code)))
    if payment.shop_id is None:
        facts.append((_("Diterima oleh"), _("%(market)s, untuk diteruskan ke penjual", market=settings().city.market)))
    return _paper(order, link, {"title": _("Kuitansi"), "facts": facts}, _("Uang sejumlah"), amount)


def cancellation(order: Order, link: AuditLink, cancelled: Paper, refund: Refund | None) -> Words:
    """That a paper no longer holds, or no longer in full: an order was called off, or money went back."""
    whole = {"name": cancelled.name, "date": format_date(cancelled.issued_at, order.group.language)}
    facts = [(_("Nomor pesanan"), order.number)]
    if refund is None:
        said = _("Membatalkan seluruh %(title)s %(name)s tanggal %(date)s.", title=cancelled.data["title"], **whole)
        facts.append((_("Alasan"), order.reason or _("Pesanan dibatalkan.")))
        own = {"title": _("Nota pembatalan"), "statement": said, "facts": facts}
        return _paper(order, link, own, _("Jumlah yang dibatalkan"), int(cancelled.data["amount"]))
    said = _("Dana dari kuitansi %(name)s tanggal %(date)s sudah dikembalikan sejumlah di bawah ini.", **whole)
    facts += [(_("Dikembalikan"), _when(order, refund.done_at or now())), (_("Alasan"), refund.reason)]
    own = {"title": _("Nota pengembalian dana"), "statement": said, "facts": facts}
    return _paper(order, link, own, _("Dikembalikan"), refund.amount)


def _paper(order: Order, link: AuditLink, own: Words, label: str, amount: int) -> Words:
    """What every paper has: who sold and who bought, the sum in figures and words, its place in the audit trail."""
    city, language = settings().city, order.group.language
    facts = [*own.pop("facts"), (_("Ketentuan"), _("versi %(version)s", version=order.group.consent_version))]
    place = f"{city.name}, {format_date(now(), language)}"
    whole = {
        "language": language,
        "market": city.market,
        "city": f"{city.name}, {city.province}",
        "seller": {"title": _("Penjual"), "lines": _seller(order)},
        "buyer": {"title": _("Pembeli"), "lines": _buyer(order)},
        "statement": "",
        "facts": facts,
        "lines": [],
        "heads": [],
        "sums": [],
        "amount": amount,
        "total": {"label": label, "amount": format_rupiah(amount)},
        "words": {"label": _("Terbilang"), "text": terbilang(amount)},
        "signed": {"place": place, "name": order.shop_name, "note": _("Dibuat secara elektronik, tanpa tanda tangan")},
        "trace": {"text": _("Jejak audit nomor %(row)s, SHA-256:", row=link.row_id), "digest": link.digest},
        "footer": _("Dokumen ini tidak pernah diubah; yang membatalkannya adalah dokumen kedua."),
        **own,
    }
    whole["facts"] += _unprinted(whole, order.number)
    return {key: _printable(value) for key, value in whole.items()}


def _unprinted(whole: Words, number: str) -> list[tuple[str, str]]:
    """What a mark in the paper stands for, if there is any."""
    if not _OTHER_SCRIPTS.search(_PICTURES.sub("", repr(whole))):
        return []
    told = _("[…] menggantikan tulisan yang tidak dapat dicetak; aslinya ada di pesanan %(number)s.", number=number)
    return [(_("Aksara lain"), told)]


def _seller(order: Order) -> list[str]:
    """Name, address and number of the shop; the numbers of demo shops are invented."""
    shop, kelurahan, city = order.shop, order.shop.kelurahan, settings().city
    where = ", ".join(filter(None, (shop.street, f"Kel. {kelurahan.name}", f"Kec. {kelurahan.kecamatan.name}")))
    number = "" if shop.is_demo else show_phone(shop.whatsapp)
    return [line for line in (order.shop_name, where, f"{city.name}, {city.province}", number) if line]


def _buyer(order: Order) -> list[str]:
    group = order.group
    return [
        group.contact_name,
        *([address_line(order.address)] if order.address else []),
        show_phone(group.contact_phone),
    ]


def _line(title: str, variant: str, quantity: int, price: int) -> Words:
    name = variant_of(title, variant)
    return {
        "title": name,
        "quantity": str(quantity),
        "price": format_rupiah(price),
        "total": format_rupiah(quantity * price),
    }


def _when(order: Order, at: datetime) -> str:
    return format_datetime(at, order.group.language)


def _printable(value: Any) -> Any:
    """The same with pictures left out of every text, and a mark where it is written in another script."""
    if isinstance(value, str):
        return _OTHER_SCRIPTS.sub(LEFT_OUT, _PICTURES.sub("", value)).strip() or "-" if value else value
    if isinstance(value, dict):
        return {key: _printable(each) for key, each in value.items()}
    return [_printable(each) for each in value] if isinstance(value, list | tuple) else value
