"""Webhooks are hints: who is not Stripe is refused, the same event is kept once, and all of them may be lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.payments import card_hearing
from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.card_hearing import EVERY
from marketplace.payments.card_models import CardEvent, CardSession
from marketplace.payments.models import PaymentState
from tests.payments.cards import Till
from tests.payments.forgeries import forgeries

Jobs = Callable[[], int]


def test_an_event_leads_to_the_same_settling(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.pay(session)
    (event,) = till.events(session)
    assert [till.hear(event) for _ in range(3)] == [200, 200, 200]
    assert till.count_events() == 1
    run_jobs()
    assert till.state(payment) == PaymentState.CAPTURED


def test_events_of_other_kinds_are_not_kept(till: Till) -> None:
    session = till.open(till.ask())
    intent = till.fake.pay(session)["payment_intent"]
    assert [till.hear(event) for event in till.events(intent)] == [200, 200]
    assert till.count_events() == 0


def test_what_an_event_says_is_not_believed(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    till.fake.pay(session)
    (event,) = till.events(session)
    till.fake.alter(session, status="open", payment_status="unpaid")
    till.hear(event)
    run_jobs()
    assert till.state(payment) == PaymentState.OPEN


def test_a_session_whose_answer_was_lost_is_met_by_its_key(till: Till, run_jobs: Jobs) -> None:
    payment = till.ask()
    session = till.open(payment)
    with till.app.app_context(), writing() as database:
        database.get_one(CardSession, till.rows(CardSession)[0].id).session_id = None
    till.fake.pay(session)
    till.hear(till.events(session)[0])
    run_jobs()
    assert till.state(payment) == PaymentState.CAPTURED


@pytest.mark.parametrize("outcome", ["pay", "later"])
def test_a_session_that_is_not_ours(till: Till, run_jobs: Jobs, outcome: str) -> None:
    line = {"price_data": {"currency": "idr", "unit_amount": 5_000_000, "product_data": {"name": "Kue"}}}
    given = {"mode": "payment", "line_items": [line], "success_url": "http://shop.test/"}
    strange = till.fake.client().v1.checkout.sessions.create(given)
    till.fake.pay(strange.id, outcome)
    till.hear(till.events(strange.id)[0])
    run_jobs()
    run_jobs()
    kinds = [journal.kind for journal in till.rows(Journal)]
    assert kinds == ([JournalKind.SUSPENSE] if outcome == "pay" else [])
    assert till.breaches() == []


def test_all_webhooks_may_be_lost(till: Till, run_jobs: Jobs) -> None:
    with till.app.app_context():
        card_hearing.arrange()
        card_hearing.arrange()
    paid, unpaid = till.ask(), till.ask()
    till.fake.pay(till.open(paid))
    till.open(unpaid)
    with time_machine.travel(now() + EVERY + timedelta(seconds=1)):
        run_jobs()
        assert (till.state(paid), till.state(unpaid)) == (PaymentState.CAPTURED, PaymentState.OPEN)
    with till.app.app_context():
        waiting = select(func.count()).where(Job.kind == card_hearing.POLL, Job.ended_at.is_(None))
        assert db.session.scalar(waiting) == 1


def test_the_poll_comes_again_although_stripe_is_down(till: Till) -> None:
    till.open(till.ask())
    till.fake.fault("error_500")
    with till.app.app_context():
        card_hearing.poll()
    assert [job.kind for job in till.rows(Job) if job.kind == card_hearing.POLL] == [card_hearing.POLL]


def test_both_secrets_count_while_they_rotate(till: Till, change_settings: Callable[..., None]) -> None:
    change_settings(stripe_webhook_secrets=("whsec_new", "whsec_old"))
    session = till.open(till.ask())
    till.fake.pay(session)
    (event,) = till.events(session)
    for secrets, status in (
        (["whsec_old"], 200),
        (["whsec_new"], 200),
        (["whsec_new", "whsec_old"], 200),
        (["x"], 400),
    ):
        till.fake.postman.secrets = secrets
        assert till.hear(event) == status


def test_forty_forged_or_replayed_webhooks_leave_nothing(till: Till) -> None:
    event, forged = forgeries(till)
    assert len(forged) == 40
    assert {till.hear(event, signature, body) for signature, body in forged} == {400}
    assert till.count_events() == 0
    assert [job.kind for job in till.rows(Job) if job.kind == card_hearing.HEAR] == []
    assert till.hear(event) == 200


def test_without_a_secret_nobody_is_stripe(till: Till, change_settings: Callable[..., None]) -> None:
    session = till.open(till.ask())
    till.fake.pay(session)
    change_settings(stripe_webhook_secrets=())
    assert till.hear(till.events(session)[0]) == 400
    assert till.rows(CardEvent) == []
