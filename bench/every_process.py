"""Saves 1,000 prices and counts and looks for each at once in four web processes that keep pages, on both engines."""

import json
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade

from marketplace import create_app
from marketplace.config import ROOT
from tests import postgres
from tests.conftest import settings_for
from tests.factories import open_market
from tests.races.every_process import PROCESSES, missed, several_servers

RESULT = ROOT / "bench" / "results" / "every_process.json"
CHANGES = 1000


def measure(folder: Path, url: str) -> dict[str, float]:
    """How many changes some page did not show at once, and how long it all took."""
    app = create_app(settings_for(folder, url))
    with app.app_context():
        upgrade()
        market = open_market()
    start = time.perf_counter()
    with several_servers(app) as servers:
        wrong = missed(app, market, servers, CHANGES)
    for line in wrong[:10]:
        print(line)
    return {"missed": len(wrong), "seconds": round(time.perf_counter() - start, 1)}


def main() -> None:
    """Both engines, one after the other."""
    result: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "conditions": f"{PROCESSES} web processes, {CHANGES:,} changes, product and category page after each",
        "changes": CHANGES,
    }
    postgres.start()
    try:
        for engine in ("sqlite", "postgresql"):
            with tempfile.TemporaryDirectory() as folder:
                if engine == "postgresql":
                    postgres.clone("every_process")
                path = f"sqlite:///{folder}/pasar.db"
                result[engine] = measure(Path(folder), path if engine == "sqlite" else postgres.url_of("every_process"))
            print(engine, result[engine])
    finally:
        postgres.stop()
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    if any(result[engine]["missed"] for engine in ("sqlite", "postgresql")):  # type: ignore[index]
        raise SystemExit("A page showed what had been changed.")


if __name__ == "__main__":
    main()
