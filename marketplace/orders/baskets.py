"""What a cart holds right now: lines by shop with today's prices, and what is wrong with any of them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from marketplace.catalog.models import Product, ProductState, Variant
from marketplace.clock import now
from marketplace.db import db
from marketplace.orders.models import CartLine, CartNote
from marketplace.sellers.models import Shop


class Problem(StrEnum):
    """Why a line cannot be ordered as it stands."""

    CLOSED = "closed"
    GONE = "gone"
    SOLD_OUT = "sold_out"
    SHORT = "short"
    BELOW_MINIMUM = "below_minimum"


@dataclass(frozen=True)
class Line:
    """One variant in the cart. `wanted` is what the shopper chose, `quantity` what can be ordered of it now."""

    id: int
    product: Product
    variant: Variant
    wanted: int
    quantity: int
    problem: Problem | None

    @property
    def total(self) -> int:
        """Rupiah for what can be ordered."""
        return self.variant.price * self.quantity


@dataclass
class Parcel:
    """What will be ordered from one shop."""

    shop: Shop
    note: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def goods_total(self) -> int:
        """Rupiah for the goods, without delivery."""
        return sum(line.total for line in self.lines)

    @property
    def weight_grams(self) -> int:
        """The weight of the goods."""
        return sum(line.variant.weight_grams * line.quantity for line in self.lines)

    @property
    def made_to_order(self) -> bool:
        """Whether something in it must be made first, which gives the shop more time to answer."""
        return any(line.product.made_to_order for line in self.lines)

    @property
    def lead_days(self) -> int:
        """Days until the slowest of its goods is made."""
        return max((line.product.lead_days for line in self.lines if line.product.made_to_order), default=0)


@dataclass
class Basket:
    """The whole cart: parcels that can be ordered, and lines that cannot."""

    parcels: list[Parcel] = field(default_factory=list)
    unavailable: list[Line] = field(default_factory=list)

    @property
    def goods_total(self) -> int:
        """Rupiah for all goods that can be ordered, without delivery."""
        return sum(parcel.goods_total for parcel in self.parcels)

    @property
    def lines(self) -> list[Line]:
        """Every line that can be ordered."""
        return [line for parcel in self.parcels for line in parcel.lines]

    @property
    def quantities(self) -> dict[int, int]:
        """{variant id: how many} of what can be ordered."""
        return {line.variant.id: line.quantity for line in self.lines}


def basket_of(cart_id: int | None) -> Basket:
    """Read a cart in two statements; no cart is an empty basket."""
    basket = Basket()
    if cart_id is None:
        return basket
    parcels: dict[int, Parcel] = {}
    for line, shop in _lines(cart_id, now()):
        if line.quantity == 0:
            basket.unavailable.append(line)
            continue
        if shop.id not in parcels:
            parcels[shop.id] = Parcel(shop)
        parcels[shop.id].lines.append(line)
    notes = select(CartNote.shop_id, CartNote.note).where(CartNote.cart_id == cart_id)
    for shop_id, note in db.session.execute(notes):
        if shop_id in parcels:
            parcels[shop_id].note = note
    basket.parcels = list(parcels.values())
    return basket


def _lines(cart_id: int, at: datetime) -> list[tuple[Line, Shop]]:
    found = (
        select(CartLine.id, CartLine.quantity, Variant, Product, Shop)
        .join(Variant, Variant.id == CartLine.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .join(Shop, Shop.id == Product.shop_id)
        .where(CartLine.cart_id == cart_id)
        .order_by(Shop.id, CartLine.id)
        .execution_options(populate_existing=True)
    )
    rows = db.session.execute(found)
    return [(_line(id, wanted, variant, product, shop, at), shop) for id, wanted, variant, product, shop in rows]


def _line(id: int, wanted: int, variant: Variant, product: Product, shop: Shop, at: datetime) -> Line:
    problem, quantity = diagnose(wanted, variant, product, shop, at)
    return Line(id, product, variant, wanted, quantity, problem)


def diagnose(wanted: int, variant: Variant, product: Product, shop: Shop, at: datetime) -> tuple[Problem | None, int]:
    """What is wrong with a line, and how many of it can be ordered."""
    if product.state != ProductState.PUBLISHED or not variant.is_offered:
        return Problem.GONE, 0
    if not shop.takes_orders(at):
        return Problem.CLOSED, 0
    if variant.available < product.min_order:
        return Problem.SOLD_OUT, 0
    if wanted < product.min_order:
        return Problem.BELOW_MINIMUM, product.min_order
    if wanted > variant.available:
        return Problem.SHORT, variant.available
    return None, wanted
