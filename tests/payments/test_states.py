"""The table of payment states: every pair is tried, and the database lets one payable payment stand for a thing."""

from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.db import db, writing
from marketplace.payments.models import Actor, Payment, PaymentPart, PaymentState
from marketplace.payments.states import MOVES, PAYABLE_STATES, PaymentMoved, is_legal_path, transition
from marketplace.refusal import GoneAway
from tests.factories import Market
from tests.payments.money import make_payment


def test_every_pair_is_moved_or_refused_as_the_table_says(app: Flask, market: Market) -> None:
    shop = market.shops["bu_ani"]
    for before, after in product(PaymentState, PaymentState):
        with app.app_context(), writing():
            payment = make_payment(shop, 1_000, state=before)
            id = payment.id
        with app.app_context():
            if after in MOVES[before] or after == before:
                with writing():
                    assert transition(id, after, by=Actor.SYSTEM) == (None if after == before else before)
            else:
                with pytest.raises(PaymentMoved), writing():
                    transition(id, after, by=Actor.SYSTEM)
            moved = after if after in MOVES[before] else before
            assert db.session.get_one(Payment, id).state == moved
            if moved != before:
                part = db.session.scalars(select(PaymentPart).where(PaymentPart.payment_id == id)).one()
                assert part.is_payable == (moved in PAYABLE_STATES)


def test_an_unknown_payment_has_gone(app: Flask, market: Market) -> None:
    with app.app_context(), pytest.raises(GoneAway), writing():
        transition(99, PaymentState.EXPIRED, by=Actor.SYSTEM)


def test_a_thing_has_at_most_one_payable_payment(app: Flask, market: Market) -> None:
    with app.app_context():
        with writing():
            first = make_payment(market.shops["bu_ani"], 1_000)
            item_id = db.session.scalars(select(PaymentPart.item_id)).one()
            again = {"kind": "thing", "item_id": item_id, "amount": 1_000}
        with pytest.raises(IntegrityError), writing():
            second = make_payment(market.shops["bu_ani"], 1_000)
            db.session.add(PaymentPart(payment_id=second.id, **again))
        with writing():
            transition(first.id, PaymentState.EXPIRED, by=Actor.SYSTEM)
        with writing():
            second = make_payment(market.shops["bu_ani"], 1_000)
            db.session.add(PaymentPart(payment_id=second.id, **again))


@pytest.mark.parametrize(
    ("steps", "is_legal"),
    [
        ([], False),
        ([("open", "captured")], False),
        ([(None, "captured")], False),
        ([(None, "open"), ("open", "proof"), ("proof", "captured")], True),
        ([(None, "open"), ("proof", "captured")], False),
        ([(None, "due"), ("due", "captured")], False),
    ],
)
def test_a_history_is_legal_if_the_table_has_each_step(steps: list[tuple[str | None, str]], is_legal: bool) -> None:
    path = [(PaymentState(before) if before else None, PaymentState(after)) for before, after in steps]
    assert is_legal_path(path) == is_legal
