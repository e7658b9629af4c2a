"""What people type finds the goods of the demo city: every kind of query as often as promised, on both engines."""

import csv
import re
from collections import defaultdict
from pathlib import Path

from flask import Flask
from sqlalchemy import select

from marketplace.catalog.models import Product
from marketplace.catalog.search import find
from marketplace.db import db
from tests.catalog.goods import demo_goods

QUERIES = Path(__file__).with_name("data") / "search_queries.csv"
FIRST = 5
# The least share of the queries of a kind that must have something relevant among the first five.
LEAST = {
    "known": 1.0,
    "typo": 0.95,
    "reduplication": 0.96,
    "affix": 0.97,
    "variant": 0.97,
    "english": 0.97,
    "javanese": 0.97,
    "phrase": 0.97,
}


def test_what_people_type_finds_what_they_mean(app: Flask) -> None:
    hits: dict[str, list[bool]] = defaultdict(list)
    misses = []
    with app.app_context():
        demo_goods()
        titles = dict(db.session.execute(select(Product.id, Product.title)).all())
        for row in queries():
            shown = [titles[one.id] for one in find(row["query"]).candidates[:FIRST]]
            is_hit = any(re.search(row["relevant_title_regex"], title, re.IGNORECASE) for title in shown)
            hits[row["kind"]].append(is_hit)
            misses += [] if is_hit else [(row["kind"], row["query"], shown)]
    shares = {kind: sum(of_kind) / len(of_kind) for kind, of_kind in hits.items()}
    assert shares.keys() == LEAST.keys()
    assert not {kind: share for kind, share in shares.items() if share < LEAST[kind]}, misses


def test_every_query_stands_there_once() -> None:
    texts = [(row["query"], row["kind"]) for row in queries()]
    assert len(set(texts)) == len(texts) >= 200


def queries() -> list[dict[str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
