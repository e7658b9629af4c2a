"""Card payments in full counts: events in every order, mismatches, late money, refunds asked for at once.

    python -m bench.cards [--engines sqlite,postgresql]

Two web processes and a worker serve the market; Stripe is the fake of tests/fakestripe, which the real SDK talks to.
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

from flask import Flask
from flask_migrate import upgrade
from pytest import MonkeyPatch

from marketplace import create_app
from marketplace.config import ROOT, Settings
from marketplace.payments.card_models import CardEvent
from tests import postgres
from tests.e2e.servers import serve
from tests.factories import Market, open_market
from tests.fakestripe.server import FakeStripe
from tests.payments.card_promises import mismatches, orders_of_events, race
from tests.payments.cards import Till, settings_of
from tests.payments.forgeries import forgeries
from tests.payments.money import wire
from tests.payments.money_storms import late, refunds

RESULT = ROOT / "bench" / "results" / "cards.json"
ORDERS, MISMATCHES, LATE, REFUNDED = 120, 300, 200, 100


def open_till(folder: Path, database_url: str, fake: FakeStripe) -> tuple[Till, Market]:
    """A fresh market that takes cards."""
    given = {
        "INSTANCE": str(folder),
        "DATABASE_URL": database_url,
        "SECRET_KEY": "bench",
        "BASE_URL": "http://localhost",
    }
    app: Flask = create_app(dataclasses.replace(Settings.from_environment(given), **settings_of(fake)))
    with app.app_context():
        upgrade()
        market = open_market()
    return Till(app, fake, wire(app, MonkeyPatch())), market


def measure(engine: str) -> dict[str, object]:
    """Everything once, each in a market of its own."""
    result: dict[str, object] = {}
    with FakeStripe() as fake:
        till, market = open_till(Path(tempfile.mkdtemp()), database_of(engine, "cards_race"), fake)
        start = time.monotonic()
        with serve(till.app, web_workers=2) as servers:
            result["race"] = race(till, market, servers.url, orders_of_events(ORDERS))
        result["race_seconds"] = round(time.monotonic() - start, 1)
    with FakeStripe() as fake:
        till, market = open_till(Path(tempfile.mkdtemp()), database_of(engine, "cards_lies"), fake)
        result["mismatches"] = mismatches(till, market, MISMATCHES)
        before = len(till.rows(CardEvent))
        event, forged = forgeries(till)
        refused = sum(till.hear(event, signature, body) == 400 for signature, body in forged)
        result["forged"], result["forged_refused"] = len(forged), refused
        result["forged_rows"] = len(till.rows(CardEvent)) - before
    for name, storm, count in (("late", late, LATE), ("refunds", refunds, REFUNDED)):
        with FakeStripe() as fake:
            till, market = open_till(Path(tempfile.mkdtemp()), database_of(engine, f"cards_{name}"), fake)
            result[name] = storm(till, market, count)
    return result


def database_of(engine: str, name: str) -> str:
    """The address of an empty database."""
    if engine == "sqlite":
        return f"sqlite:///{tempfile.mkdtemp()}/pasar.db"
    postgres.clone(name)
    return postgres.url_of(name)


def main() -> int:
    """Measure, keep the figures, and return 1 when a promise is not kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--engines", default="sqlite,postgresql")
    engines = parser.parse_args().engines.split(",")
    if "postgresql" in engines:
        postgres.start()
    try:
        found = {engine: measure(engine) for engine in engines}
    finally:
        postgres.stop()
    kept = {"date": datetime.now(UTC).date().isoformat(), "conditions": f"{os.cpu_count()} cores, 2 web processes"}
    RESULT.write_text(json.dumps({**kept, "orders": ORDERS, "mismatches": MISMATCHES, **found}, indent=2) + "\n")
    print(json.dumps(found, indent=2))
    wrong = [
        each
        for one in found.values()
        for part in ("race", "mismatches", "late", "refunds")
        for each in one[part].values()
    ]  # type: ignore[attr-defined]
    refused = all(one["forged"] == one["forged_refused"] == 40 and not one["forged_rows"] for one in found.values())
    return 0 if refused and not any(wrong) else 1


if __name__ == "__main__":
    sys.exit(main())
