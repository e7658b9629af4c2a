"""Kills web server, worker and PostgreSQL backends at named points and at any moment, 200 times on each engine.

    python -m bench.deaths [--engines sqlite,postgresql] [--deaths 200]

Four people order, pay by cash, transfer and card, cancel and are refunded meanwhile. Afterwards `flask check` must find
nothing, and what was acknowledged must be there.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.cards import database_of, open_till
from marketplace.config import ROOT
from tests import postgres
from tests.fakestripe.server import FakeStripe
from tests.kills.deaths import run

RESULT = ROOT / "bench" / "results" / "deaths.json"
DEATHS = 200


def measure(engine: str, deaths: int) -> dict[str, object]:
    """One market, so many deaths."""
    start = time.monotonic()
    with FakeStripe() as fake:
        till, market = open_till(Path(tempfile.mkdtemp()), database_of(engine, "deaths"), fake)
        found = run(till.app, market, fake, Path(tempfile.mkdtemp()), deaths)
    for line in found.wrong[:20]:
        print(line)
    at_points = sum(n for name, n in found.deaths.items() if not name.startswith("any moment"))
    return {
        "deaths": found.deaths.total(),
        "at_points": at_points,
        "points": sum(not name.startswith("any moment") for name in found.deaths),
        "orders": found.ordered,
        "broken": found.broken,
        "wrong": len(found.wrong),
        "by_place": dict(sorted(found.deaths.items())),
        "seconds": round(time.monotonic() - start, 1),
    }


def main() -> int:
    """Measure, keep the figures, and return 1 when something was lost."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--deaths", type=int, default=DEATHS)
    given = parser.parse_args()
    engines = given.engines.split(",")
    if "postgresql" in engines:
        postgres.start()
    try:
        found = {engine: measure(engine, given.deaths) for engine in engines}
    finally:
        postgres.stop()
    kept = {"date": datetime.now(UTC).date().isoformat(), "conditions": f"{os.cpu_count()} cores, 4 people"}
    RESULT.write_text(json.dumps({**kept, **found}, indent=2) + "\n")
    print(json.dumps(found, indent=2))
    return 1 if any(one["wrong"] for one in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
