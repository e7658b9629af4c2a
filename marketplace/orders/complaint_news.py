"""Job `orders.tell_complaint`: each step of a complaint is told to everybody whom it concerns."""

from flask_babel import gettext as _

from marketplace.db import db
from marketplace.money import format_rupiah
from marketplace.orders.complaint_models import Complaint
from marketplace.orders.models import Order, State
from marketplace.orders.money_news import tell_buyer, tell_shop
from marketplace.orders.queries import whole_order
from marketplace.orders.wording import complaint_reason
from marketplace.payments.alerts import tell_officers
from marketplace.payments.models import Refund

Words = tuple[str, str]


def tell(complaint_id: int, step: str) -> None:
    """The step is opened, answered or decided."""
    complaint = db.session.get_one(Complaint, complaint_id, populate_existing=True)
    order = db.session.scalars(whole_order().where(Order.id == complaint.order_id)).one()
    path = f"/kantor/pesanan/{order.number}/komplain"
    said = {"number": order.number, "shop": order.shop_name}
    if step == "opened":
        reason, words = complaint.reason, complaint.words
        tell_shop(order, lambda: _opened(reason=complaint_reason(reason), words=words, **said))
        tell_officers(lambda: _opened(reason=complaint_reason(reason), words=words, **said), path)
        tell_buyer(order, lambda: _received(**said))
    elif step == "answered":
        answer = complaint.answer
        tell_buyer(order, lambda: _answered(answer=answer, **said))
        tell_officers(lambda: _answered(answer=answer, **said), path)
    else:
        refund = db.session.get_one(Refund, complaint.refund_id).amount if complaint.refund_id else 0
        is_off, decision = complaint.outcome == State.CANCELLED, complaint.decision
        for tell_side in (tell_buyer, tell_shop):
            tell_side(order, lambda: _decided(order.number, decision, refund, is_off=is_off))


def _opened(number: str, shop: str, reason: str, words: str) -> Words:
    subject = _("Pesanan %(number)s: komplain pembeli", number=number)
    return subject, _("%(shop)s: %(reason)s. “%(words)s”", shop=shop, reason=reason, words=words)


def _received(number: str, shop: str) -> Words:
    subject = _("Pesanan %(number)s: komplain Anda diterima", number=number)
    text = _("%(shop)s diminta menjawab, lalu petugas kantor memutuskan.", shop=shop)
    return subject, text


def _answered(number: str, shop: str, answer: str) -> Words:
    subject = _("Pesanan %(number)s: penjual menjawab komplain", number=number)
    return subject, _("%(shop)s menjawab: “%(answer)s”", shop=shop, answer=answer)


def _decided(number: str, decision: str, refund: int, *, is_off: bool) -> Words:
    subject = _("Pesanan %(number)s: komplain diputuskan", number=number)
    lines = [_("Keputusan petugas: %(decision)s", decision=decision)]
    lines.append(_("Pesanan dibatalkan.") if is_off else _("Pesanan selesai."))
    if refund:
        lines.append(_("Dikembalikan ke pembeli: %(amount)s", amount=format_rupiah(refund)))
    return subject, "\n".join(lines)
