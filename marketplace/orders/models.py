"""Carts and orders: one group per checkout, one order per shop, lines that copy what was bought."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalog.models import Review
from marketplace.db import Moment, Row
from marketplace.payments.models import Actor as Actor
from marketplace.payments.models import Bearer
from marketplace.sellers.models import Shop


class State(StrEnum):
    """The states of an order; `orders/states.py` tells who may move it where."""

    AWAITING_PAYMENT = "awaiting_payment"
    PLACED = "placed"
    ACCEPTED = "accepted"
    READY = "ready"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    DISPUTED = "disputed"


class Delivery(StrEnum):
    """How the goods reach the buyer."""

    PICKUP = "pickup"
    SHOP = "shop"
    COURIER = "courier"


class HoldState(StrEnum):
    """A hold keeps stock for an order until it is `sold` or `released`; `returned` goods came back after the sale."""

    ACTIVE = "active"
    SOLD = "sold"
    RELEASED = "released"
    RETURNED = "returned"


class Cart(Row):
    """A shopper's basket, found by its person or by the `token` in a guest's session.

    `draft` is what the checkout form holds so far, so that nothing typed is lost.
    """

    token: Mapped[str] = mapped_column(unique=True)
    touched_at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True, default=None)
    draft: Mapped[dict[str, Any]] = mapped_column(JSON, default_factory=dict)


class CartLine(Row):
    """`quantity` of one variant."""

    __table_args__ = (
        UniqueConstraint("cart_id", "variant_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id", ondelete="CASCADE"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int]


class CartNote(Row):
    """What the shopper tells one shop."""

    __table_args__ = (UniqueConstraint("cart_id", "shop_id"),)

    cart_id: Mapped[int] = mapped_column(ForeignKey("cart.id", ondelete="CASCADE"))
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id", ondelete="CASCADE"))
    note: Mapped[str]


class OrderGroup(Row):
    """One checkout. `token` is the guest's link; `total` (rupiah) equals the sum of its orders' totals."""

    token: Mapped[str] = mapped_column(unique=True)
    contact_name: Mapped[str]
    contact_phone: Mapped[str] = mapped_column(index=True)
    total: Mapped[int]
    consent_version: Mapped[str]
    placed_at: Mapped[datetime] = mapped_column(Moment)
    contact_email: Mapped[str] = mapped_column(default="", index=True)
    language: Mapped[str] = mapped_column(default="id")
    user_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None, index=True)


class Order(Row):
    """What one shop has to deliver, with its own number, state, delivery and money (rupiah).

    `pay_by` is the code of its way to pay; its payments are those with a part of kind `order` and its id. `handover`
    is where the goods change hands, as `payments.port.Sale` has it. `fee_rate` is the shop's when the order was placed.
    `discount` is what the voucher `voucher_code` takes off the goods, at the cost of `discount_by`.
    """

    __tablename__ = "shop_order"
    __table_args__ = (
        Index("ix_shop_order_inbox", "shop_id", "state", "id"),
        CheckConstraint("total = goods_total + delivery_fee - discount", name="total_adds_up"),
        CheckConstraint("discount = 0 OR discount BETWEEN 1 AND goods_total - 1", name="discount_within_goods"),
        CheckConstraint("(discount = 0) = (discount_by IS NULL)", name="discount_has_payer"),
    )

    number: Mapped[str] = mapped_column(unique=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("order_group.id"), index=True)
    shop_id: Mapped[int] = mapped_column(ForeignKey("shop.id"))
    shop_name: Mapped[str]
    state: Mapped[State]
    delivery: Mapped[Delivery]
    pay_by: Mapped[str] = mapped_column(String(20))
    goods_total: Mapped[int]
    delivery_fee: Mapped[int]
    total: Mapped[int]
    placed_at: Mapped[datetime] = mapped_column(Moment)
    accept_by: Mapped[datetime] = mapped_column(Moment)
    handover: Mapped[str] = mapped_column(default="")
    made_to_order: Mapped[bool] = mapped_column(default=False)
    lead_days: Mapped[int] = mapped_column(default=0)
    courier: Mapped[str] = mapped_column(default="")
    address: Mapped[dict[str, str] | None] = mapped_column(JSON, default=None)
    note: Mapped[str] = mapped_column(default="")
    tracking_number: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    fee_rate: Mapped[int] = mapped_column(default=0)
    discount: Mapped[int] = mapped_column(default=0)
    discount_by: Mapped[Bearer | None] = mapped_column(default=None)
    voucher_code: Mapped[str] = mapped_column(default="")
    group: Mapped[OrderGroup] = relationship(init=False, lazy="joined", innerjoin=True)
    shop: Mapped[Shop] = relationship(init=False, lazy="raise")
    lines: Mapped[list["OrderLine"]] = relationship(init=False, lazy="raise", order_by="OrderLine.id")
    history: Mapped[list["OrderEvent"]] = relationship(init=False, lazy="raise", order_by="OrderEvent.id")


class OrderLine(Row):
    """What was bought, copied at the moment of ordering; the product behind it may change or go.

    `returned` of it are back on the shelf though the order goes on. `review` is what its buyer says of it, at most one.
    """

    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("returned BETWEEN 0 AND quantity", name="returned_within_quantity"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("product.id"), index=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    title: Mapped[str]
    variant_label: Mapped[str]
    price: Mapped[int]
    quantity: Mapped[int]
    weight_grams: Mapped[int]
    returned: Mapped[int] = mapped_column(default=0)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), unique=True, default=None)
    review: Mapped[Review | None] = relationship(init=False, lazy="raise")

    @property
    def total(self) -> int:
        """Price times quantity, in rupiah."""
        return self.price * self.quantity


class RefundedLine(Row):
    """Whose price goes back with a refund: `quantity` of an order line."""

    __table_args__ = (
        UniqueConstraint("refund_id", "line_id"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
    )

    refund_id: Mapped[int] = mapped_column(ForeignKey("refund.id"))
    line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    quantity: Mapped[int]


class StockHold(Row):
    """The promise behind an order line: as long as it is active, `quantity` of the variant's stock is held."""

    __table_args__ = (UniqueConstraint("order_id", "variant_id"), Index("ix_stock_hold_variant", "variant_id", "state"))

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"))
    variant_id: Mapped[int] = mapped_column(ForeignKey("variant.id"))
    quantity: Mapped[int]
    state: Mapped[HoldState] = mapped_column(default=HoldState.ACTIVE)


class OrderEvent(Row):
    """One step of an order's history; the first one has no `before`."""

    order_id: Mapped[int] = mapped_column(ForeignKey("shop_order.id"), index=True)
    before: Mapped[State | None]
    after: Mapped[State]
    actor: Mapped[Actor]
    at: Mapped[datetime] = mapped_column(Moment)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), default=None)
    note: Mapped[str] = mapped_column(default="")
