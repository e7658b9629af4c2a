"""The complaints of the demo market: what a buyer says of an order, what the shop answers, what the office decides."""

from collections.abc import Callable, Mapping, Sequence

from marketplace.demo.content import Entry
from marketplace.orders import complaining
from marketplace.orders.complaining import Decision, Opening
from marketplace.orders.complaint_models import ComplaintReason
from marketplace.orders.models import State
from marketplace.orders.refunding import Wish


def steps(order_id: int, said: Entry, seller_id: int, officer_id: int) -> Mapping[State, Sequence[Callable[[], None]]]:
    """What is done where the order gets to a state, for a complaint as the data files have it."""

    def complain() -> None:
        opening = Opening(ComplaintReason(said["reason"]), said["words"])
        complaining.open_complaint(order_id, opening, key=f"demo:{order_id}", actor_id=None)

    def answer() -> None:
        complaining.answer(order_id, said["answer"], actor_id=seller_id)

    def decide() -> None:
        decision = Decision(False, Wish({}, said.get("refund", 0), said["decision"]))
        complaining.decide(order_id, decision, key=f"demo:{order_id}", officer_id=officer_id)

    return {State.DISPUTED: [complain, answer] if "answer" in said else [complain], State.COMPLETED: [decide]}
