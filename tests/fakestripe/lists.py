"""Lists, page by page, and objects shown inside others when a request asks for it."""

from collections.abc import Callable
from typing import Any

from tests.fakestripe.bank import Bank, Item
from tests.fakestripe.errors import Refused
from tests.fakestripe.params import Params

SHORTEST, USUAL, LONGEST = 1, 10, 100
ALWAYS = {"limit", "starting_after", "ending_before", "expand", "created"}
EXPANDABLE = {"payment_intent", "latest_charge", "charge", "transfer"}


def page(items: list[Item], params: Params, url: str) -> Item:
    """One page of `items` (newest first): what equals the other parameters, after or before the cursor."""
    limit = params.get("limit", USUAL)
    if not SHORTEST <= limit <= LONGEST:
        raise Refused(f"Invalid integer: limit must be between {SHORTEST} and {LONGEST}.", param="limit")
    found = [item for item in items if _wanted(item, params)]
    if "starting_after" in params:
        found = found[_place(found, params["starting_after"], "starting_after") + 1 :]
    if "ending_before" in params:
        found = found[: _place(found, params["ending_before"], "ending_before")]
        return _list(found[-limit:], len(found) > limit, url)
    return _list(found[:limit], len(found) > limit, url)


def _list(data: list[Item], has_more: bool, url: str) -> Item:
    return {"object": "list", "data": data, "has_more": has_more, "url": url}


def _wanted(item: Item, params: Params) -> bool:
    equal = all(item.get(name) == value for name, value in params.items() if name not in ALWAYS)
    return equal and _in_range(item.get("created", 0), params.get("created"))


COMPARE: dict[str, Callable[[int, int], bool]] = {
    "gt": int.__gt__,
    "gte": int.__ge__,
    "lt": int.__lt__,
    "lte": int.__le__,
}


def _in_range(created: int, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        return all(COMPARE[name](created, limit) for name, limit in wanted.items())
    return wanted is None or created == wanted


def _place(items: list[Item], id: str, param: str) -> int:
    for place, item in enumerate(items):
        if item["id"] == id:
            return place
    raise Refused(f"No such object: '{id}'", code="resource_missing", param=param)


def expanded(bank: Bank, answer: Item, paths: list[str]) -> Item:
    """A copy in which the ids at these paths (`payment_intent.latest_charge`) became objects; raises Refused."""
    for path in paths:
        answer = _expanded(bank, answer, path.split("."), path)
    return answer


def _expanded(bank: Bank, item: Item, steps: list[str], path: str) -> Item:
    first, *rest = steps
    if first == "data" and item["object"] == "list":
        return item | {"data": [_expanded(bank, each, rest, path) for each in item["data"]]}
    if first == "line_items" and item["object"] == "checkout.session":
        return item | {"line_items": page(bank.notes[item["id"]]["line_items"], {}, "")}
    if first not in EXPANDABLE or first not in item:
        raise Refused(f"This property cannot be expanded ({path}).", param="expand")
    inner = item[first]
    if isinstance(inner, str):
        inner = bank.items[inner]
    if inner is not None and rest:
        inner = _expanded(bank, inner, rest, path)
    return item | {first: inner}
