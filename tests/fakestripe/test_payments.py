"""Sessions, intents, refunds and transfers move as Stripe's do."""

from collections.abc import Callable
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
import stripe
from stripe import StripeClient
from stripe.checkout import Session

from tests.fakestripe.server import FakeStripe

Open = Callable[..., Session]


class Stay(HTTPRedirectHandler):
    """Shows a redirect instead of following it."""

    def redirect_request(self, *_: object) -> None:
        """Stay."""


def press(session: Session, outcome: str) -> tuple[int, str, str]:
    """Press a button of the hosted page: status, where it leads, the page."""
    request = Request(str(session.url), urlencode({"outcome": outcome}).encode())
    try:
        with build_opener(Stay).open(request) as answer:
            return answer.status, "", answer.read().decode()
    except HTTPError as moved:
        return moved.code, str(moved.headers["Location"]), ""


def events(sdk: StripeClient) -> list[str]:
    """The types of all events, oldest first."""
    return [str(event.type) for event in sdk.v1.events.list().data][::-1]


def test_a_session_is_paid_on_its_page(sdk: StripeClient, open_session: Open) -> None:
    session = open_session()
    assert (session.status, session.payment_status, session.payment_intent) == ("open", "unpaid", None)
    assert press(session, "pay")[:2] == (303, f"http://shop.test/back?session={session.id}")
    paid = sdk.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge", "line_items"]})
    assert (paid.status, paid.payment_status, paid.url) == ("complete", "paid", None)
    assert paid.payment_intent.status == "succeeded"  # type: ignore[union-attr]
    assert paid.payment_intent.latest_charge.amount == 5_000_000  # type: ignore[union-attr]
    assert paid.line_items.data[0].description == "Onde-onde"  # type: ignore[union-attr]
    assert paid.metadata is not None
    assert paid.metadata["payment"] == "7"
    assert events(sdk) == [
        *("payment_intent.created", "charge.succeeded", "payment_intent.succeeded", "checkout.session.completed")
    ]


def test_a_declined_card_leaves_the_session_open(sdk: StripeClient, open_session: Open) -> None:
    session = open_session()
    status, _, page = press(session, "decline")
    assert (status, "ditolak" in page) == (200, True)
    assert sdk.v1.checkout.sessions.retrieve(session.id).status == "open"
    assert press(session, "pay")[0] == 303
    assert sdk.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


@pytest.mark.parametrize(("outcome", "payment_status"), [("succeeded", "paid"), ("failed", "unpaid")])
def test_money_that_comes_later(
    fake: FakeStripe, sdk: StripeClient, open_session: Open, outcome: str, payment_status: str
) -> None:
    session = open_session()
    press(session, "later")
    waiting = sdk.v1.checkout.sessions.retrieve(session.id)
    assert (waiting.status, waiting.payment_status) == ("complete", "unpaid")
    fake.settle(session.id, outcome)
    assert sdk.v1.checkout.sessions.retrieve(session.id).payment_status == payment_status
    assert events(sdk)[-1] == f"checkout.session.async_payment_{outcome}"


def test_the_bank_may_answer_on_the_page_too(sdk: StripeClient, open_session: Open) -> None:
    session = open_session()
    press(session, "later")
    press(session, "succeeded")
    assert sdk.v1.checkout.sessions.retrieve(session.id).payment_status == "paid"


def test_a_session_lives_for_30_minutes_at_least_by_stripes_clock(fake: FakeStripe, open_session: Open) -> None:
    with pytest.raises(stripe.InvalidRequestError) as early:
        open_session(expires_at=fake.bank.now() + 29 * 60)
    with pytest.raises(stripe.InvalidRequestError):
        open_session(expires_at=fake.bank.now() + 25 * 3600)
    assert early.value.param == "expires_at"
    fake.advance(120)
    with pytest.raises(stripe.InvalidRequestError):
        open_session(expires_at=fake.bank.now() - 120 + 31 * 60)


def test_a_session_expires_and_cannot_be_paid_then(fake: FakeStripe, sdk: StripeClient, open_session: Open) -> None:
    session = open_session(expires_at=fake.bank.now() + 31 * 60)
    fake.advance(31 * 60)
    assert sdk.v1.checkout.sessions.retrieve(session.id).status == "expired"
    assert "habis" in press(session, "pay")[2]
    assert events(sdk) == ["checkout.session.expired"]
    with pytest.raises(stripe.InvalidRequestError, match="status of `expired`"):
        sdk.v1.checkout.sessions.expire(session.id)


def test_a_paid_session_cannot_be_expired(sdk: StripeClient, open_session: Open) -> None:
    session, other = open_session(), open_session()
    press(session, "pay")
    with pytest.raises(stripe.InvalidRequestError, match="status of `complete`"):
        sdk.v1.checkout.sessions.expire(session.id)
    assert sdk.v1.checkout.sessions.expire(other.id).status == "expired"


def test_a_session_is_paid_once(fake: FakeStripe, open_session: Open) -> None:
    session = open_session()
    press(session, "pay")
    assert "sudah selesai" in press(session, "pay")[2]
    assert len(fake.bank.all(stripe.Charge)) == 1


def test_lists_come_page_by_page(sdk: StripeClient, open_session: Open) -> None:
    ids = [open_session().id for _ in range(7)]
    first = sdk.v1.checkout.sessions.list({"limit": 3})
    assert ([each.id for each in first.data], first.has_more) == (ids[:3:-1], True)
    assert [each.id for each in first.auto_paging_iter()] == ids[::-1]
    before = sdk.v1.checkout.sessions.list({"limit": 3, "ending_before": ids[0]})
    assert [each.id for each in before.data] == ids[3:0:-1]
    sdk.v1.checkout.sessions.expire(ids[2])
    assert [each.id for each in sdk.v1.checkout.sessions.list({"status": "expired"}).data] == [ids[2]]
    with pytest.raises(stripe.InvalidRequestError):
        sdk.v1.checkout.sessions.list({"limit": 101})


def test_refunds_never_exceed_the_charge(sdk: StripeClient, open_session: Open) -> None:
    session = open_session()
    press(session, "pay")
    intent = str(sdk.v1.checkout.sessions.retrieve(session.id).payment_intent)
    part = sdk.v1.refunds.create({"payment_intent": intent, "amount": 3_000_000})
    assert (part.status, part.amount) == ("succeeded", 3_000_000)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        sdk.v1.refunds.create({"payment_intent": intent, "amount": 2_000_001})
    assert sdk.v1.refunds.create({"payment_intent": intent}).amount == 2_000_000
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sdk.v1.refunds.create({"payment_intent": intent})
    assert caught.value.code == "charge_already_refunded"
    assert len(sdk.v1.refunds.list({"payment_intent": intent}).data) == 2


def test_a_failed_refund_gives_its_amount_back(fake: FakeStripe, sdk: StripeClient, open_session: Open) -> None:
    session = fake.pay(open_session().id)
    fake.fault("refund_pending")
    fake.fault("refund_fails")
    intent = session["payment_intent"]
    pending = sdk.v1.refunds.create({"payment_intent": intent, "amount": 1_000_000})
    failed = sdk.v1.refunds.create({"payment_intent": intent, "amount": 4_000_000})
    assert (pending.status, failed.status) == ("pending", "failed")
    assert fake.end_refund(pending.id)["status"] == "succeeded"
    assert sdk.v1.refunds.create({"payment_intent": intent}).amount == 4_000_000


def test_payment_intents_by_themselves(sdk: StripeClient) -> None:
    given = {"amount": 5_000_000, "currency": "idr"}
    intent = sdk.v1.payment_intents.create(given | {"payment_method": "pm_card_visa", "confirm": True})  # type: ignore[arg-type]
    assert intent.status == "succeeded"
    with pytest.raises(stripe.CardError) as caught:
        sdk.v1.payment_intents.create(given | {"payment_method": "pm_card_visa_chargeDeclined", "confirm": True})  # type: ignore[arg-type]
    assert caught.value.code == "card_declined"
    other = sdk.v1.payment_intents.create(given)  # type: ignore[arg-type]
    assert sdk.v1.payment_intents.cancel(other.id).status == "canceled"
    with pytest.raises(stripe.InvalidRequestError) as late:
        sdk.v1.payment_intents.confirm(other.id, {"payment_method": "pm_card_visa"})
    assert late.value.code == "payment_intent_unexpected_state"


def test_transfers_and_reversals(fake: FakeStripe, sdk: StripeClient, open_session: Open) -> None:
    fake.pay(open_session().id)
    fake.connect("acct_ani")
    given = {"amount": 4_000_000, "currency": "idr", "destination": "acct_ani"}
    with pytest.raises(stripe.InvalidRequestError):
        sdk.v1.transfers.create(given | {"destination": "acct_none"})  # type: ignore[arg-type]
    transfer = sdk.v1.transfers.create(given)  # type: ignore[arg-type]
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sdk.v1.transfers.create(given)  # type: ignore[arg-type]
    assert caught.value.code == "balance_insufficient"
    sdk.v1.transfers.reversals.create(transfer.id, {"amount": 1_000_000})
    sdk.v1.transfers.reversals.create(transfer.id)
    whole = sdk.v1.transfers.retrieve(transfer.id)
    assert (whole.amount_reversed, whole.reversed, len(whole.reversals.data)) == (4_000_000, True, 2)
