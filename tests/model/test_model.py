"""Thirty runs of thirty steps: the market never differs from its model."""

from collections.abc import Callable

import pytest
from flask import Flask

from marketplace.orders import holds
from tests.factories import Market
from tests.model.machine import ILLEGAL, LEGAL, NO_NETWORK, Tried, trade, walk

RUNS, STEPS = 30, 30


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_market_is_as_its_model(app: Flask, market: Market, change_settings: Callable[..., None]) -> None:
    change_settings(**NO_NETWORK)
    Tried.forget()
    trade(app, market, RUNS, STEPS)
    assert Tried.runs >= RUNS


def test_every_edge_and_every_other_pair_is_tried(
    app: Flask, market: Market, change_settings: Callable[..., None]
) -> None:
    change_settings(**NO_NETWORK)
    Tried.forget()
    walk(app, market)
    assert (Tried.legal, Tried.illegal) == (LEGAL, ILLEGAL)


def test_a_divergence_is_noticed(
    app: Flask, market: Market, change_settings: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: goods of a cancelled order that stay held."""
    change_settings(**NO_NETWORK)
    monkeypatch.setattr(holds, "undo", lambda _order_id, **_more: None)
    with pytest.raises(AssertionError):
        trade(app, market, RUNS, STEPS)
