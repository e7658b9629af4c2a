"""What should be, in plain Python: one product of one shop, orders with their payments, refunds, and a ledger.

Every method does what the operation of its name does, or raises Refused where that refuses.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.model.tables import CANCELS, MOVES, PAYABLE, PREPAID, SHOP_SIDE
from tests.model.things import PAY_TIME, SETTLED, Back, Bought, Pay, Refused, asked, owed_to, place_of, receipts

GRACE, LONG_AGO = timedelta(minutes=15), datetime(2000, 1, 1, tzinfo=UTC)
MOST_ATTEMPTS, MOST_PROOFS, MOST_USES = 5, 3, 2


@dataclass
class Plain:
    """The market."""

    on_hand: int
    held: int = 0
    sold: int = 0
    ledger: Counter[str] = field(default_factory=Counter)
    uses: Counter[str] = field(default_factory=Counter)

    def place(self, quantity: int, way: str, is_pickup: bool, now: datetime, voucher: str = "") -> Bought:
        """Order so many boxes; the digits on top and the shop's time to answer are the market's choice."""
        order = Bought(quantity, is_pickup, "", now, [], voucher=voucher)
        if self.on_hand - self.held < quantity or not self._take_use(order):
            raise Refused
        self.held += quantity
        order.state = "awaiting_payment" if way in PREPAID else "placed"
        order.pays.append(asked(way, order.total, now))
        return order

    def _take_use(self, order: Bought) -> bool:
        order.is_counted = bool(order.voucher) and self.uses[order.voucher] < MOST_USES
        self.uses[order.voucher] += order.is_counted
        return order.is_counted or not order.voucher

    def move(self, order: Bought, to: str, by: str) -> None:
        """Accept, make ready, ship, deliver, complete, dispute."""
        if to in ("ready", "shipped") and order.is_pickup != (to == "ready"):
            raise Refused
        if order.state == to:
            return
        if by not in MOVES[to].get(order.state, ()):
            raise Refused
        order.state = to
        if to in ("shipped", "delivered", "completed") and order.hold == "active":
            self._hand_over(order)
        order.has_arrived |= to == "delivered"
        if to == "completed":
            self._earn(order)

    def _hand_over(self, order: Bought) -> None:
        order.hold = "sold"
        self.held -= order.quantity
        self.on_hand -= order.quantity
        self.sold += order.quantity

    def deliver(self, order: Bought, by: str) -> None:
        """The buyer has the goods; when the shop says so, it has the cash, too."""
        self.move(order, "delivered", by)
        if by in SHOP_SIDE:
            self._collect(order)

    def collect(self, order: Bought) -> None:
        """The shop has the cash of goods that are gone."""
        if order.state not in ("delivered", "completed", "disputed"):
            raise Refused
        self._collect(order)
        self._earn(order)

    def _collect(self, order: Bought) -> None:
        if order.counted.state == "due":
            self._book(order.counted, "collected")

    def cancel(self, order: Bought, by: str) -> None:
        """Call the order off, with what that does to goods and money."""
        if order.state == "cancelled":
            return
        if by not in CANCELS.get(order.state, ()):
            raise Refused
        before, order.state, order.called_off_by = order.state, "cancelled", by
        if order.is_counted and not order.has_arrived:
            order.is_counted = False
            self.uses[order.voucher] -= 1
        if order.hold == "active":
            order.hold = "released"
            self.held -= order.quantity
        elif order.hold == "sold":
            order.hold = "returned"
            self.on_hand += order.quantity
            self.sold -= order.quantity
        self._end_money(order, before)

    def _end_money(self, order: Bought, before: str) -> None:
        pay = order.counted
        if pay.state in SETTLED:
            self._give_back(pay)
        elif pay.state in PAYABLE and pay.way == "stripe_card":
            pay.deadline = LONG_AGO  # Stripe is asked to end the page, which takes a moment
        elif pay.state in PAYABLE:
            pay.state = "refused" if pay.state == "due" and before in ("ready", "shipped") else "expired"

    def end_card(self, order: Bought, pay: Pay) -> None:
        """Nobody can pay by this card any more."""
        if pay.state in PAYABLE:
            pay.state = "expired"
            self._hear_expired(order, pay)

    def expire(self, order: Bought, pay: Pay, now: datetime) -> None:
        """The deadline of a payment and its grace are over."""
        if pay.deadline is None or pay.way == "stripe_card" or pay.deadline + GRACE > now:
            return
        if pay.state == "open":
            pay.state = "expired"
        elif pay.state != "refused":
            return
        self._hear_expired(order, pay)

    def _hear_expired(self, order: Bought, pay: Pay) -> None:
        if order.state == "awaiting_payment" and order.counted is pay:
            self.cancel(order, "system")

    def hand_in(self, order: Bought) -> None:
        """A picture by which the buyer shows to have paid; only a shop looks at such."""
        pay = order.counted
        if pay.state not in ("open", "proof") or pay.way != "transfer" or pay.proofs >= MOST_PROOFS:
            raise Refused
        pay.state, pay.proofs = "proof", pay.proofs + 1

    def refuse_proof(self, order: Bought, now: datetime) -> None:
        """The shop finds no such money."""
        if order.counted.state == "refused":
            return
        if order.counted.state != "proof":
            raise Refused
        order.counted.state, order.counted.deadline = "refused", now + PAY_TIME

    def pay_again(self, order: Bought, way: str, due: int, now: datetime) -> None:
        """Another payment, by the same way or another; what was open ends."""
        last = order.pays[-1]
        if last.state == "proof" or order.state != "awaiting_payment":
            raise Refused
        if last.state == "open" and last.way == way:
            return
        cash = "at_pickup" if order.is_pickup else "cod"
        if way not in (*PREPAID, cash) or len(order.pays) >= MOST_ATTEMPTS:
            raise Refused
        if last.state == "open":
            last.state = "expired"
            last.deadline = now if last.way == "stripe_card" else last.deadline
        pay = asked(way, due, now)
        if pay.deadline and last.deadline and now < last.deadline < pay.deadline:
            pay.deadline = last.deadline
        order.pays.append(pay)
        if way not in PREPAID:
            order.state = "placed"

    def money_comes(self, order: Bought, pay: Pay, by: str) -> None:
        """Money for one of the order's payments, early or late: on an order, or on its way back."""
        if pay.state in SETTLED:
            return
        if pay.state == "due":
            raise Refused
        self._book(pay, "captured")
        others = [each for each in order.pays if each is not pay]
        for each in others:
            each.state = "expired" if each.state in PAYABLE else each.state
        if any(each.state in SETTLED for each in others):
            self._give_back(pay)
            return
        self._earn(order)
        if order.state == "awaiting_payment":
            order.state = "accepted" if pay.way == "transfer" else "placed"
        elif order.state == "cancelled" and order.called_off_by == "system" and self._comes_back(order):
            order.state = "placed"
        elif order.state == "cancelled":
            self._give_back(pay)

    def _comes_back(self, order: Bought) -> bool:
        if self.on_hand - self.held < order.quantity or not self._take_use(order):
            return False
        self.held += order.quantity
        order.hold = "active"
        return True

    def _book(self, pay: Pay, state: str) -> None:
        pay.state, pay.nth = state, next(receipts)
        self._post({place_of(pay): pay.due, owed_to(pay): -pay.due})

    def _give_back(self, pay: Pay) -> None:
        if left := pay.due - pay.refunded:
            self.owe(pay, left)

    def owe(self, pay: Pay, amount: int, order: Bought | None = None) -> None:
        """So many rupiah go back; what the city had added to them goes along."""
        if pay.state not in SETTLED or pay.refunded + amount > pay.due:
            raise Refused
        if order and pay.is_earned:
            kept = pay.due - pay.refunded
            back = order.subsidy(kept) - order.subsidy(kept - amount)
            self._post({"subsidy": -back, "shop_payable": back})
        pay.backs.append(Back(amount))
        self._post({owed_to(pay): amount, "refund_clearing": -amount})

    def send(self, back: Back) -> None:
        """The shop has sent it and shows so."""
        if back.state == "done":
            raise Refused
        back.state = "sent"

    def finish(self, pay: Pay, back: Back) -> None:
        """The buyer has it."""
        if back.state == "done":
            return
        if back.state != "sent":
            raise Refused
        back.state = "done"
        self._post({"refund_clearing": back.amount, place_of(pay): -back.amount})
        done = sum(each.amount for each in pay.backs if each.state == "done")
        pay.state = "refunded" if done == pay.due else "part_refunded"

    def _earn(self, order: Bought) -> None:
        """Without a fee, what the operator holds for a completed order becomes the shop's, and what the city adds."""
        settled = [pay for pay in order.pays if pay.state in SETTLED and not pay.is_earned]
        if order.state == "completed":
            held = sum(pay.due - pay.refunded for pay in settled if pay.way == "stripe_card")
            kept = sum(pay.due - pay.refunded for pay in order.pays if pay.state in SETTLED)
            added = order.subsidy(kept) if settled else 0
            self._post({"buyer_held": held, "subsidy": added, "shop_payable": -held - added})
            for pay in settled:
                pay.is_earned = True

    def _post(self, sides: dict[str, int]) -> None:
        assert sum(sides.values()) == 0
        self.ledger.update(sides)
