"""Job `orders.tell`: a new state of an order is told to the buyer or to the shop, in their own words and language."""

from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.clock import format_datetime
from marketplace.config import settings
from marketplace.db import db, writing
from marketplace.jobs import enqueue
from marketplace.language import speaking
from marketplace.money import format_rupiah
from marketplace.orders.models import Actor, Order, OrderGroup, State
from marketplace.orders.queries import whole_order
from marketplace.orders.wording import delivery_label, discount_lines, pay_label, state_label, variant_of, why_cancelled
from marketplace.sellers.models import ShopMember

Notice = dict[str, str]


def tell(order_id: int, state: str, by: str) -> None:
    """Tell whoever did not do it. The order may have moved on meanwhile: the text names the state it speaks of."""
    order = db.session.scalars(whole_order().where(Order.id == order_id)).one()
    for_shop = by != Actor.SELLER and State(state) in {State.PLACED, State.CANCELLED, State.DELIVERED}
    notices = list(_for_shop(order, State(state))) if for_shop else []
    if by != Actor.BUYER or state in {State.PLACED, State.AWAITING_PAYMENT}:
        notices.append(_for_buyer(order, State(state)))
    with writing():  # a job for each: a mailbox that refuses its letter must not hold up or repeat another's
        for notice in notices:
            enqueue("notices.deliver", due_at=None, patient=False, **notice)


def tracking_link(group: OrderGroup) -> str:
    """The absolute address of a checkout's page, in the language of the order."""
    prefix = "/en" if group.language == "en" else ""
    return f"{settings().base_url}{prefix}/lacak/{group.token}"


def _for_buyer(order: Order, state: State) -> Notice:
    group = order.group
    with speaking(group.language):
        label = state_label(state)
        subject = _("Pesanan %(number)s: %(state)s", number=order.number, state=label)
        text = "\n".join([*_buyer_lines(order, state), "", *_goods(order), "", tracking_link(group)])
    return {"email": group.contact_email, "phone": group.contact_phone, "subject": subject, "text": text}


def _buyer_lines(order: Order, state: State) -> list[str]:
    lines = [_("Halo %(name)s,", name=order.group.contact_name), ""]
    if state == State.PLACED:
        by = format_datetime(order.accept_by, order.group.language)
        lines.append(_("Pesanan Anda sudah kami teruskan ke %(shop)s.", shop=order.shop_name))
        return [*lines, _("Penjual menjawab paling lambat %(by)s.", by=by)]
    if state == State.AWAITING_PAYMENT:
        by = format_datetime(order.accept_by, order.group.language)
        lines.append(_("Pesanan Anda di %(shop)s menunggu pembayaran.", shop=order.shop_name))
        return [*lines, _("Bayar sebelum %(by)s. Caranya ada di halaman pesanan di bawah ini.", by=by)]
    lines.append(
        _("Pesanan Anda di %(shop)s kini berstatus: %(state)s.", shop=order.shop_name, state=state_label(state))
    )
    if state == State.CANCELLED:
        lines.append(why_cancelled(order))
    if state == State.SHIPPED and order.tracking_number:
        lines.append(_("Nomor resi: %(number)s", number=order.tracking_number))
    return lines


def _for_shop(order: Order, state: State) -> Iterator[Notice]:
    owners = select(User).join(ShopMember, ShopMember.user_id == User.id).where(ShopMember.shop_id == order.shop_id)
    for owner in db.session.scalars(owners):
        with speaking(owner.language):
            label = state_label(state)
            subject = _("Pesanan %(number)s: %(state)s", number=order.number, state=label)
            lines = [*_goods(order), _("Catatan: %(note)s", note=order.note) if order.note else ""]
            if state == State.PLACED:
                by = format_datetime(order.accept_by, owner.language)
                lines.append(_("Terima atau tolak paling lambat %(by)s.", by=by))
            text = "\n".join([*lines, f"{settings().base_url}/jualan/pesanan/{order.number}"])
        phone = "" if order.shop.is_demo else order.shop.whatsapp
        yield {"email": owner.letterbox, "phone": phone, "subject": subject, "text": text}


def _goods(order: Order) -> list[str]:
    lines = [f"- {line.quantity} x {variant_of(line.title, line.variant_label)}" for line in order.lines]
    total = _("Total: %(total)s (%(pay)s)", total=format_rupiah(order.total), pay=pay_label(order.pay_by))
    return [*lines, *discount_lines(order), delivery_label(order), total]
