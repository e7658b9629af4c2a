"""The market itself, for the model: its operations by the model's names, and what it looks like afterwards."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from typing import Any

from sqlalchemy import func, select

from marketplace.catalog.models import Product, Variant
from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import carts, checkout, fulfilment, money_moves, paying, states, vouchers
from marketplace.orders.models import Actor, Order, OrderGroup, State, StockHold
from marketplace.orders.paying import KIND, every_payment_of
from marketplace.orders.voucher_models import Voucher
from marketplace.payments import card_pages, expiring, proofs, refunds
from marketplace.payments import states as payment_states
from marketplace.payments.books import Entry, Journal
from marketplace.payments.earning import shares_of
from marketplace.payments.models import Payment, PaymentState, Proof, Refund
from marketplace.payments.settling import Receipt, settle
from marketplace.payments.stripe_card import PLACE
from marketplace.refusal import Refusal
from marketplace.sellers.models import Shop
from tests.factories import Market, kelurahan_id, make_product
from tests.model.plain import MOST_USES
from tests.model.things import PRICE, VOUCHERS, Refused

_numbers = count(1)
CONTACT = {"contact": {"name": "Siti", "phone": "6281200000000"}}
STREET = {"recipient": "Siti", "phone": "6281200000000", "street": "Jl. A", "rt": "", "rw": "", "landmark": ""}
NOWHERE_ELSE = {"province": "", "regency": "", "district": "", "postal_code": ""}


class RolledBack(Exception):
    """What was tried is not to stay."""


@contextmanager
def refusing() -> Iterator[None]:
    """The market's refusals are the model's."""
    try:
        yield
    except Refusal as refusal:
        raise Refused(str(refusal)) from refusal


@dataclass
class Real:
    """One product of Bu Ani's in the market, and the orders of it."""

    market: Market
    variant_id: int
    product_id: int
    first_journal: int
    codes: dict[str, str]

    @staticmethod
    def opened(market: Market, on_hand: int) -> "Real":
        """A new product with so many on the shelf."""
        with writing() as session:
            shop = session.get_one(Shop, market.shops["bu_ani"])
            goods: list[dict[str, object]] = [{"price": PRICE, "on_hand": on_hand, "weight_grams": 500}]
            product = make_product(shop, f"Klepon {next(_numbers)}", "jajanan-basah", goods)
            variant = session.scalars(select(Variant.id).where(Variant.product_id == product.id)).one()
            last = session.scalar(select(func.max(Journal.id))) or 0
        codes = {who: f"{who}{next(_numbers)}".upper() for who in ("shop", "city")}
        _offer(market.shops["bu_ani"], codes["shop"], market, percent=10)
        _offer(None, codes["city"], market, amount=VOUCHERS["city"](1))
        return Real(market, variant, product.id, last, codes)

    def place(self, quantity: int, way: str, is_pickup: bool, voucher: str = "") -> int:
        """The order's id."""
        shop = str(self.market.shops["bu_ani"])
        address = None if is_pickup else {**STREET, **NOWHERE_ELSE, "kelurahan_id": kelurahan_id()}
        draft = {**CONTACT, "address": address, "ways": {shop: "pickup" if is_pickup else "shop"}, "pays": {shop: way}}
        draft["voucher"] = self.codes.get(voucher, "")
        with refusing():
            token = carts.add(None, None, self.variant_id, quantity)
            cart = carts.cart_of(None, token)
            assert cart is not None
            total = quantity * PRICE - VOUCHERS[voucher](quantity)
            group = checkout.place_order(cart.id, draft, key=f"k{next(_numbers)}", user_id=None, expected_total=total)
        return db.session.scalars(select(Order.id).join(OrderGroup).where(OrderGroup.token == group)).one()

    def do(self, operation: Callable[..., Any], order_id: int, by: str = "", **more: Any) -> None:
        """An operation that a page calls."""
        actor = {"by": Actor(by), "actor_id": None} if by else {}
        with refusing():
            operation(order_id, **actor, **more)

    def move(self, order_id: int, to: str, by: str) -> None:
        """Where no page leads there yet."""
        with refusing(), writing():
            fulfilment.move(order_id, State(to), Actor(by), None)

    def hand_in(self, order_id: int, digest: str) -> None:
        """A picture that was kept before."""
        keep, proofs.keep = proofs.keep, lambda _data: digest
        try:
            self.do(money_moves.hand_in, order_id, "buyer", data=b"")
        finally:
            proofs.keep = keep

    def card_pays(self, order_id: int, attempt: int) -> None:
        """Stripe tells of money."""
        payment = self.payments(order_id)[attempt]
        receipt = Receipt(payment.reference, payment.due, "IDR", PLACE, f"stripe:{payment.reference}", Actor.SYSTEM)
        with refusing(), writing():
            settle(receipt)

    def end_of_payment(self, order_id: int, attempt: int) -> None:
        """The jobs that look at a payment's deadline."""
        payment = self.payments(order_id)[attempt]
        expiring.expire(payment.id)
        if payment.way == "stripe_card":
            card_pages.end(payment.id)

    def owe(self, order_id: int, amount: int) -> None:
        """So many rupiah of the payment that counts go back."""
        payment = money_moves._counted(order_id)
        with refusing(), writing():
            share = next((each for each in shares_of(KIND, order_id) if each.payment_id == payment.id), None)
            if share is None:
                raise refunds.TooMuch("nothing has come")
            paying.owe(order_id, share, amount, "one box was broken")

    def send(self, refund_id: int) -> None:
        """The shop shows that it has sent a refund."""
        with refusing(), writing():
            refunds.send(refund_id, "a picture", actor_id=None)

    def finish(self, refund_id: int) -> None:
        """The buyer has a refund."""
        with refusing(), writing():
            refunds.finish(refund_id, by=Actor.BUYER, actor_id=None)

    def payments(self, order_id: int) -> list[Payment]:
        """All payments of an order, the first first."""
        found = every_payment_of(order_id).execution_options(populate_existing=True)
        payments = list(db.session.scalars(found))
        db.session.rollback()
        return payments

    def refund_ids(self, payment: Payment) -> list[int]:
        """The refunds of a payment, the first first."""
        return list(db.session.scalars(select(Refund.id).where(Refund.payment_id == payment.id).order_by(Refund.id)))

    def try_order(self, order_id: int, to: State, by: Actor) -> bool:
        """Whether the table of states lets the order go there; it stays where it is."""
        return _tried(lambda: states.transition(order_id, to, by=by))

    def try_payment(self, payment_id: int, to: PaymentState) -> bool:
        """The same of a payment."""
        return _tried(lambda: payment_states.transition(payment_id, to, by=Actor.SYSTEM))

    def looks(self, ids: list[int]) -> dict[str, Any]:
        """Orders, payments, refunds, shelf and ledger."""
        shelf = db.session.execute(select(Variant.on_hand, Variant.held).where(Variant.id == self.variant_id)).one()
        sold = db.session.scalar(select(Product.sold).where(Product.id == self.product_id))
        sums = select(Entry.account, func.sum(Entry.amount)).where(Entry.journal_id > self.first_journal)
        ledger = Counter({str(account): int(n) for account, n in db.session.execute(sums.group_by(Entry.account))})
        used = select(Voucher.held).where(Voucher.code.in_(self.codes.values())).order_by(Voucher.id)
        look: dict[str, Any] = {"uses": tuple(db.session.scalars(used)), "shelf": (*shelf, sold)}
        look["ledger"] = {name: n for name, n in ledger.items() if n}
        db.session.rollback()
        return look | {"orders": [self._order(id) for id in ids]}

    def _order(self, id: int) -> dict[str, Any]:
        order = db.session.get_one(Order, id, populate_existing=True)
        hold = db.session.scalars(select(StockHold.state).where(StockHold.order_id == id)).one()
        pays = [(p.way, str(p.state), p.due, self._backs(p), _proofs(p)) for p in self.payments(id)]
        return {"state": str(order.state), "hold": str(hold), "pays": pays}

    def _backs(self, payment: Payment) -> list[tuple[int, str]]:
        found = select(Refund.amount, Refund.state).where(Refund.payment_id == payment.id).order_by(Refund.id)
        return [(amount, str(state)) for amount, state in db.session.execute(found)]


def _offer(shop_id: int | None, code: str, market: Market, **takes: int) -> None:
    """A voucher that can be used twice by anybody."""
    days = {"starts_at": now() - timedelta(days=1), "ends_at": now() + timedelta(days=90)}
    terms = vouchers.Offer(code=code, minimum=PRICE, total=MOST_USES, per_buyer=MOST_USES, **days, **takes)
    vouchers.make(shop_id, terms, actor_id=market.people["bu_rina"], key=code)


def _proofs(payment: Payment) -> int:
    return db.session.scalar(select(func.count(Proof.id)).where(Proof.payment_id == payment.id)) or 0


def _tried(transition: Callable[[], object]) -> bool:
    try:
        with writing():
            transition()
            raise RolledBack
    except RolledBack:
        return True
    except Refusal:
        return False
