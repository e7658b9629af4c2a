"""Small counts of what bench/cards.py proves in full."""

import pytest

from tests.e2e.servers import serve
from tests.factories import Market
from tests.payments.card_promises import mismatches, orders_of_events, race
from tests.payments.cards import Till
from tests.payments.money_storms import late, refunds


@pytest.mark.slow
def test_events_in_any_order_thrice_with_the_return_page_racing(till: Till, market: Market) -> None:
    with serve(till.app, web_workers=2) as servers:
        found = race(till, market, servers.url, orders_of_events(10))
    assert not any(found.values()), found


def test_what_is_not_as_asked_confirms_nothing_and_is_seen(till: Till, market: Market) -> None:
    found = mismatches(till, market, 14)
    assert not any(found.values()), found


def test_late_payments_come_back_or_go_back(till: Till, market: Market) -> None:
    found = late(till, market, 6)
    assert not any(found.values()), found


def test_refunds_asked_for_at_once_are_never_more_than_came(till: Till, market: Market) -> None:
    found = refunds(till, market, 2)
    assert not any(found.values()), found
