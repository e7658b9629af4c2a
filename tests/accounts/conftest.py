"""Tests of accounts hash many passwords, so they hash them cheaply; `true_hashes` gives the real parameters back."""

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from marketplace.accounts import passwords

GENUINE = passwords._hasher


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """One pass over 64 KiB instead of two over 19 MiB."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    passwords._nobodys.cache_clear()
    yield
    passwords._nobodys.cache_clear()


@pytest.fixture
def true_hashes(cheap_hashes: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the market itself uses."""
    monkeypatch.setattr(passwords, "_hasher", GENUINE)
