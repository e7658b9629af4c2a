"""Events: what has happened, to be read again for 30 days."""

from stripe import Event

from tests.fakestripe import lists
from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.params import Params


def retrieve(bank: Bank, params: Params, id: str) -> Item:
    """One event, with the object as it was then."""
    return bank.get(Event, id, "id")


def find(bank: Bank, params: Params) -> Item:
    """Events, newest first, of all types or the wanted ones (`type` may end in `.*`)."""
    wanted = [params.pop("type")] if "type" in params else params.pop("types", [])
    found = [event for event in bank.all(Event) if not wanted or any(_is(event["type"], each) for each in wanted)]
    return lists.page(found, params, "/v1/events")


def _is(name: str, wanted: str) -> bool:
    return name.startswith(wanted[:-1]) if wanted.endswith(".*") else name == wanted
