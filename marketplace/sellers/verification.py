"""The office verifies, suspends and reinstates shops; every step is kept, and the owner hears of it."""

from collections.abc import Callable

from flask_babel import gettext as _
from sqlalchemy import case, literal, select, update
from sqlalchemy.orm import Session

from marketplace import audit, stamps
from marketplace.clock import now
from marketplace.config import settings
from marketplace.db import writing
from marketplace.jobs import enqueue
from marketplace.language import speaking
from marketplace.sellers.events import shop_changed
from marketplace.sellers.models import Shop, ShopState
from marketplace.sellers.queries import owner_of

# From which states each step leads where. Lifting a suspension gives back what the shop was before.
_VERIFIED, _WAITING = (literal(state, Shop.state.type) for state in (ShopState.VERIFIED, ShopState.WAITING))
BEFORE_SUSPENSION = case((Shop.verified_at.is_not(None), _VERIFIED), else_=_WAITING)
MOVES = {
    "verify": ((ShopState.WAITING,), ShopState.VERIFIED),
    "suspend": ((ShopState.WAITING, ShopState.VERIFIED), ShopState.SUSPENDED),
    "reinstate": ((ShopState.SUSPENDED,), BEFORE_SUSPENSION),
}
Letter = Callable[[Shop], tuple[str, str]]


def verify(shop_id: int, actor_id: int) -> bool:
    """The officer has found the shop real and local; False when it is not waiting (any more)."""
    return _transition("verify", shop_id, actor_id, _verified_letter, verified_at=now())


def suspend(shop_id: int, actor_id: int, reason: str) -> bool:
    """Take the shop off every page and out of every cart; False when it is suspended already.

    Open orders stay; the officer finishes or cancels them. The owner reads the reason.
    """
    return _transition("suspend", shop_id, actor_id, _suspended_letter, note=reason, suspension_reason=reason)


def reinstate(shop_id: int, actor_id: int) -> bool:
    """Lift the suspension: the shop is again what it was before; False when it is not suspended."""
    return _transition("reinstate", shop_id, actor_id, _reinstated_letter, suspension_reason="")


def _transition(verb: str, shop_id: int, actor_id: int, letter: Letter, *, note: str = "", **values: object) -> bool:
    before, after = MOVES[verb]
    with writing() as session:
        move = update(Shop).where(Shop.id == shop_id, Shop.state.in_(before)).values(state=after, **values)
        moved = session.scalar(move.returning(Shop.id).execution_options(synchronize_session=False))
        if moved is None:
            return False
        shop_changed.send(shop_id=shop_id)
        audit.record(verb, "shop", shop_id, actor_id=actor_id, note=note)
        stamps.touch({stamps.EVERYWHERE})  # its goods come to or leave every kind of page
        _tell_owner(session, session.scalars(select(Shop).where(Shop.id == shop_id)).one(), letter)
        return True


def _tell_owner(session: Session, shop: Shop, letter: Letter) -> None:
    """Send the letter in the owner's language. The invented number of a demo shop may be a real person's."""
    owner = session.scalar(owner_of(shop.id))
    if owner is None:
        return
    with speaking(owner.language):
        subject, text = letter(shop)
    phone = "" if shop.is_demo else shop.whatsapp
    enqueue("notices.deliver", email=owner.letterbox, phone=phone, subject=subject, text=text)


def _verified_letter(shop: Shop) -> tuple[str, str]:
    return _("Toko %(shop)s terverifikasi", shop=shop.name), _(
        "Toko Anda, %(shop)s, sudah diperiksa dan terverifikasi. Produk yang masih draf belum terlihat pembeli: "
        "tampilkan produk Anda di %(link)s",
        shop=shop.name,
        link=f"{settings().base_url}/jualan/produk",
    )


def _suspended_letter(shop: Shop) -> tuple[str, str]:
    return _("Toko %(shop)s ditangguhkan", shop=shop.name), _(
        "Toko Anda, %(shop)s, ditangguhkan.\n\nAlasan: %(reason)s\n\nProduk Anda tidak tampil dan pesanan baru "
        "ditutup. Pesanan yang masih terbuka diselesaikan bersama petugas. Bila ada pertanyaan, hubungi %(contact)s.",
        shop=shop.name,
        reason=shop.suspension_reason,
        contact=settings().city.complaint_email,
    )


def _reinstated_letter(shop: Shop) -> tuple[str, str]:
    subject = _("Penangguhan toko %(shop)s dicabut", shop=shop.name)
    if shop.state == ShopState.VERIFIED:
        return subject, _("Toko Anda, %(shop)s, tampil lagi di pasar dan dapat menerima pesanan.", shop=shop.name)
    return subject, _("Toko Anda, %(shop)s, kembali menunggu verifikasi kantor.", shop=shop.name)
