"""The ways to pay that the market knows, in the order in which buyers see them."""

from collections.abc import Sequence

from flask import current_app
from sqlalchemy import select

from marketplace.db import db
from marketplace.payments.card import CARD
from marketplace.payments.cod import AT_PICKUP, COD
from marketplace.payments.models import Channel, PayTerms, ReceivingAccount
from marketplace.payments.port import Sale, ShopTerms, WayToPay
from marketplace.payments.qris import QRIS
from marketplace.payments.receiving import in_use
from marketplace.payments.transfer import TRANSFER

WAYS: tuple[WayToPay, ...] = (COD, AT_PICKUP, TRANSFER, QRIS, CARD)


def ways() -> dict[str, WayToPay]:
    """Every way by its code; a test may wire another."""
    known: Sequence[WayToPay] = current_app.extensions.get("ways_to_pay", WAYS)
    return {way.code: way for way in known}


def offered(sale: Sale, terms: ShopTerms) -> list[WayToPay]:
    """How this sale can be paid; may be empty."""
    return [way for way in ways().values() if way.is_offered(sale, terms)]


def chosen(offers: Sequence[WayToPay], code: str) -> WayToPay | None:
    """The way with this code, None when it is not on offer (any more).

    Cash is cash: who changes from delivery to pickup pays at the counter instead of at the door. Without a code it is
    the first on offer.
    """
    if not code:
        return next(iter(offers), None)
    cash = {COD.code, AT_PICKUP.code}
    same = cash if code in cash else {code}
    return next((way for way in offers if way.code in same), None)


def terms_of(shop_ids: Sequence[int]) -> dict[int, ShopTerms]:
    """What each shop takes, in two statements; a shop that has never said so takes cash everywhere."""
    cash = {row.shop_id: row for row in db.session.scalars(select(PayTerms).where(PayTerms.shop_id.in_(shop_ids)))}
    receiving: dict[int, dict[Channel, ReceivingAccount]] = {shop_id: {} for shop_id in shop_ids}
    for (shop_id, channel), account in in_use(shop_ids).items():
        receiving[shop_id][channel] = account
    return {id: ShopTerms(cash.get(id) or PayTerms(shop_id=id), receiving[id]) for id in shop_ids}
