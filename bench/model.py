"""Runs the market beside its model in plain Python: 500 runs of 50 steps on SQLite, and as many on PostgreSQL.

    python -m bench.model [--engines sqlite,postgresql] [--runs 500] [--steps 50]

Counts which edges of the two tables of states, and which pairs that are none, were tried on the way.
"""

import argparse
import dataclasses
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade

from bench.cards import database_of
from marketplace import create_app
from marketplace.config import ROOT
from tests import postgres
from tests.conftest import settings_for
from tests.factories import open_market
from tests.model.machine import ILLEGAL, LEGAL, NO_NETWORK, Tried, trade, walk

RESULT = ROOT / "bench" / "results" / "model.json"
RUNS, STEPS, CHECKS_EVERY = 500, 50, 25


def measure(engine: str, runs: int, steps: int) -> dict[str, object]:
    """How many runs and steps there were, and what they tried; a divergence is raised."""
    Tried.forget()
    start = time.monotonic()
    settings = settings_for(Path(tempfile.mkdtemp()), database_of(engine, "model"))
    app = create_app(dataclasses.replace(settings, **NO_NETWORK))
    with app.app_context():
        upgrade()
        market = open_market()
    walk(app, market)
    trade(app, market, runs, steps, CHECKS_EVERY)
    return {
        "runs": Tried.runs,
        "steps": Tried.steps,
        "edges": f"{len(Tried.legal)} of {len(LEGAL)}",
        "other_pairs": f"{len(Tried.illegal)} of {len(ILLEGAL)}",
        "not_tried": sorted(" > ".join(map(str, pair)) for pair in (LEGAL | ILLEGAL) - Tried.legal - Tried.illegal),
        "diverged": 0,
        "seconds": round(time.monotonic() - start, 1),
    }


def main() -> int:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--steps", type=int, default=STEPS)
    given = parser.parse_args()
    engines = given.engines.split(",")
    if "postgresql" in engines:
        postgres.start()
    try:
        found = {engine: measure(engine, given.runs, given.steps) for engine in engines}
    finally:
        postgres.stop()
    kept = {"date": datetime.now(UTC).date().isoformat(), "conditions": f"{os.cpu_count()} cores"}
    RESULT.write_text(json.dumps({**kept, **found}, indent=2) + "\n")
    print(json.dumps(found, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
