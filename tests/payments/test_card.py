"""Paying by card: one page at a time, settled once whoever looks, over only when Stripe says so."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from stripe import StripeError
from stripe.checkout import Session

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.orders import paying
from marketplace.payments import card_pages, stripe_card
from marketplace.payments.books import Account
from marketplace.payments.card_models import CardSession, CardState
from marketplace.payments.card_pages import HELD_FOR, MOST_PAGES, CardUnreachable
from marketplace.payments.models import Actor, Payment, PaymentState
from marketplace.payments.states import PaymentMoved
from tests.payments.cards import BACK, Till

Jobs = Callable[[], int]
DUE = 50_000


def test_a_page_asks_for_a_hundred_parts_of_each_rupiah(till: Till) -> None:
    session = till.fake.bank.items[till.open(till.ask())]
    assert (session["amount_total"], session["currency"]) == (DUE * 100, "idr")
    assert session["client_reference_id"] == session["metadata"]["payment"] == till.rows(Payment)[0].reference


def test_the_page_lives_31_minutes_and_the_goods_wait_35(till: Till) -> None:
    session = till.fake.bank.items[till.open(till.ask())]
    assert 30 * 60 < session["expires_at"] - session["created"] <= 31 * 60
    held = till.rows(Payment)[0].deadline - now()
    assert timedelta(minutes=34) < held <= HELD_FOR == timedelta(minutes=35)


def test_paid_counts_once_however_often_one_looks(till: Till) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.pay(session)
    for _ in range(3):
        till.look(payment)
    assert till.state(payment) == PaymentState.CAPTURED
    assert till.balances() == {(Account.PROVIDER_CLEARING, None): DUE, (Account.BUYER_HELD, None): -DUE}
    assert [what for what, _, _ in till.things.heard] == ["captured", "captured"]  # a payment for two things
    assert till.breaches() == []


def test_two_tabs_share_one_page(till: Till) -> None:
    payment = till.ask()
    assert till.open(payment) == till.open(payment)
    assert len(till.fake.bank.all(Session)) == 1


def test_a_lost_answer_is_found_again_under_its_key(till: Till) -> None:
    payment = till.ask()
    till.fake.fault("unanswered", on="POST /v1/checkout/sessions")
    with pytest.raises(CardUnreachable):
        till.open(payment)
    till.open(payment)
    assert len(till.fake.bank.all(Session)) == 1
    assert len(till.rows(CardSession)) == 1


def test_a_request_that_never_arrived_gives_way_to_a_new_one(till: Till) -> None:
    payment = till.ask()
    till.fake.fault("unheard", on="POST /v1/checkout/sessions")
    with pytest.raises(CardUnreachable):
        till.open(payment)
    till.fake.advance(120)  # now 31 minutes from then are less than 30
    till.look(payment)
    assert till.rows(CardSession)[0].state == CardState.OVER
    assert till.state(payment) == PaymentState.EXPIRED


def test_nobody_waits_for_stripe_inside_a_transaction(till: Till) -> None:
    with till.app.app_context(), pytest.raises(RuntimeError, match="network"), writing():
        stripe_card.read_page("cs_test_1", None)


def test_a_declined_card_changes_nothing(till: Till) -> None:
    payment = till.ask()
    till.fake.pay(till.open(payment), "decline")
    till.look(payment)
    assert till.state(payment) == PaymentState.OPEN


def test_money_that_comes_later_is_waited_for(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.pay(session, "later")
    till.look(payment)
    assert till.rows(CardSession)[0].state == CardState.WAITING
    with time_machine.travel(now() + timedelta(hours=1)):
        run_jobs()
        assert till.state(payment) == PaymentState.OPEN
        till.fake.settle(session)
        till.look(payment)
    assert till.state(payment) == PaymentState.CAPTURED


def test_money_that_never_comes_ends_the_payment(till: Till) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.pay(session, "later")
    till.fake.settle(session, "failed")
    till.look(payment)
    assert till.state(payment) == PaymentState.EXPIRED
    assert [what for what, _, _ in till.things.heard] == ["expired", "expired"]


def test_the_hold_ends_when_stripe_says_that_the_page_is_over(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        till.fake.fault("error_500")
        run_jobs()
        assert till.state(payment) == PaymentState.OPEN  # Stripe has not answered: the goods stay held
    with time_machine.travel(now() + HELD_FOR + timedelta(minutes=1)):
        run_jobs()
    assert till.fake.bank.items[session]["status"] == "expired"
    assert till.state(payment) == PaymentState.EXPIRED


def test_a_page_that_stripe_still_shows_is_closed_at_the_deadline(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.alter(session, expires_at=till.fake.bank.now() + 7200)  # by its clock there is time
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        run_jobs()
    assert till.fake.bank.items[session]["status"] == "expired"
    assert till.state(payment) == PaymentState.EXPIRED


def test_who_pays_in_the_last_second_has_paid(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.pay(session)
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        run_jobs()
    assert till.state(payment) == PaymentState.CAPTURED


def test_there_is_nothing_to_pay_twice(till: Till) -> None:
    payment = till.ask()
    till.fake.pay(till.open(payment))
    with pytest.raises(PaymentMoved):
        till.open(payment)
    with pytest.raises(PaymentMoved):
        till.open(payment)
    assert len(till.fake.bank.all(Session)) == 1


def test_pages_are_not_opened_without_end(till: Till) -> None:
    payment = till.ask()
    with till.app.app_context(), writing() as session:
        for n in range(MOST_PAGES):
            old = {"key": f"old-{n}", "back_url": "", "language": "id", "expires_at": now()}
            session.add(CardSession(payment_id=payment, state=CardState.OVER, **old))
    with pytest.raises(PaymentMoved):
        till.open(payment)


def test_stripe_itself_may_be_down(till: Till) -> None:
    payment = till.ask()
    till.open(payment)
    till.fake.fault("error_500")
    with pytest.raises(StripeError):
        till.look(payment)
    with till.app.app_context():
        assert db.session.get_one(Payment, payment).state == PaymentState.OPEN


def test_a_page_that_is_over_may_turn_out_to_be_paid(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    with time_machine.travel(now() + HELD_FOR + timedelta(seconds=1)):
        run_jobs()
    assert till.state(payment) == PaymentState.EXPIRED
    till.fake.alter(session, status="open", expires_at=till.fake.bank.now() + 9_000)
    till.look(payment)
    assert till.rows(CardSession)[0].state == CardState.OVER
    till.fake.pay(session)
    till.look(payment)
    assert till.state(payment) == PaymentState.CAPTURED


def test_a_page_is_withdrawn_without_ending_the_payment(till: Till) -> None:
    payment = till.ask()
    session = till.open(payment)
    with till.app.app_context():
        card_pages.withdraw(payment)
        card_pages.withdraw(payment)
    assert till.fake.bank.items[session]["status"] == "expired"
    assert till.state(payment) == PaymentState.OPEN
    assert till.open(payment) != session


def test_a_paid_page_cannot_be_withdrawn(till: Till) -> None:
    payment = till.ask()
    till.fake.pay(till.open(payment))
    with till.app.app_context(), pytest.raises(PaymentMoved):
        card_pages.withdraw(payment)
    assert till.state(payment) == PaymentState.CAPTURED


def test_a_page_cannot_be_withdrawn_while_stripe_is_down(till: Till) -> None:
    payment = till.ask()
    till.open(payment)
    till.fake.fault("error_500")
    with till.app.app_context(), pytest.raises(CardUnreachable):
        card_pages.withdraw(payment)


def test_a_payment_without_a_page_ends_in_time(till: Till) -> None:
    payment = till.ask()
    with till.app.app_context():
        with writing() as session:
            session.get_one(Payment, payment).deadline = now() + timedelta(minutes=1)
        card_pages.end(payment)
        assert till.state(payment) == PaymentState.OPEN
        with time_machine.travel(now() + timedelta(minutes=2)):
            card_pages.end(payment)
    assert till.state(payment) == PaymentState.EXPIRED


def test_what_stripe_refuses_outright_opens_no_page(till: Till) -> None:
    payment = till.ask()
    with till.app.app_context(), pytest.raises(CardUnreachable):
        card_pages.page_url(payment, BACK, "xx")  # a language that it does not speak
    assert till.fake.bank.all(Session) == [] and till.state(payment) == PaymentState.OPEN


def test_nobody_but_stripe_says_that_money_by_card_has_come(till: Till) -> None:
    payment = till.ask()
    with till.app.app_context(), writing() as session, pytest.raises(NotImplementedError):
        paying.book(session.get_one(Payment, payment), by=Actor.OFFICER, actor_id=None)
    assert till.state(payment) == PaymentState.OPEN and till.balances() == {}
