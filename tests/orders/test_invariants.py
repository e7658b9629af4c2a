"""`flask check` is silent about a healthy market, and names each planted breach in one line."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import text

from marketplace.db import db
from tests.browser import Browser
from tests.factories import Market
from tests.orders.flows import order

BREACHES = [
    ("UPDATE variant SET held = 0 WHERE sku = 'OND-10'", "held is 0, active holds add up to 2"),
    ("UPDATE product SET in_stock = NOT in_stock WHERE title LIKE 'Onde%'", "in_stock on its card"),
    ("UPDATE shop_order SET state = 'completed'", "its state is not where its history ends"),
    ("UPDATE order_event SET actor = 'seller', after = 'shipped'", "its history is no legal path"),
    ("DELETE FROM order_event", "has no history"),
    ("UPDATE stock_hold SET state = 'released'", "while a hold is released"),
    ("UPDATE stock_hold SET quantity = 9", "its lines and its holds differ"),
    ("UPDATE order_group SET total = total + 1", "is not the sum of its orders"),
    ("DELETE FROM payment_part", "nobody is to pay for it"),
    ("UPDATE shop_order SET state = 'awaiting_payment'", "is awaiting_payment while its payment is due"),
    ("UPDATE shop_order SET pay_by = 'transfer'", "is paid by cod, not transfer"),
    ("UPDATE payment_part SET amount = amount + 1", "a payment asks for something else than its total"),
    ("UPDATE order_line SET price = price + 1", "its goods do not add up"),
    ("UPDATE product SET rating_sum = 5, rating_count = 1", "its rating is not that of its visible reviews"),
    (
        "INSERT INTO review (product_id, stars, created_at, author, words, variant_label, reply, hidden_reason,"
        " reports) SELECT id, 5, '2026-11-22 03:00:00', '', '', '', '', '', 0 FROM product",
        "nobody has bought what it speaks of",
    ),
]


@pytest.fixture
def check(app: Flask, client: Browser, market: Market) -> Callable[[], tuple[int, str]]:
    """Run the command over a market with one order; returns its exit code and what it printed."""
    order(client, market, onde=2)

    def run() -> tuple[int, str]:
        result = app.test_cli_runner().invoke(args=["check"])
        return result.exit_code, result.output

    return run


def test_a_healthy_market_passes(check: Callable[[], tuple[int, str]]) -> None:
    code, output = check()
    assert code == 0 and output.endswith("\nNo breach found.\n")


@pytest.mark.parametrize(("damage", "line"), BREACHES)
def test_a_breach_is_named(app: Flask, check: Callable[[], tuple[int, str]], damage: str, line: str) -> None:
    with app.app_context():
        db.session.execute(text(damage))
        db.session.commit()
    code, output = check()
    assert code == 1
    assert line in output


def test_a_counter_out_of_bounds_is_named_should_the_database_ever_let_it_in(
    app: Flask, engine: str, check: Callable[[], tuple[int, str]]
) -> None:
    unguarded = {
        "sqlite": "PRAGMA ignore_check_constraints = ON",
        "postgresql": "ALTER TABLE variant DROP CONSTRAINT ck_variant_held_within_on_hand",
    }
    with app.app_context():
        db.session.execute(text(unguarded[engine]))
        db.session.execute(text("UPDATE variant SET held = -1 WHERE sku = 'OND-10'"))
        db.session.commit()
    code, output = check()
    assert code == 1 and "held or on_hand is out of bounds" in output


def test_the_database_refuses_what_no_code_should_try(app: Flask, market: Market) -> None:
    from sqlalchemy.exc import IntegrityError

    for damage in (
        "UPDATE variant SET held = on_hand + 1",
        "UPDATE variant SET held = -1",
        "UPDATE variant SET price = 0",
        "UPDATE product SET rating_sum = 6, rating_count = 1",
        "INSERT INTO cart_line (cart_id, variant_id, quantity) VALUES (99, 99, 1)",
    ):
        with app.app_context():
            with pytest.raises(IntegrityError):
                db.session.execute(text(damage))
            db.session.rollback()
