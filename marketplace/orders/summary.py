"""The summary of a checkout: the cart priced for the draft's address, with the ways of delivery and of paying."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from marketplace.config import settings
from marketplace.db import db
from marketplace.orders.baskets import Basket, Parcel, basket_of
from marketplace.orders.delivery import Destination, Way, chosen_way, rates_of, ways_for
from marketplace.payments.port import Sale, ShopTerms, WayToPay
from marketplace.payments.ways import chosen, offered, terms_of
from marketplace.places.models import Kelurahan


@dataclass(frozen=True)
class Choice:
    """One parcel of the summary page: what the shop offers, what is chosen.

    `pay` is None when `pays` lacks what the shopper had chosen before.
    """

    parcel: Parcel
    ways: list[Way]
    way: Way | None
    pays: list[WayToPay]
    pay: WayToPay | None

    @property
    def total(self) -> int:
        """Goods and delivery, in rupiah."""
        return self.parcel.goods_total + (self.way.fee if self.way else 0)


@dataclass(frozen=True)
class Summary:
    """The whole order as it would be placed now; each `choice` becomes an order."""

    basket: Basket
    choices: list[Choice]
    draft: dict[str, Any]

    @property
    def digest(self) -> str:
        """Stands for all that the shopper was shown beside the total: who, where, what at which price, notes."""
        goods = [(line.variant.id, line.quantity, line.variant.price) for line in self.basket.lines]
        notes = [choice.parcel.note for choice in self.choices]
        shown = [self.draft.get("contact"), self.draft.get("address"), goods, notes]
        return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()

    @property
    def total(self) -> int:
        """What the buyer pays in the end, in rupiah."""
        return sum(choice.total for choice in self.choices)


def summarise(cart_id: int | None, draft: dict[str, Any]) -> Summary:
    """Price a cart for the draft's address and chosen ways, from what the database says now."""
    basket = basket_of(cart_id)
    destination = destination_of(draft)
    shop_ids = [parcel.shop.id for parcel in basket.parcels]
    rates, terms = rates_of(shop_ids), terms_of(shop_ids)
    choices = []
    for parcel in basket.parcels:
        ways = ways_for(parcel, destination, rates[parcel.shop.id], settings().city)
        choices.append(_choice(parcel, ways, terms[parcel.shop.id], draft))
    return Summary(basket, choices, draft)


def _choice(parcel: Parcel, ways: list[Way], terms: ShopTerms, draft: dict[str, Any]) -> Choice:
    """What the draft has chosen for a parcel, as far as it is still on offer."""
    shop_id = str(parcel.shop.id)
    way = chosen_way(ways, draft.get("ways", {}).get(shop_id, ""))
    pays = offered(sale_of(parcel, way), terms) if way else []
    return Choice(parcel, ways, way, pays, chosen(pays, draft.get("pays", {}).get(shop_id, "")))


def sale_of(parcel: Parcel, way: Way) -> Sale:
    """What the shop would be paid for a parcel that comes this way."""
    return Sale(parcel.shop.id, parcel.goods_total + way.fee, way.where)


def destination_of(draft: dict[str, Any]) -> Destination:
    """Where the draft's address lies."""
    address: dict[str, Any] = draft.get("address") or {}
    if not address:
        return Destination()
    if address.get("kelurahan_id"):
        return Destination(kelurahan=db.session.get(Kelurahan, address["kelurahan_id"]))
    return Destination(province=address.get("province", ""), regency=address.get("regency", ""))
