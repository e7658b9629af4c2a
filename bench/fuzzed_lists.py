"""Asks both engines for 3,000 absurd lists of the demo city's goods: errors, and answers that differ for htmx."""

import json
import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade

from marketplace import create_app
from marketplace.config import ROOT
from tests import postgres
from tests.busy_market import add_goods, open_shops
from tests.catalog.fuzzed import breaches
from tests.conftest import settings_for

RESULT = ROOT / "bench" / "results" / "fuzzed_lists.json"
TIMES = 3_000


def measure(folder: Path, url: str) -> dict[str, float]:
    """How many of the lists are wrong, and how long it took."""
    app = create_app(settings_for(folder, url))
    with app.app_context():
        upgrade()
    shops = open_shops(app)
    add_goods(app, shops)
    start = time.perf_counter()
    wrong = breaches(app, random.Random(20261122), list(shops), TIMES)
    for line in wrong[:10]:
        print(line)
    return {"wrong": len(wrong), "seconds": round(time.perf_counter() - start, 1)}


def main() -> None:
    """Both engines, one after the other."""
    result: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "conditions": "demo goods; each list asked as a browser does and as htmx does, three pages deep",
        "lists": TIMES,
    }
    postgres.start()
    try:
        for engine in ("sqlite", "postgresql"):
            with tempfile.TemporaryDirectory() as folder:
                if engine == "postgresql":
                    postgres.clone("fuzzed_lists")
                url = f"sqlite:///{folder}/pasar.db" if engine == "sqlite" else postgres.url_of("fuzzed_lists")
                result[engine] = measure(Path(folder), url)
            print(engine, result[engine])
    finally:
        postgres.stop()
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    if any(result[engine]["wrong"] for engine in ("sqlite", "postgresql")):  # type: ignore[index]
        raise SystemExit("Some lists are errors, or differ without JavaScript.")


if __name__ == "__main__":
    main()
