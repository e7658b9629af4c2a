"""Requests are held against the SDK's own typed parameters: what these do not know, Stripe would refuse."""

import re
import sys
from collections.abc import Iterable
from functools import cache
from types import UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin
from urllib.parse import parse_qsl

from stripe import RequestOptions
from typing_extensions import get_type_hints, is_typeddict

from tests.fakestripe.errors import Refused, missing, unknown

Params = dict[str, Any]
KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
METADATA_KEYS, METADATA_KEY_LENGTH, METADATA_VALUE_LENGTH = 50, 40, 500


def checked(form: str, shape: type) -> Params:
    """The parameters of a query or a body, typed as `shape` (a TypedDict of the SDK) says; raises Refused."""
    return _fields(_tree(parse_qsl(form, keep_blank_values=True)), shape, "")


def _tree(pairs: Iterable[tuple[str, str]]) -> Params:
    """`a[0][b]=c` becomes {"a": {"0": {"b": "c"}}}; lists stay dicts until their type is known."""
    tree: Params = {}
    for key, value in pairs:
        found = KEY.fullmatch(key)
        if found is None:
            raise unknown(key)
        *above, last = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
        branch = tree
        for step in above:
            branch = branch.setdefault(step or str(len(branch)), {})
            if not isinstance(branch, dict):
                raise Refused(f"Invalid object: {key}", param=key)
        branch[last or str(len(branch))] = value
    return tree


def _fields(raw: Any, shape: type, at: str) -> Params:
    if not isinstance(raw, dict):
        raise Refused("Invalid object", param=at)
    hints, required = hints_of(shape)
    for name in raw:
        if name not in hints:
            raise unknown(_inside(at, name))
    for name in sorted(required - set(raw)):
        raise missing(_inside(at, name))
    return {name: _value(value, hints[name], _inside(at, name)) for name, value in raw.items()}


@cache
def hints_of(shape: Any) -> tuple[dict[str, Any], frozenset[str]]:
    """The fields of a TypedDict without the SDK's own options (api_key ...), and those that must be there."""
    own = {name: hint for name, hint in shape.__annotations__.items() if name not in RequestOptions.__annotations__}
    holder = type("Fields", (), {"__annotations__": own})
    hints = get_type_hints(holder, globalns=vars(sys.modules[shape.__module__]), include_extras=True)
    required = frozenset(name for name in hints if name in shape.__required_keys__)
    return hints, required


def _value(raw: Any, hint: Any, at: str) -> Any:
    if get_origin(hint) is NotRequired:
        hint = get_args(hint)[0]
    origin = get_origin(hint)
    if origin in (Union, UnionType, Literal):
        return _one_of(raw, _options(hint), at)
    if origin is list:
        return _list(raw, get_args(hint)[0], at)
    if origin is dict:
        return _metadata(raw, at)
    if is_typeddict(hint):
        return _fields(raw, hint, at)
    return _scalar(raw, hint, at)


def _options(hint: Any) -> list[Any]:
    return [hint] if get_origin(hint) is Literal else list(get_args(hint))


def _one_of(raw: Any, options: list[Any], at: str) -> Any:
    """A union. `Literal[...] | str` leaves room for tomorrow's words; Stripe knows today's alone."""
    if isinstance(raw, dict):
        nested = [each for each in options if is_typeddict(each) or get_origin(each) in (dict, list)]
        if not nested:
            raise Refused("Invalid string", param=at)
        return _value(raw, nested[0], at)
    words = [word for each in options if get_origin(each) is Literal for word in get_args(each)]
    if raw in words:
        return raw
    scalars = [each for each in options if each in SCALARS and not (each is str and set(words) - {""})]
    if not scalars:
        raise Refused(f"Invalid {at}: must be one of {', '.join(map(str, words))}", param=at)
    return _scalar(raw, scalars[-1], at)


def _list(raw: Any, hint: Any, at: str) -> list[Any]:
    if not isinstance(raw, dict) or not all(key.isdigit() for key in raw):
        raise Refused("Invalid array", param=at)
    return [_value(raw[key], hint, f"{at}[{key}]") for key in sorted(raw, key=int)]


def _metadata(raw: Any, at: str) -> dict[str, str]:
    if not isinstance(raw, dict) or not all(isinstance(value, str) for value in raw.values()):
        raise Refused("Invalid hash", param=at)
    if len(raw) > METADATA_KEYS:
        raise Refused(f"Metadata can have up to {METADATA_KEYS} keys.", param=at)
    for key, value in raw.items():
        if len(key) > METADATA_KEY_LENGTH or len(value) > METADATA_VALUE_LENGTH:
            raise Refused("Metadata keys have up to 40 characters, values up to 500.", param=_inside(at, key))
    return raw


def _scalar(raw: Any, hint: Any, at: str) -> Any:
    if not isinstance(raw, str):
        raise Refused("Invalid string", param=at)
    if raw == "":
        raise Refused(f"You passed an empty string for '{at}'.", code="parameter_invalid_empty", param=at)
    pattern, convert = SCALARS[hint]
    if not re.fullmatch(pattern, raw, re.DOTALL):
        code = "parameter_invalid_integer" if hint is int else None
        raise Refused(f"Invalid {hint.__name__}: {raw}", code=code, param=at)
    return convert(raw)


def _inside(at: str, name: str) -> str:
    return f"{at}[{name}]" if at else name


SCALARS: dict[Any, tuple[str, Any]] = {
    str: (r".+", str),
    int: (r"-?[0-9]{1,18}", int),
    bool: (r"true|false", lambda word: word == "true"),
    float: (r"-?[0-9]+(\.[0-9]+)?", float),
}
