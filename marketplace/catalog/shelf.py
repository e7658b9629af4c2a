"""The shop counts what lies on its shelf."""

from flask_babel import gettext as _
from sqlalchemy import select

from marketplace.catalog import stock
from marketplace.catalog.models import Product, Variant
from marketplace.db import db, writing
from marketplace.refusal import GoneAway, Refusal


class StockRefused(Refusal):
    """A count that cannot stand; `on_hand` is what the shelf holds by our books."""

    def __init__(self, sentence: str, variant_id: int, on_hand: int) -> None:
        super().__init__(sentence)
        self.variant_id, self.on_hand = variant_id, on_hand


class StockPromised(StockRefused):
    """Fewer were counted than buyers have been promised."""


class StockMoved(StockRefused):
    """The count has changed since the page was opened, in another tab or by an order that was handed over."""


def save_count(shop_id: int, variant_id: int, n: int, *, seen: int | None) -> None:
    """The shop counted n (promised pieces included) where its page showed `seen`; None overwrites any count.

    Raises GoneAway for another shop's variant, StockMoved, StockPromised.
    """
    with writing() as session:
        mine = select(Variant.id).join(Product, Product.id == Variant.product_id).where(Product.shop_id == shop_id)
        if session.scalar(mine.where(Variant.id == variant_id, Variant.is_offered)) is None:
            raise GoneAway(_("Produk ini tidak ditemukan."))
        recount(variant_id, n, seen)


def recount(variant_id: int, n: int, seen: int | None) -> None:
    """The same inside an open writing(), for a variant known to be the shop's."""
    shelf = select(Variant.on_hand, Variant.held).where(Variant.id == variant_id)
    now = db.session.execute(shelf.with_for_update()).one()
    if seen is not None and now.on_hand not in {seen, n}:
        sentence = _("Stok sudah berubah menjadi %(count)s. Periksa lagi, lalu simpan.", count=now.on_hand)
        raise StockMoved(sentence, variant_id, now.on_hand)
    if n < now.held:
        raise StockPromised(_("Masih ada %(count)s yang dipesan.", count=now.held), variant_id, now.on_hand)
    stock.count(variant_id, n)
