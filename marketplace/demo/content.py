"""What the demo market holds, read from the TOML files in data/."""

import tomllib
from collections import Counter
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

Entry = dict[str, Any]

_DATA = files("marketplace.demo").joinpath("data")


@cache
def people() -> dict[str, Entry]:
    """The people by a short name: siti, ani, ..."""
    return _read(_DATA.joinpath("people.toml"))


@cache
def shops() -> dict[str, Entry]:
    """The shops by slug, the name of their file; each has its `products`."""
    found = sorted(_DATA.joinpath("shops").iterdir(), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): _read(file) for file in found if file.name.endswith(".toml")}


@cache
def guests() -> dict[str, Entry]:
    """Who buys without an account, by a short name."""
    return _read(_DATA.joinpath("guests.toml"))


@cache
def checkouts() -> list[Entry]:
    """The orders, one entry a checkout, the oldest first."""
    entries = [entry for name in ("past", "orders") for entry in _read(_DATA.joinpath(f"{name}.toml"))["checkouts"]]
    return sorted(entries, key=lambda entry: -entry.get("days_ago", 0))


def vouchers() -> list[Entry]:
    """What shops and the city take off."""
    entries: list[Entry] = _read(_DATA.joinpath("vouchers.toml"))["vouchers"]
    return entries


def reviews() -> list[tuple[Entry, str, Entry]]:
    """(checkout, SKU, what its buyer says of it)."""
    return [(entry, sku, said) for entry in checkouts() for sku, said in entry.get("reviews", {}).items()]


def products() -> list[tuple[str, Entry]]:
    """(slug of the shop, product) in the order in which they arrive: each shop's best goods last, so newest of all."""
    deepest = max(len(shop["products"]) for shop in shops().values())
    shelves = ([(slug, shop["products"][rank : rank + 1]) for slug, shop in shops().items()] for rank in range(deepest))
    ranked = [[(slug, entry) for slug, entries in shelf for entry in entries] for shelf in shelves]
    return [good for goods in reversed(ranked) for good in _mixed(goods)]


def _mixed(goods: list[tuple[str, Entry]]) -> list[tuple[str, Entry]]:
    """The goods dealt out like cards, one of each kind and one more of each kind, so that no two alike lie together."""
    dealt: Counter[str] = Counter()
    rounds = []
    for slug, entry in goods:
        kind = entry["pictures"][0].split()[0].split("-")[0]
        rounds.append((dealt[kind], slug, entry))
        dealt[kind] += 1
    return [(slug, entry) for _, slug, entry in sorted(rounds, key=lambda item: -item[0])]


def _read(file: Traversable) -> Entry:
    return {name: _unwrapped(value) for name, value in tomllib.loads(file.read_text(encoding="utf-8")).items()}


def _unwrapped(value: Any) -> Any:
    """Long texts are wrapped in the files: one line, one blank between words."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, list):
        return [_unwrapped(item) for item in value]
    return {name: _unwrapped(item) for name, item in value.items()} if isinstance(value, dict) else value
