"""The summary of a checkout: the cart priced for the draft's address, with the ways of delivery and of paying."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from marketplace.config import settings
from marketplace.db import db
from marketplace.orders.baskets import Basket, Parcel, basket_of
from marketplace.orders.delivery import Destination, Way, chosen_way, rates_of, ways_for
from marketplace.orders.reductions import Reduction, reduction_of
from marketplace.payments.port import Sale, ShopTerms, WayToPay
from marketplace.payments.ways import chosen, offered, terms_of
from marketplace.places.models import Kelurahan


@dataclass(frozen=True)
class Choice:
    """One parcel of the summary page: what the shop offers, what is chosen.

    `pay` is None when `pays` lacks what the shopper had chosen before. `discount` is what a voucher takes off.
    """

    parcel: Parcel
    ways: list[Way]
    way: Way | None
    pays: list[WayToPay]
    pay: WayToPay | None
    discount: int = 0

    @property
    def total(self) -> int:
        """Goods and delivery less the voucher, in rupiah."""
        return self.parcel.goods_total + self.delivery_fee - self.discount

    @property
    def delivery_fee(self) -> int:
        """Rupiah for the chosen way."""
        return self.way.fee if self.way else 0


@dataclass(frozen=True)
class Summary:
    """The whole order as it would be placed now; each `choice` becomes an order."""

    basket: Basket
    choices: list[Choice]
    draft: dict[str, Any]
    reduction: Reduction

    @property
    def digest(self) -> str:
        """Stands for all that the shopper was shown beside the total: who, where, what at which price, notes."""
        goods = [(line.variant.id, line.quantity, line.variant.price) for line in self.basket.lines]
        notes = [choice.parcel.note for choice in self.choices]
        shown = [self.draft.get("contact"), self.draft.get("address"), goods, notes, self.reduction.code]
        return sha256(json.dumps(shown, sort_keys=True).encode()).hexdigest()

    @property
    def total(self) -> int:
        """What the buyer pays in the end, in rupiah."""
        return sum(choice.total for choice in self.choices)

    @property
    def delivery_fee(self) -> int:
        """What the chosen ways cost, in rupiah."""
        return sum(choice.delivery_fee for choice in self.choices)

    @property
    def discount(self) -> int:
        """What the voucher takes off, in rupiah."""
        return sum(choice.discount for choice in self.choices)


def summarise(cart_id: int | None, draft: dict[str, Any]) -> Summary:
    """Price a cart for the draft's address and chosen ways, from what the database says now."""
    basket = basket_of(cart_id)
    destination = destination_of(draft)
    reduction = reduction_of(draft.get("voucher", ""), basket, (draft.get("contact") or {}).get("phone", ""))
    shop_ids = [parcel.shop.id for parcel in basket.parcels]
    rates, terms = rates_of(shop_ids), terms_of(shop_ids)
    choices = []
    for parcel in basket.parcels:
        ways = ways_for(parcel, destination, rates[parcel.shop.id], settings().city)
        discount = reduction.off.get(parcel.shop.id, 0)
        choices.append(_choice(parcel, ways, terms[parcel.shop.id], draft, discount))
    return Summary(basket, choices, draft, reduction)


def _choice(parcel: Parcel, ways: list[Way], terms: ShopTerms, draft: dict[str, Any], discount: int) -> Choice:
    """What the draft has chosen for a parcel, as far as it is still on offer."""
    shop_id = str(parcel.shop.id)
    way = chosen_way(ways, draft.get("ways", {}).get(shop_id, ""))
    pays = offered(sale_of(parcel, way, discount), terms) if way else []
    return Choice(parcel, ways, way, pays, chosen(pays, draft.get("pays", {}).get(shop_id, "")), discount)


def sale_of(parcel: Parcel, way: Way, discount: int) -> Sale:
    """What the shop would be paid for a parcel that comes this way, by the buyer."""
    return Sale(parcel.shop.id, parcel.goods_total + way.fee - discount, way.where)


def destination_of(draft: dict[str, Any]) -> Destination:
    """Where the draft's address lies."""
    address: dict[str, Any] = draft.get("address") or {}
    if not address:
        return Destination()
    if address.get("kelurahan_id"):
        return Destination(kelurahan=db.session.get(Kelurahan, address["kelurahan_id"]))
    return Destination(province=address.get("province", ""), regency=address.get("regency", ""))
