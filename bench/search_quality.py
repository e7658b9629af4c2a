"""How often search shows something relevant among its first five, by kind of query, on both engines.

    python -m bench.search_quality [products_id.csv] [search_queries_dev.csv] [--engines sqlite,postgresql] [--misses]

Searched are the demo goods and the rows of other markets. Those are test data that may not be passed on: they and the
queries are read from outside the repository, and where they are missing this says so. A title is relevant when it
matches the query's pattern.
"""

import argparse
import csv
import json
import re
import tempfile
import time
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import select

from bench.import_products import RESULT, SOURCE, fresh_market
from marketplace.catalog.models import Category, Product
from marketplace.catalog.product_data import ProductData, VariantData
from marketplace.catalog.product_rows import add_products
from marketplace.catalog.search import find
from marketplace.db import db, writing
from marketplace.sellers.models import Shop
from tests import postgres
from tests.catalog.goods import demo_goods

QUERIES = SOURCE.parent / "search_queries_dev.csv"
FIRST = 5
MANY = 4_000  # goods of one transaction


def main() -> None:
    """Measure each engine, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("products", nargs="?", type=Path, default=SOURCE)
    parser.add_argument("queries", nargs="?", type=Path, default=QUERIES)
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--misses", action="store_true", help="print what was shown instead")
    given = parser.parse_args()
    if not given.queries.exists() or not given.products.exists():
        print(f"Not measured: {given.products} or {given.queries} is not here.")
        return
    goods, queries = rows_of(given.products), rows_of(given.queries)
    result: dict[str, Any] = {"date": datetime.now(UTC).date().isoformat(), "conditions": "demo goods and test data"}
    result |= {"rows": len(goods), "queries": len(queries)}
    for engine in given.engines.split(","):
        with tempfile.TemporaryDirectory() as folder:
            url = f"sqlite:///{folder}/pasar.db" if engine == "sqlite" else postgres.start()
            result[engine] = measure(fill(Path(folder), url, goods), queries, given.misses)
            if engine != "sqlite":
                postgres.stop()
        print(engine, json.dumps(result[engine], ensure_ascii=False))
    (RESULT.parent / "search_quality.json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def fill(folder: Path, url: str, goods: list[dict[str, str]]) -> Flask:
    """A market with the demo shops and one more that sells all rows."""
    app = fresh_market(folder, url, {row["category"] for row in goods})
    started = time.perf_counter()
    with app.app_context():
        demo_goods()
        with writing() as session:
            shop_id = session.scalars(select(Shop.id).where(Shop.slug == "toko-uji")).one()
            categories = dict(session.execute(select(Category.slug, Category.id)).all())
        for start in range(0, len(goods), MANY):
            with writing():
                rows = goods[start : start + MANY]
                add_products(shop_id, (good_of(row, categories[row["category"]]) for row in rows), publish=True)
    print(f"{len(goods)} rows loaded in {time.perf_counter() - started:.0f} s")
    return app


def good_of(row: dict[str, str], category_id: int) -> ProductData:
    """A row as the seller's form would send it."""
    price = int(float(row["price_idr"] or 0)) or 10_000
    title = " ".join(row["title"].split())[:200] or "-"
    return ProductData(title, category_id, (VariantData(price, 500, 20),), description=row["description"][:5000])


def measure(app: Flask, queries: list[dict[str, str]], show_misses: bool) -> dict[str, Any]:
    """The share of queries with a relevant title among the first, in all and by kind."""
    hits: dict[str, list[bool]] = defaultdict(list)
    misses, took = [], []
    with app.app_context():
        for row in queries:
            started = time.perf_counter()
            found = find(row["query"])
            took.append(time.perf_counter() - started)
            titles = titles_of([one.id for one in found.candidates[:FIRST]])
            is_hit = any(re.search(row["relevant_title_regex"], title, re.IGNORECASE) for title in titles)
            hits[row["kind"]].append(is_hit)
            db.session.rollback()
            if not is_hit:
                misses.append(row["query"])
            if show_misses and not is_hit:
                print(f"  {row['query']!r} ({row['kind']}) {found.corrected=} {found.relaxed=} {titles}")
    every = [hit for of_kind in hits.values() for hit in of_kind]
    shares = {kind: share(of_kind) for kind, of_kind in sorted(hits.items())}
    slowest = sorted(took)[int(len(took) * 0.95)]
    return {"share": share(every), "kinds": shares, "misses": misses, "p95_ms": round(1000 * slowest, 1)}


def share(of: list[bool]) -> float:
    """How many of them are true, 0 to 1."""
    return round(sum(of) / len(of), 4)


def titles_of(ids: list[int]) -> list[str]:
    """The titles of these products, in this order."""
    titles = dict(db.session.execute(select(Product.id, Product.title).where(Product.id.in_(ids))).all())
    return [titles[id] for id in ids]


if __name__ == "__main__":
    main()
