"""Requests are checked as Stripe would, keys work once, and what goes wrong on demand goes wrong."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
import stripe
from stripe import StripeClient
from stripe.checkout import Session

from tests.fakestripe.idempotency import LIFETIME
from tests.fakestripe.server import FakeStripe

Open = Callable[..., Session]
LINE = {"price_data": {"currency": "idr", "unit_amount": 5_000_000, "product_data": {"name": "Kue"}}, "quantity": 1}
GOOD = {"mode": "payment", "line_items": [LINE], "success_url": "http://shop.test/"}


def refused(sdk: StripeClient, change: dict[str, Any]) -> stripe.InvalidRequestError:
    with pytest.raises(stripe.InvalidRequestError) as caught:
        sdk.v1.checkout.sessions.create(GOOD | change)  # type: ignore[arg-type]
    return caught.value


def without(name: str) -> dict[str, Any]:
    return {"line_items": [LINE | {"price_data": {k: v for k, v in LINE["price_data"].items() if k != name}}]}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "code", "param"),
    [
        ({"colour": "red"}, "parameter_unknown", "colour"),
        ({"payment_method_types": ["card"]}, "parameter_unknown", "payment_method_types"),
        ({"line_items": [LINE | {"colour": "red"}]}, "parameter_unknown", "line_items[0][colour]"),
        (without("currency"), "parameter_missing", "line_items[0][price_data][currency]"),
        (without("unit_amount"), "parameter_missing", "line_items[0][price_data][unit_amount]"),
        ({"line_items": [LINE | {"quantity": "many"}]}, "parameter_invalid_integer", "line_items[0][quantity]"),
        ({"expires_at": "soon"}, "parameter_invalid_integer", "expires_at"),
        ({"success_url": ""}, "parameter_invalid_empty", "success_url"),
        ({"line_items": "Kue"}, None, "line_items"),
        ({"metadata": "7"}, None, "metadata"),
        ({"metadata": {"k" * 41: "v"}}, None, f"metadata[{'k' * 41}]"),
        ({"mode": "gift"}, None, "mode"),
        ({"submit_type": "buy"}, None, "submit_type"),
        ({"allow_promotion_codes": "perhaps"}, None, "allow_promotion_codes"),
        ({"success_url": {"to": "here"}}, None, "success_url"),
    ],
)
def test_what_the_types_do_not_know_is_refused(
    sdk: StripeClient, change: dict[str, Any], code: str | None, param: str
) -> None:
    error = refused(sdk, change)
    assert (error.http_status, error.code, error.param) == (400, code, param)


def test_amounts_are_hundredths_and_neither_too_small_nor_too_large(sdk: StripeClient, open_session: Open) -> None:
    session = open_session(rupiah=50_000)
    assert (session.amount_total, session.currency) == (5_000_000, "idr")
    with pytest.raises(stripe.InvalidRequestError) as small:
        open_session(rupiah=500)
    with pytest.raises(stripe.InvalidRequestError) as large:
        open_session(rupiah=10_000_000_000)
    assert (small.value.code, large.value.code) == ("amount_too_small", "amount_too_large")


def test_a_wrong_key_and_an_unknown_address_are_refused(fake: FakeStripe, sdk: StripeClient) -> None:
    stranger = StripeClient("sk_test_stranger", base_addresses={"api": fake.url})
    with pytest.raises(stripe.AuthenticationError):
        stranger.v1.checkout.sessions.list()
    with pytest.raises(stripe.InvalidRequestError, match="Unrecognized request URL"):
        sdk.v1.customers.list()
    with pytest.raises(stripe.InvalidRequestError) as missing:
        sdk.v1.checkout.sessions.retrieve("cs_test_none")
    assert (missing.value.http_status, missing.value.code) == (404, "resource_missing")


def test_the_same_key_gives_the_same_session(fake: FakeStripe, open_session: Open) -> None:
    first, second = open_session(key="k1"), open_session(key="k1")
    assert first.id == second.id
    assert [asked.replayed for asked in fake.api.log] == [False, True]
    assert second.last_response is not None
    assert second.last_response.headers["Idempotent-Replayed"] == "true"


def test_the_same_key_for_something_else_is_refused(open_session: Open) -> None:
    open_session(key="k1")
    with pytest.raises(stripe.IdempotencyError) as caught:
        open_session(rupiah=60_000, key="k1")
    assert caught.value.http_status == 400


def test_a_key_is_free_again_after_a_day(fake: FakeStripe, open_session: Open) -> None:
    first = open_session(key="k1")
    fake.advance(LIFETIME + 1)
    assert open_session(key="k1").id != first.id


def test_a_key_in_use_is_a_conflict(fake: FakeStripe, open_session: Open) -> None:
    fake.fault("slow", on="POST", seconds=1.0)
    thread = threading.Thread(target=open_session, kwargs={"key": "k1"})
    thread.start()
    while not fake.api.keys.uses:
        pass
    with pytest.raises(stripe.APIError) as caught:
        open_session(key="k1")
    thread.join()
    assert (caught.value.http_status, caught.value.code) == (409, None)
    assert '"idempotency_key_in_use"' in str(caught.value.http_body)
    assert open_session(key="k1").id.startswith("cs_test_")


def test_wrong_parameters_leave_the_key_free(sdk: StripeClient, open_session: Open) -> None:
    with pytest.raises(stripe.InvalidRequestError):
        open_session(key="k1", colour="red")
    assert open_session(key="k1").status == "open"


def test_a_time_out_after_the_effect_is_found_again_by_its_key(fake: FakeStripe, open_session: Open) -> None:
    fake.fault("unanswered", on="POST /v1/checkout/sessions")
    with pytest.raises(stripe.APIConnectionError):
        open_session(key="k1")
    assert open_session(key="k1").status == "open"
    assert len(fake.bank.all(Session)) == 1


def test_the_client_gives_up_by_itself(fake: FakeStripe, open_session: Open) -> None:
    fake.fault("slow", seconds=3)
    with pytest.raises(stripe.APIConnectionError):
        open_session()


def test_failures_before_the_effect(fake: FakeStripe, open_session: Open) -> None:
    for kind, error in (
        ("unheard", stripe.APIConnectionError),
        ("error_500", stripe.APIError),
        ("rate_limit", stripe.RateLimitError),
    ):
        fake.fault(kind)
        with pytest.raises(error):
            open_session(key="k1")
    assert not fake.bank.all(Session)
    assert open_session(key="k1").status == "open"


def test_a_500_after_the_effect_stays_a_500(fake: FakeStripe, open_session: Open) -> None:
    fake.fault("error_500_after")
    for _ in range(2):
        with pytest.raises(stripe.APIError) as caught:
            open_session(key="k1")
        assert caught.value.http_status == 500
    assert len(fake.bank.all(Session)) == 1


def test_many_threads_one_key_one_session(fake: FakeStripe, open_session: Open) -> None:
    seen: list[str] = []

    def ask() -> None:
        try:
            seen.append(open_session(key="k1").id)
        except stripe.APIError as error:
            assert error.http_status == 409

    threads = [threading.Thread(target=ask) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(seen)) == 1
    assert len(fake.bank.all(Session)) == 1
