"""Money that is not as asked goes to suspense, and confirms nothing."""

import pytest

from marketplace.payments.books import Journal, JournalKind
from marketplace.payments.models import PaymentState
from tests.payments.cards import Till

DUE = 50_000


@pytest.mark.parametrize(
    ("word", "session", "intent"),
    [
        ("amount", {"amount_total": DUE * 100 - 1}, {}),
        ("amount", {"amount_total": DUE * 100 + 1}, {}),
        ("amount", {}, {"amount_received": DUE * 100 - 100}),
        ("amount", {"amount_total": DUE * 10_000}, {"amount_received": DUE * 10_000}),
        ("amount", {"amount_total": DUE}, {"amount_received": DUE}),
        ("currency", {"currency": "usd"}, {"currency": "usd"}),
        ("currency", {}, {"currency": "usd"}),
        ("reference", {"client_reference_id": "PM-OTHER-1"}, {}),
        ("account", {}, {"transfer_data": {"destination": "acct_other", "amount": None}}),
        ("account", {}, {"on_behalf_of": "acct_other"}),
    ],
)
def test_what_is_not_as_asked_goes_to_suspense(
    till: Till, word: str, session: dict[str, object], intent: dict[str, object]
) -> None:
    payment = till.ask()
    id = till.open(payment)
    till.fake.alter(till.fake.pay(id)["payment_intent"], **intent)
    till.fake.alter(id, **session)
    till.look(payment)
    journals = till.rows(Journal)
    assert [journal.kind for journal in journals] == [JournalKind.SUSPENSE]
    assert journals[0].note.startswith(f"{word}: ")
    assert till.state(payment) == PaymentState.EXPIRED
    assert till.breaches() == []
