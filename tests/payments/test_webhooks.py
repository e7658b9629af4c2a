"""Webhooks are hints: who is not Stripe is refused, the same event is kept once, and all of them may be lost."""

import time
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select
from stripe import WebhookSignature

from marketplace.clock import now
from marketplace.db import db, writing
from marketplace.jobs import Job
from marketplace.payments import card_hearing
from marketplace.payments.card_hearing import EVERY
from marketplace.payments.card_models import CardEvent, CardSession
from marketplace.payments.models import Journal, JournalKind, PaymentState
from tests.payments.cards import SECRET, Till

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


def forgeries(till: Till) -> list[tuple[str | None, bytes | None, int]]:
    """(signature, body, seconds that the stamp is off): forty webhooks that are not from Stripe, or not from now."""
    session = till.open(till.ask())
    till.fake.pay(session)
    (event,) = till.events(session)
    body, right = till.fake.postman.signed(event)
    stamp, text = int(time.time()), body.decode()

    def signed(at: int, secret: str = SECRET, said: str = text) -> str:
        return WebhookSignature.generate_signature_header(said, secret, at)

    mark = right.split("v1=")[1]
    forged: list[tuple[str, bytes]] = [
        *((signed(stamp - late), body) for late in (301, 302, 600, 3_600, 86_400, 31_536_000)),
        *((signed(stamp + early), body) for early in (310, 600, 3_600, 86_400, 31_536_000)),
        *((signed(stamp, secret), body) for secret in ("whsec_", "whsec_fake ", "WHSEC_FAKE", "x", SECRET[:-1])),
        *(
            (right, changed.encode())
            for changed in (text + " ", text[:-1], text.replace("paid", "unpaid"), "", "{}", "[]")
        ),
        (right, b"\xff\xfe" + body),
        *((f"t={at},v1={mark}", body) for at in (stamp + 1, stamp - 1, stamp - 299, 0, 10**11)),
        *((signature, body) for signature in ("", "v1=" + mark, f"t={stamp}", f"t={stamp},v0={mark}", f"t=,v1={mark}")),
        *((signature, body) for signature in (f"t=x,v1={mark}", f"t={stamp},v1=", f"t={stamp},v1={mark[:-1]}")),
        *((signature, body) for signature in (f"t={stamp};v1={mark}", mark, "t=1,t=2", "=,=", f"t=-1,v1={mark}")),
    ]
    return [(signature, data, 0) for signature, data in forged][:40]


def test_forty_forged_or_replayed_webhooks_leave_nothing(till: Till) -> None:
    forged = forgeries(till)
    assert len(forged) == 40
    (event,) = till.events(till.rows(CardSession)[0].session_id)
    assert {till.hear(event, signature, body) for signature, body, _ in forged} == {400}
    assert till.count_events() == 0
    assert [job.kind for job in till.rows(Job) if job.kind == card_hearing.HEAR] == []
    assert till.hear(event) == 200


def test_without_a_secret_nobody_is_stripe(till: Till, change_settings: Callable[..., None]) -> None:
    session = till.open(till.ask())
    till.fake.pay(session)
    change_settings(stripe_webhook_secrets=())
    assert till.hear(till.events(session)[0]) == 400
    assert till.rows(CardEvent) == []
