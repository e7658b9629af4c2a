"""Loads 16,354 rows of other markets into a fresh shop and looks whether the site stays quick.

    python -m bench.import_products [products_id.csv] [--engines sqlite,postgresql]

The rows are test data that may not be passed on: they are read from outside the repository, and where they are
missing this says so. Their categories are added to the benchmark's own database alone.
"""

import argparse
import csv
import io
import json
import os
import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import select

from marketplace import create_app
from marketplace.catalog.models import Category
from marketplace.catalog.sheets import COLUMNS
from marketplace.config import ROOT, Settings
from marketplace.db import db, writing
from tests import postgres
from tests.factories import make_shop, make_user

SOURCE = ROOT.parent / "shared" / "data" / "products_id.csv"
RESULT = ROOT / "bench" / "results" / "import.json"
PRICE_WHERE_UNKNOWN, STOCK, GRAMS = 10_000, 20, 500
PAGES = {
    "home": "/",
    "category": "/kategori/kuliner",
    "search": "/cari?q=nasi+goreng",
    "search, nothing found": "/cari?q=xyzzy",
    "shop": "/toko/toko-uji",
}
LOOKS = 30


def sheet_of(rows: list[dict[str, str]], stock: int = STOCK) -> str:
    """The rows as a sheet for `flask import-products`."""
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, COLUMNS)
    writer.writeheader()
    for row in rows:
        price = int(float(row["price_idr"] or 0)) or PRICE_WHERE_UNKNOWN
        words = (row["id"], row["title"], row["category"], price, stock, GRAMS, row["description"])
        writer.writerow(dict(zip(COLUMNS, words, strict=True)))
    return sheet.getvalue()


def fresh_market(folder: Path, database_url: str, categories: set[str]) -> Flask:
    """An app over an empty, migrated database with one verified shop and the categories of the rows."""
    app = create_app(Settings.from_environment({"INSTANCE": str(folder), "DATABASE_URL": database_url}))
    with app.app_context():
        upgrade()
        with writing() as session:
            known = set(session.scalars(select(Category.slug)))
            session.add_all(Category(slug=name, name=name, name_en=name) for name in sorted(categories - known))
            make_shop("Toko Uji", make_user("Penguji"))
    return app


def timed_import(app: Flask, sheet: Path) -> tuple[float, str]:
    """Seconds that the command takes, and its last line."""
    start = time.perf_counter()
    result = app.test_cli_runner().invoke(args=["import-products", "toko-uji", str(sheet)])
    seconds = time.perf_counter() - start
    assert result.exit_code == 0, result.output
    return round(seconds, 2), result.stdout.splitlines()[-1]


def timed_pages(app: Flask) -> dict[str, dict[str, float]]:
    """Median and slowest milliseconds of each page, by the test client, after one look that warms templates."""
    client, measured = app.test_client(), {}
    for name, path in PAGES.items():
        times = []
        for _look in range(LOOKS + 1):
            start = time.perf_counter()
            status = client.get(path, base_url="http://127.0.0.1:8000").status_code
            times.append((time.perf_counter() - start) * 1000)
            assert status == 200, (path, status)
        measured[name] = {"median_ms": round(statistics.median(times[1:]), 1), "slowest_ms": round(max(times[1:]), 1)}
    return measured


def measure(engine: str, rows: list[dict[str, str]]) -> dict[str, object]:
    """Everything about one engine, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'pasar.db'}" if engine == "sqlite" else _postgres_url()
        sheet = folder / "sheet.csv"
        sheet.write_text(sheet_of(rows), encoding="utf-8")
        app = fresh_market(folder, url, {row["category"] for row in rows})
        empty = timed_pages(app)
        seconds, line = timed_import(app, sheet)
        again, line_again = timed_import(app, sheet)
        sheet.write_text(sheet_of(rows, STOCK + 1), encoding="utf-8")
        changed, _line = timed_import(app, sheet)
        result = {
            "import_seconds": seconds,
            "said": line,
            "same_sheet_again_seconds": again,
            "said_again": line_again,
            "every_stock_changed_seconds": changed,
            "pages_before": empty,
            "pages_after": timed_pages(app),
        }
        with app.app_context():
            db.engine.dispose()
    return result


def _postgres_url() -> str:
    postgres.start()
    return postgres.clone("import_products")


def print_table(engine: str, rows: int, result: dict[str, object]) -> None:
    print(f"\n{engine}: {rows:,} rows in {result['import_seconds']} s ({result['said']})")
    print(f"the same sheet again in {result['same_sheet_again_seconds']} s ({result['said_again']})")
    print(f"every row with another stock in {result['every_stock_changed_seconds']} s")
    print(f"{'page':<24}{'before, median ms':>18}{'after, median ms':>18}{'slowest':>9}")
    before, after = result["pages_before"], result["pages_after"]
    assert isinstance(before, dict) and isinstance(after, dict)
    for name in PAGES:
        print(f"{name:<24}{before[name]['median_ms']:>18}{after[name]['median_ms']:>18}{after[name]['slowest_ms']:>9}")


def main() -> None:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("source", nargs="?", type=Path, default=SOURCE)
    arguments.add_argument("--engines", default="sqlite")
    chosen = arguments.parse_args()
    if not chosen.source.exists():
        print(f"Skipped: the test rows are not here ({chosen.source.name}); give their path as the argument.")
        return
    with chosen.source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    report: dict[str, object] = {
        "date": datetime.now(UTC).date().isoformat(),
        "rows": len(rows),
        "conditions": f"{os.cpu_count()} CPUs; pages by Flask's test client, one request at a time, {LOOKS} looks each",
    }
    for engine in chosen.engines.split(","):
        report[engine] = result = measure(engine, rows)
        print_table(engine, len(rows), result)
    postgres.stop()
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(report, indent=2) + "\n")


if __name__ == "__main__":
    main()
