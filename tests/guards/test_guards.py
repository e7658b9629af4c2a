"""The list of guards is whole, names what is there, and taking some of them away turns their tests red."""

from pathlib import Path

import pytest

import marketplace.wiring  # every model is known
from marketplace.config import ROOT
from tests.guards.finder import found
from tests.guards.guard import Guard, NotThere, Unique, listed
from tests.guards.removal import copy_of, fault_of

LISTED = listed()
# A counter, an owner, a UNIQUE; bench.guards takes every one away.
SAMPLE = (
    "marketplace/counters.py:take",
    "marketplace/catalog/saving.py:saved_by",
    "uq_journal_kind_reference",
)
assert marketplace.wiring


def test_every_guard_that_can_be_found_is_on_the_list() -> None:
    missing = set(found(ROOT)) - LISTED.places
    assert not missing, f"tests/guards/guards.txt lacks {sorted(missing)}"


def test_what_the_list_names_is_there() -> None:
    for guard in LISTED.guards:
        assert guard.without(ROOT)
    assert set(LISTED.harmless) <= set(found(ROOT))
    assert len(LISTED.guards) >= 20


@pytest.mark.parametrize(
    ("source", "is_guard"),
    [
        ("def f(id):\n    update(Shop).where(Shop.id == id, Shop.left >= 1)", True),
        ("def f(id, sources):\n    update(Shop).where(Shop.id == id, Shop.state.in_(sources))", True),
        ("def f(model, n):\n    _change(model, model.held >= n)", True),
        ("def f(shop_id, slug):\n    select(Shop).where(Shop.shop_id == shop_id, Shop.slug == slug)", True),
        ("def f(ids):\n    update(Shop).where(Shop.id.in_(ids))", False),
        ("def f(id):\n    select(Shop).where(Shop.id == id, Shop.left >= 1)", False),
        ("def f(shop):\n    select(Shop).where(Shop.shop_id == Order.id)", False),
    ],
)
def test_the_finder_knows_a_guard(tmp_path: Path, source: str, is_guard: bool) -> None:
    file = tmp_path / "marketplace" / "orders" / "new.py"
    file.parent.mkdir(parents=True)
    file.write_text(source)
    assert ("marketplace/orders/new.py:f" in set(found(tmp_path))) == is_guard


def test_a_text_that_is_gone_is_named() -> None:
    for guard in (Guard("marketplace/db.py:writing", "no such text", "", ""), Unique("uq_nothing")):
        with pytest.raises(NotThere):
            guard.without(ROOT)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(ROOT, tmp_path_factory.mktemp("copy"))


@pytest.mark.slow
@pytest.mark.parametrize("place", SAMPLE)
def test_without_it_a_test_turns_red(copy: Path, place: str) -> None:
    guard = next(guard for guard in LISTED.guards if guard.place == place)
    assert fault_of(guard, copy) == ""


@pytest.mark.slow
def test_a_test_that_stays_green_is_told(copy: Path) -> None:
    harmless = Guard("marketplace/db.py:writing", "roll back on any", "undo on any", "tests/test_db.py -k nest")
    assert "stays green" in fault_of(harmless, copy)
