"""Two dozen deaths at named points and at any moment: the books are in order, and every acknowledged order is there."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from marketplace.config import ROOT
from tests.factories import Market
from tests.fakestripe.server import FakeStripe
from tests.kills.deaths import run
from tests.kills.points import POINTS
from tests.payments.cards import settings_of

DEATHS = 24


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost(
    app: Flask, market: Market, change_settings: Callable[..., None], tmp_path: Path
) -> None:
    with FakeStripe() as fake:
        change_settings(**settings_of(fake))
        found = run(app, market, fake, tmp_path, DEATHS)
    assert found.wrong == []
    assert found.deaths.total() == DEATHS
    assert found.ordered > 0 and found.broken > 0, "no connection broke: the test killed nothing"
    assert sum(not name.startswith("any moment") for name in found.deaths) >= 6


def test_every_point_is_a_function_of_the_market() -> None:
    assert len(POINTS) >= 12
    for target in POINTS.values():
        module, _, function = target.partition(":")
        tree = ast.parse((ROOT / (module.replace(".", "/") + ".py")).read_text())
        assert any(isinstance(node, ast.FunctionDef) and node.name == function for node in tree.body), target
